import type { Estimate } from '../../../../load/results.ts';
import { type Content, html, type Markup } from '../html.ts';
import { across, keyEntry, round } from './figure.ts';
import { bar } from './marks.ts';
import { shortText } from './number-text.ts';
import { linearScale, logScale, type Scale } from './scale.ts';

/** The shape of a point: a dot, a hollow dot or a diamond, so that colour is not needed. */
export type Look = 'sure' | 'unsure' | 'worse';

/** One estimate: its name, interval, value in words, look of the point, and a range to compare it with. */
export type IntervalRow = {
  readonly name: string;
  readonly estimate: Estimate;
  readonly value: string;
  readonly look: Look;
  readonly range?: readonly [low: number, high: number];
};

const rowHeight = 44;

/**
 * Estimates on one scale: points with intervals, each below its name, so that they fit a narrow page.
 * @param reference the value that means no change: 0 for an amount, 1 for a ratio.
 */
export function intervals(of: {
  readonly label: string;
  readonly axis: string;
  readonly text: (value: number) => string;
  readonly reference: 0 | 1;
  readonly rows: readonly IntervalRow[];
}): Markup {
  const { label, axis, text, reference, rows } = of;
  const height = rows.length * rowHeight;
  const scale = chooseScale(rows, reference);
  return html`<svg class="plot intervals" role="img" aria-label="${label}" height="${height + 44}">
    ${rows.map((row, at) => intervalRow(row, scale, at * rowHeight, reference))}
    ${scale.ticks.map((tick) => html`<text class="tick middle" x="${across(scale, tick)}" y="${height + 17}">${text(tick)}</text>`)}
    <text class="axis end" x="100%" y="${height + 36}">${axis}</text>
  </svg>`;
}

/** A scale that contains all intervals and the reference; ratios that differ much use a logarithmic scale. */
function chooseScale(rows: readonly IntervalRow[], reference: 0 | 1): Scale {
  const around = reference === 0 ? 0 : 0.05;
  const ends = rows.flatMap(({ estimate: { low, high }, range = [] }) => [low, high, ...range]);
  const [low, high] = [Math.min(reference - around, ...ends), Math.max(reference + around, ...ends)];
  return reference === 1 && high / low > 4 ? logScale(low, high) : linearScale(low, high);
}

function intervalRow(row: IntervalRow, scale: Scale, top: number, reference: number): Markup {
  const { name, estimate, value, look, range } = row;
  const [low, high] = [across(scale, estimate.low), across(scale, estimate.high)];
  const y = top + 31;
  return html`<text y="${top + 15}">${shortText(name)}</text><text class="value end" x="100%" y="${top + 15}">${value}</text>
    ${range !== undefined && bar(scale, range, [y - 9, y + 9], 'band')}
    ${scale.ticks.map((tick) => verticalLine('grid', across(scale, tick), y, 10))}
    ${verticalLine('reference', across(scale, reference), y, 11)}
    <line class="interval ${look}" x1="${low}" x2="${high}" y1="${y}" y2="${y}"/>
    ${[low, high].map((x) => verticalLine('interval cap', x, y, 4))}
    ${point(look, across(scale, estimate.value), y)}`;
}

/** Lines are in their own strip of the row, apart from the names. */
function verticalLine(look: string, x: string, y: number, half: number): Markup {
  return html`<line class="${look}" x1="${x}" x2="${x}" y1="${y - half}" y2="${y + half}"/>`;
}

/** Draws a point. */
export function point(look: Look, x: string, y: number): Markup {
  if (look !== 'worse') return html`<circle class="point ${look}" cx="${x}" cy="${round(y)}" r="5"/>`;
  return html`<svg class="stretched" x="${x}" y="${round(y)}"><path class="point worse" d="M-6.5 0 0-6.5 6.5 0 0 6.5Z"/></svg>`;
}

/** The meaning of a point's look, for the key of a figure. */
export function pointKey(look: Look, meaning: Content): Markup {
  return keyEntry(point(look, '11', 6), meaning);
}

/** The meaning of a band, for the key of a figure. */
export function bandKey(meaning: Content): Markup {
  return keyEntry(html`<rect class="band" width="22" height="12"/>`, meaning);
}

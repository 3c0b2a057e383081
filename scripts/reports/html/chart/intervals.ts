import type { Estimate } from '../../../../load/results.ts';
import type { Content, Markup } from '../html.ts';
import { html } from '../html.ts';
import type { KeyEntry } from './figure.ts';
import { sample } from './figure.ts';
import { bar } from './marks.ts';
import { shortText } from './number-text.ts';
import { across, round } from './plot.ts';
import type { Scale } from './scale.ts';
import { linearScale, logScale } from './scale.ts';

/** How a point looks by its shape: a dot, a hollow dot or a diamond, so that none needs its colour. */
export type Look = 'sure' | 'unsure' | 'worse';

/** One estimate: its name, its interval, its value in words, how its point looks, and a range to hold it against. */
export type IntervalRow = {
  readonly name: string;
  readonly estimate: Estimate;
  readonly value: string;
  readonly look: Look;
  readonly range?: readonly [low: number, high: number];
};

/** Estimates below each other on one scale. */
export type Intervals = {
  readonly label: string;
  readonly axis: string;
  readonly text: (value: number) => string;
  /** The value at which nothing is added or changed: 0 of an amount, 1 of a ratio. */
  readonly reference: 0 | 1;
  readonly rows: readonly IntervalRow[];
};

const rowHeight = 44;

/** Points with intervals, each below its name: they need no room at the left, so they fit a narrow page. */
export function intervals({ label, axis, text, reference, rows }: Intervals): Markup {
  const height = rows.length * rowHeight;
  const scale = chooseScale(rows, reference);
  return html`<svg class="plot intervals" role="img" aria-label="${label}" height="${height + 44}">
    ${rows.map((row, at) => intervalRow(row, scale, at * rowHeight, reference))}
    ${scale.ticks.map((tick) => html`<text class="tick middle" x="${across(scale, tick)}" y="${height + 17}">${text(tick)}</text>`)}
    <text class="axis end" x="100%" y="${height + 36}">${axis}</text>
  </svg>`;
}

/** Wide enough for all intervals and for the reference; ratios that differ much are drawn by factors. */
function chooseScale(rows: readonly IntervalRow[], reference: Intervals['reference']): Scale {
  const around = reference === 0 ? 0 : 0.05;
  const ends = rows.flatMap(({ estimate: { low, high }, range = [] }) => [low, high, ...range]);
  const [low, high] = [Math.min(reference - around, ...ends), Math.max(reference + around, ...ends)];
  return reference === 1 && high / low > 4 ? logScale(low, high) : linearScale(low, high);
}

function intervalRow(
  { name, estimate, value, look, range }: IntervalRow,
  scale: Scale,
  top: number,
  reference: number,
): Markup {
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

/** Lines stand in the row's own strip, where no name is. */
function verticalLine(look: string, x: string, y: number, half: number): Markup {
  return html`<line class="${look}" x1="${x}" x2="${x}" y1="${y - half}" y2="${y + half}"/>`;
}

/** A point at a place. */
export function point(look: Look, x: string, y: number): Markup {
  if (look !== 'worse') return html`<circle class="point ${look}" cx="${x}" cy="${round(y)}" r="5"/>`;
  return html`<svg class="stretched" x="${x}" y="${round(y)}"><path class="point worse" d="M-6.5 0 0-6.5 6.5 0 0 6.5Z"/></svg>`;
}

/** What the points of a look are, for a figure's key. */
export function pointKey(look: Look, words: Content): KeyEntry {
  return { sample: sample(point(look, '11', 6)), words };
}

/** What the bands of a figure are, for its key. */
export function bandKey(words: Content): KeyEntry {
  return { sample: sample(html`<rect class="band" width="22" height="12"/>`), words };
}

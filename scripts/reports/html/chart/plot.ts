import type { Content, Markup } from '../html.ts';
import { html } from '../html.ts';
import { momentText } from './number-text.ts';
import type { Scale } from './scale.ts';
import { timeScale } from './scale.ts';

/** An axis: its scale, what it measures with the unit, and how a tick is written. */
export type Axis = { readonly scale: Scale; readonly name: string; readonly text: (value: number) => string };

/** The axis of a run's time, from its start to its end in seconds. */
export function timeAxis(end: number): Axis {
  return { scale: timeScale(end), name: 'time since the start', text: momentText };
}

/** A chart's frame and what is drawn in it. */
export type Plot = {
  /** What a reader who does not see it is told. */
  readonly label: string;
  /** Height of the plot itself in pixels. */
  readonly height: number;
  /** Room above it for marks, in pixels. */
  readonly above?: number;
  readonly x: Axis;
  readonly y: Axis;
  /** Whether lines are named at their right end, which needs room. */
  readonly namedAtEnd?: boolean;
  readonly content: Content;
};

/** Room above every plot for the name of its y axis, and below it for ticks and the name of its x axis. */
const [forName, forTicks] = [24, 42];

/**
 * A chart as SVG. Places along x are percentages and heights are pixels, so it fits any width and its text keeps its size
 * without a script: what must stretch stands in a `stretched` part.
 */
export function plot({ label, height, above = 0, x, y, namedAtEnd = false, content }: Plot): Markup {
  const top = forName + above;
  return html`<svg class="plot${namedAtEnd && ' named'}" role="img" aria-label="${label}" height="${top + height + forTicks}">
    <text class="axis" x="-48" y="12">${y.name}</text>
    <g transform="translate(0 ${top})">
    ${y.scale.ticks.map((tick) => gridLine(tick, y, height))}
    ${content}
    ${x.scale.ticks.map((tick, at) => tickMark(tick, x, height, x.scale.ticks.length > 5 && at % 2 === 1))}
    <text class="axis end" x="100%" y="${height + 38}">${x.name}</text>
    </g>
  </svg>`;
}

/** The place of a value along x. */
export function across(scale: Scale, value: number): string {
  return percent(scale.share(value));
}

/** A share of the width. */
export function percent(share: number): string {
  return `${round(share * 100)}%`;
}

/** The height of a value in pixels from the top of a plot. */
export function down(scale: Scale, value: number, height: number): number {
  return round(height * (1 - scale.share(value)));
}

/** A number without digits that nobody sees. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function gridLine(tick: number, { scale, text }: Axis, height: number): Markup {
  const y = down(scale, tick, height);
  return html`<line class="${y === height ? 'base' : 'grid'}" x2="100%" y1="${y}" y2="${y}"/><text class="tick end" x="-8" y="${y + 4}">${text(tick)}</text>`;
}

/** A tick that is `spare` goes where a page is too narrow for all of them. */
function tickMark(tick: number, { scale, text }: Axis, height: number, spare: boolean): Markup {
  const x = across(scale, tick);
  return html`<line class="notch" x1="${x}" x2="${x}" y1="${height}" y2="${height + 5}"/><text class="tick middle${spare && ' spare'}" x="${x}" y="${height + 19}">${text(tick)}</text>`;
}

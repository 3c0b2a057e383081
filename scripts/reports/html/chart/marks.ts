import { html, type Markup } from '../html.ts';
import { across, percent, round } from './figure.ts';
import type { Scale } from './scale.ts';

/** A point of a line: its share of the width, and pixels from the top. */
export type Point = readonly [share: number, y: number];

/** Width of a stretched part in its own units. */
const stretchedWidth = 1000;

/** A line through points over the width of the plot; the stroke keeps its thickness. */
export function line(points: readonly Point[], height: number, look: string): Markup {
  return stretchedPath(pathData(points), height, `line ${look}`);
}

/** The area between a line and the bottom of the plot. */
export function area(points: readonly Point[], height: number, look: string): Markup {
  const [[start] = [0]] = points;
  return stretchedPath(`${pathData(points)}V${height}H${round(start * stretchedWidth)}Z`, height, look);
}

function stretchedPath(path: string, height: number, look: string): Markup {
  return html`<svg class="stretched" width="100%" height="${height}" viewBox="0 0 ${stretchedWidth} ${height}" preserveAspectRatio="none"><path class="${look}" d="${path}"/></svg>`;
}

function pathData(points: readonly Point[]): string {
  return points.map(([share, y], at) => `${at === 0 ? 'M' : 'L'}${round(share * stretchedWidth)} ${round(y)}`).join('');
}

/** A bar between two values along x, from `top` to `bottom` in pixels. */
export function bar(
  x: Scale,
  [from, to]: readonly [number, number],
  [top, bottom]: readonly [number, number],
  look: string,
  fill?: string,
): Markup {
  const width = Math.max(0, x.share(to) - x.share(from));
  return html`<rect class="${look}"${fill !== undefined && html` fill="${fill}"`} x="${across(x, from)}" width="${percent(width)}" y="${round(top)}" height="${round(bottom - top)}"/>`;
}

/** The least distance between lines of text, in pixels. */
const minLineGap = 14;

/** Names at the right end of lines, at a height in pixels from the top; moved apart if lines end close to each other. */
export function endLabels(
  ends: readonly { readonly y: number; readonly text: string }[],
  height: number,
): readonly Markup[] {
  const places = spreadHeights(
    ends.map(({ y }) => y),
    height,
  );
  return ends.map(({ y, text }, at) => {
    const place = places[at] ?? y;
    return html`<svg class="stretched" x="100%" width="12" height="${height}"><path class="leader" d="M2 ${round(y)}L10 ${round(place)}"/></svg><text class="named" x="100%" dx="13" y="${round(place + 4)}">${text}</text>`;
  });
}

/** Heights in the same order, at least `minLineGap` apart and, if there is space, between 0 and `height`. */
export function spreadHeights(heights: readonly number[], height: number): readonly number[] {
  const sorted = heights.map((y, at) => ({ y, at })).sort((a, b) => a.y - b.y);
  let least = Number.NEGATIVE_INFINITY;
  for (const one of sorted) {
    one.y = Math.max(one.y, least);
    least = one.y + minLineGap;
  }
  let most = height;
  for (const one of sorted.toReversed()) {
    one.y = Math.min(one.y, most);
    most = one.y - minLineGap;
  }
  return sorted.sort((a, b) => a.at - b.at).map(({ y }) => y);
}

/** A marked value along x: its share of the width, and its text. */
export type Flag = { readonly share: number; readonly text: string };

/** Height of a row of text in pixels. */
const flagRow = 17;
/** Beyond this share of a narrow plot, a name on the right would leave the plot. */
const tooFarRight = 0.62;

/** The space that flags need above a plot. */
export function flagsHeight(flags: readonly Flag[]): number {
  return flags.length * flagRow + 4;
}

/**
 * Marks through a plot with their names above it. Each name has its own row, so that names never overlap.
 * Names are on the side with more space, in an order in which no mark crosses another name.
 */
export function flagMarks(flags: readonly Flag[], height: number): readonly Markup[] {
  const byPlace = [...flags].sort((a, b) => a.share - b.share);
  const allToTheLeft = (byPlace.at(-1)?.share ?? 0) > tooFarRight && (byPlace[0]?.share ?? 0) > 0.3;
  const ordered = allToTheLeft ? byPlace.toReversed() : byPlace;
  return ordered.map(({ share, text }, at) => {
    const y = round((at - flags.length) * flagRow);
    const left = allToTheLeft || share > tooFarRight;
    const x = percent(share);
    return html`<line class="flag " x1="${x}" x2="${x}" y1="${y}" y2="${height}"/><text class="named${left && ' end'}" x="${x}" y="${y + 10}" dx="${left ? -5 : 5}">${text}</text>`;
  });
}

import type { Markup } from '../html.ts';
import { html } from '../html.ts';
import { round } from './plot.ts';

/** A line's name and where the line ends, in pixels from the top. */
export type End = { readonly y: number; readonly text: string };

/** Lines of text lie at least so far apart, in pixels. */
const apart = 14;

/** Names at the right end of lines, moved apart where lines end close to each other. */
export function endNames(ends: readonly End[], height: number): readonly Markup[] {
  const places = movedApart(
    ends.map(({ y }) => y),
    height,
  );
  return ends.map(({ y, text }, at) => {
    const place = places[at] ?? y;
    return html`<svg class="stretched" x="100%" width="12" height="${height}"><path class="leader" d="M2 ${round(y)}L10 ${round(place)}"/></svg><text class="named" x="100%" dx="13" y="${round(place + 4)}">${text}</text>`;
  });
}

/** Heights in their order, at least `apart` from each other and, as far as there is room, between 0 and `height`. */
export function movedApart(heights: readonly number[], height: number): readonly number[] {
  const order = heights.map((_, at) => at).sort((a, b) => (heights[a] ?? 0) - (heights[b] ?? 0));
  const moved = [...heights];
  let least = Number.NEGATIVE_INFINITY;
  for (const at of order) {
    moved[at] = Math.max(heights[at] ?? 0, least);
    least = (moved[at] ?? 0) + apart;
  }
  let most = height;
  for (const at of order.toReversed()) {
    moved[at] = Math.min(moved[at] ?? 0, most);
    most = (moved[at] ?? 0) - apart;
  }
  return moved;
}

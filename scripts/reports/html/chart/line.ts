import type { Markup } from '../html.ts';
import { html } from '../html.ts';
import { round } from './plot.ts';

/** A point of a line: its share of the width, and pixels from the top. */
export type Point = readonly [share: number, y: number];

const width = 1000;

/** A line through points, as wide as its plot; its stroke stays as thick as it is. */
export function line(points: readonly Point[], height: number, look: string): Markup {
  return stretched(pathOf(points), height, `line ${look}`);
}

/** What lies between a line and the bottom of its plot. */
export function area(points: readonly Point[], height: number, look: string): Markup {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return stretched('', height, look);
  return stretched(`${pathOf(points)}V${height}H${round(first[0] * width)}Z`, height, look);
}

function stretched(path: string, height: number, look: string): Markup {
  return html`<svg class="stretched" width="100%" height="${height}" viewBox="0 0 ${width} ${height}" preserveAspectRatio="none"><path class="${look}" d="${path}"/></svg>`;
}

function pathOf(points: readonly Point[]): string {
  return points.map(([share, y], at) => `${at === 0 ? 'M' : 'L'}${round(share * width)} ${round(y)}`).join('');
}

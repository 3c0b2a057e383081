import { html, type Markup } from '../html.ts';

/** How many kinds of bars are distinguishable; the last one is for all others. */
export const toneCount = 7;

/** Patterns in addition to colours, in order of use: full, diagonal, dotted, horizontal, vertical, crossed, other diagonal. */
const drawn: readonly string[] = [
  '',
  'M-1 7 7-1M-1 1 1-1M5 7 7 5',
  'M1.5 1.5h1.5M4.5 4.5h1.5',
  'M0 3h6',
  'M3 0v6',
  'M0 0 6 6M6 0 0 6',
  'M-1-1 7 7M-1 5 1 7M5-1 7 1',
];

/** The patterns, defined once per page. */
export function toneShapes(): Markup {
  return html`<svg class="shapes" aria-hidden="true"><defs>${drawn.map(
    (path, at) =>
      html`<pattern id="tone-${at + 1}" width="6" height="6" patternUnits="userSpaceOnUse"><rect class="tone-${at + 1}" width="6" height="6"/><path class="hatch" d="${path}"/></pattern>`,
  )}
  <pattern id="tone-dropped" width="5" height="5" patternUnits="userSpaceOnUse"><rect class="tone-dropped" width="5" height="5"/><path class="hatch" d="M0 0 5 5M5 0 0 5"/></pattern>
  <pattern id="tone-noise" width="7" height="7" patternUnits="userSpaceOnUse"><path class="faint" d="M-1 8 8-1M-1 1 1-1M6 8 8 6"/></pattern></defs></svg>
  `;
}

/** The fill of a tone, from 0 on. */
export function toneFill(at: number): string {
  return `url(#tone-${Math.min(at, toneCount - 1) + 1})`;
}

import type { Markup } from '../html.ts';
import { html } from '../html.ts';
import { percent, round } from './plot.ts';

/** A value marked along x: its share of the width, and what is written at it. */
export type Flag = { readonly share: number; readonly text: string; readonly look?: string };

/** Height of a row of text in pixels. */
const row = 17;
/** Beyond this share of a narrow plot a name to the right would leave it. */
const tooFarRight = 0.62;

/** The room that flags need above a plot. */
export function roomFor(flags: readonly Flag[]): number {
  return flags.length * row + 4;
}

/**
 * Marks through a plot with their names above it, each in a row of its own so that none covers another, however near they are.
 * Names stand on the side with more room, and in the order in which no mark crosses another's name.
 */
export function flagged(flags: readonly Flag[], height: number): readonly Markup[] {
  const byPlace = [...flags].sort((a, b) => a.share - b.share);
  const allToTheLeft = (byPlace.at(-1)?.share ?? 0) > tooFarRight && (byPlace[0]?.share ?? 0) > 0.3;
  const ordered = allToTheLeft ? byPlace.toReversed() : byPlace;
  return ordered.map(({ share, text, look = '' }, at) => {
    const y = round((at - flags.length) * row);
    const left = allToTheLeft || share > tooFarRight;
    const x = percent(share);
    return html`<line class="flag ${look}" x1="${x}" x2="${x}" y1="${y}" y2="${height}"/><text class="named${left && ' end'}" x="${x}" y="${y + 10}" dx="${left ? -5 : 5}">${text}</text>`;
  });
}

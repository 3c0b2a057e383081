import type { WindowSummary } from './record.ts';
import { type MetricName, metricNames } from './results.ts';

/** Windows of a block: each side twice, mirrored, so that a steady drift affects both sides equally. */
export const windowsPerBlock = 4;

/**
 * The side of each window: 0 is A, 1 is B. Blocks of ABBA and BAAB follow each other as in the Thue–Morse sequence. It has
 * no period that could coincide with a periodic disturbance (garbage collection, a scheduled task), and never more than two
 * windows of one side in a row, so that connections of the other side are not idle for long.
 */
export function abbaOrder(blocks: number): readonly (0 | 1)[] {
  return Array.from({ length: blocks * windowsPerBlock }, (_, index) => parity(index));
}

/** Whether the number of ones in a number's binary form is odd. */
function parity(value: number): 0 | 1 {
  let [rest, odd] = [value, 0 as 0 | 1];
  while (rest > 0) {
    odd = (odd ^ (rest & 1)) as 0 | 1;
    rest >>>= 1;
  }
  return odd;
}

/** Windows in blocks of so many, in order; an incomplete one at the end is left out. */
export function inBlocks(windows: readonly WindowSummary[], size: number): readonly (readonly WindowSummary[])[] {
  return Array.from({ length: Math.floor(windows.length / size) }, (_, index) =>
    windows.slice(index * size, (index + 1) * size),
  );
}

/** The blocks of a session in which every window has answers. */
export function wholeBlocks(windows: readonly WindowSummary[]): readonly (readonly WindowSummary[])[] {
  return inBlocks(windows, windowsPerBlock).filter((block) =>
    block.every((window) => metricNames.every((name) => window[name] > 0)),
  );
}

/**
 * Effects on the logarithm of each metric in the order of `metricNames`, one per block; above 0 is worse. How much worse B was than
 * A in each block: the mean of the logarithms of its two windows against A's two.
 */
export function effectsOfB(blocks: readonly (readonly WindowSummary[])[]): readonly (readonly number[])[] {
  return effects(blocks.map((block) => [ofSide(block, 0), ofSide(block, 1)]));
}

/**
 * How much "worse" A was than itself: one of its two windows in each block against the other. Which one is first alternates, so that a
 * steady drift cancels out, as it does between A and B. What is left beyond chance comes from the machine or the network.
 */
export function effectsOfAgainstItself(blocks: readonly (readonly WindowSummary[])[]): readonly (readonly number[])[] {
  return effects(
    blocks.map((block, index) => {
      const [first, second] = [ofSide(block, 0).slice(0, 1), ofSide(block, 0).slice(1)];
      return index % 2 === 0 ? [first, second] : [second, first];
    }),
  );
}

type Windows = readonly WindowSummary[];

function effects(pairs: readonly (readonly [from: Windows, to: Windows])[]): readonly (readonly number[])[] {
  return metricNames.map((name) =>
    pairs.map(([from, to]) => (meanLog(to, name) - meanLog(from, name)) * (name === 'rate' ? -1 : 1)),
  );
}

function ofSide(block: Windows, side: number): Windows {
  return block.filter((window) => window.side === side);
}

function meanLog(windows: Windows, name: MetricName): number {
  return windows.reduce((sum, window) => sum + Math.log(window[name]), 0) / windows.length;
}

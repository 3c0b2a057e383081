import type { Recording } from '../../load/compare/record.ts';

/** A, its twin in another process, and two that are slower by a known share. */
export const conditions: readonly { readonly name: string; readonly slower: number }[] = [
  { name: 'A', slower: 0 },
  { name: "A'", slower: 0 },
  { name: 'B5', slower: 0.05 },
  { name: 'B10', slower: 0.1 },
];

/** The null server's index among the sides of a chunk. */
export const floorSide: number = conditions.length;

/** One k6 run of the calibration; its first windows warm up every side and measure the floor. */
export type Chunk = Recording & { readonly startedAt: string; readonly loadAverage: number };

/** The file that `calibrate-compare record` writes. */
export type Recorded = {
  readonly schema: 'bindgate.calibration/1';
  readonly rate: number;
  readonly windowSeconds: number;
  /** Of A's delays: their median in milliseconds, and the standard deviation of their logarithm. */
  readonly medianMs: number;
  readonly spread: number;
  readonly machine: { readonly cpu: string; readonly cores: number; readonly node: string; readonly k6: string };
  readonly chunks: readonly Chunk[];
};

/** Windows at the beginning of a chunk that no comparison is drawn from: one of each side, and the floor last. */
export const leadingWindows: number = conditions.length + 1;

/** Windows of one block: every condition twice, mirrored, so that each pair of conditions is an ABBA or a BAAB in it. */
export const blockWindows: number = conditions.length * 2;

/** The sides of a chunk's windows. From block to block, every condition takes every place in turn. */
export function chunkOrder(firstBlock: number, blocks: number): readonly number[] {
  const all = conditions.map((_, index) => index);
  const ofBlocks = Array.from({ length: blocks }, (_, index) => {
    const turn = (firstBlock + index) % all.length;
    const rotated = [...all.slice(turn), ...all.slice(0, turn)];
    // Each rotation forwards and backwards in turn: of any two conditions, neither comes first more often.
    const half = Math.floor((firstBlock + index) / all.length) % 2 === 0 ? rotated : rotated.reverse();
    return [...half, ...[...half].reverse()];
  });
  return [...all, floorSide, ...ofBlocks.flat()];
}

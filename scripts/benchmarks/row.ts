/** A row of the benchmarks: what is measured, next to what, and the goal. */
import { median } from '../../contract/judge/timing.ts';
import type { BenchResult } from './bench.generated.ts';

/** One pair of runs. `peer` is null where the goal is a number and not a ratio. */
export type Sample = { readonly ours: number; readonly peer: number | null };

/** One line of the table. */
export type Line = {
  /** Tells the lines of a row apart; absent if it has one. */
  readonly part?: string;
  readonly what: string;
  /** The peer or the limit; absent if the goal is a number. */
  readonly nextTo?: string;
  /** The unit of a sample's numbers. */
  readonly unit: string;
  /** What is asked of the ratio ours / peer, or of `ours` if the line has no peer. */
  readonly goal: { readonly atLeast: number } | { readonly atMost: number };
};

/** What was measured for one line. */
export type Measured = { readonly samples: readonly Sample[]; readonly note?: string };

/** What a row needs to measure. */
export type Bench = {
  /** Small samples: the whole table within four minutes on two cores. */
  readonly quick: boolean;
  readonly signal: AbortSignal;
  /** Says what is being done. */
  readonly say: (text: string) => void;
  /** A folder for the files of this row; it is deleted afterwards. */
  readonly folder: string;
  /** Records the version of a program that was compared. */
  readonly uses: (program: string, version: string) => void;
};

/** One row. */
export type Row = {
  readonly id: string;
  /** Cores that it needs: two if it measures how long it waits for another process. */
  readonly cores?: number;
  readonly lines: readonly Line[];
  /**
   * Measures every line, in the order of `lines`.
   * @throws Unmeasured if a peer or something of the machine is missing.
   */
  readonly measure: (bench: Bench) => Promise<readonly Measured[]>;
};

/** A row cannot be measured here; the message says what is missing. */
export class Unmeasured extends Error {
  override readonly name = 'Unmeasured';
}

/**
 * Runs the arms of a comparison in turn, in the opposite order every second time, so that a machine that gets slower
 * does so for all of them.
 * @returns the results of each arm, one for each round.
 */
export async function inTurn<Name extends string, Result>(
  rounds: number,
  arms: Readonly<Record<Name, () => Promise<Result>>>,
  signal: AbortSignal,
): Promise<Readonly<Record<Name, readonly Result[]>>> {
  const names = Object.keys(arms) as unknown as readonly Name[];
  const results = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, Result[]>;
  for (let round = 0; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      if (signal.aborted) throw new Unmeasured('interrupted');
      results[name].push(await arms[name]());
    }
  }
  return results;
}

/** Pairs the results of two arms, round by round. */
export function pairs(ours: readonly number[], peer: readonly number[]): readonly Sample[] {
  return ours.map((value, at) => ({ ours: value, peer: peer[at] ?? null }));
}

/** The result of a line. Without samples nothing is known, and nothing is met. */
export function judgeLine(id: string, line: Line, { samples, note }: Measured): BenchResult {
  const { part = null, what, nextTo = null, unit, goal } = line;
  const ratios = samples.flatMap(({ ours, peer }) => (peer === null ? [] : [ours / peer]));
  // A ratio is made of two runs next to each other. The ratio of two medians would mix runs of different times.
  const judged = nextTo === null ? samples.map(({ ours }) => ours) : ratios;
  const value = median(judged);
  const known = judged.length > 0 && !Number.isNaN(value);
  const met = 'atLeast' in goal ? value >= goal.atLeast : value <= goal.atMost;
  return {
    id,
    part,
    what,
    nextTo,
    unit,
    ours: medianOrNull(samples.map(({ ours }) => ours)),
    peer: medianOrNull(samples.flatMap(({ peer }) => peer ?? [])),
    ratio: medianOrNull(ratios),
    goal: 'atLeast' in goal ? `>= ${goal.atLeast}` : `<= ${goal.atMost}`,
    met: known ? met : null,
    spread:
      known && judged.every(Number.isFinite) ? [rounded(Math.min(...judged)), rounded(Math.max(...judged))] : null,
    samples: samples.length,
    ...(note === undefined ? {} : { note }),
  };
}

function medianOrNull(values: readonly number[]): number | null {
  const middle = median(values);
  // A peer that found nothing gives a ratio without an end.
  return values.length > 0 && Number.isFinite(middle) ? rounded(middle) : null;
}

/** Four digits are more than any of these numbers has. */
function rounded(value: number): number {
  return Number(value.toPrecision(4));
}

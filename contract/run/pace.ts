import { median } from '../judge/timing.ts';

/** How fast a target answers, measured during the run. */
export type Pace = {
  readonly note: (durationMs: number) => void;
  /** The time limit of a prompt answer: max(2 s, 50 × the median). */
  readonly promptMs: () => number;
};

const leastMs = 2_000;
const timesMedian = 50;
/** The median covers so many of the last answers. */
const remembered = 500;

/** A pace without measurements. */
export function createPace(): Pace {
  const durations: number[] = [];
  return {
    note: (durationMs) => {
      durations.push(durationMs);
      if (durations.length > remembered) durations.shift();
    },
    promptMs: () => Math.max(leastMs, timesMedian * median(durations)),
  };
}

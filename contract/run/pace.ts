import { median } from '../judge/timing.ts';

/** How fast a target answers, learnt while it is asked. */
export type Pace = {
  readonly note: (durationMs: number) => void;
  /** Longest time that still counts as prompt: max(2 s, 50 × the median). */
  readonly promptMs: () => number;
};

const leastMs = 2_000;
const timesMedian = 50;
/** The median of the last so many answers; more would only cost memory. */
const remembered = 500;

/** A pace that has seen nothing yet. */
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

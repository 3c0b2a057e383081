import type { Outcomes, Recording, WindowSummary } from './record.ts';

/** Everything a verdict is made of: what one session with A and B measured. */
export type Session = Pick<
  Recording,
  'requests' | 'iterations' | 'dropped' | 'generatorCpu' | 'exitCode' | 'said' | 'interrupted'
> & {
  /** Those that count, in the order they came: side 0 is A, 1 is B. */
  readonly windows: readonly WindowSummary[];
  readonly outcomes: readonly [a: Outcomes, b: Outcomes];
  /** The null server's window; undefined where it holds no answers. */
  readonly floor: WindowSummary | undefined;
  /** Cores that the generator may use. */
  readonly cores: number;
  /** Whether an outcome is the code of a bind that succeeded. */
  readonly isSuccess: (outcome: string) => boolean;
};

/** The letter of a side. */
export function letterOf(side: number): 'A' | 'B' {
  return side === 0 ? 'A' : 'B';
}

import type { Target } from '../contract/targets/target.ts';
import type { Dialect } from '../spec/pure-bt/dialect.ts';
import type { K6 } from './run/k6-binary.ts';
import type { Network } from './run/network.ts';

/** What every load run of a command shares. */
export type LoadSession = SessionWithoutK6 & { readonly k6: K6 };

/** A session whose requests are sent elsewhere, or not by k6. */
export type SessionWithoutK6 = {
  readonly target: Target;
  readonly dialect: Dialect;
  readonly timeoutMs: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly insecure?: boolean;
  readonly network?: Network;
  /** k6 processes that share each run. */
  readonly processes?: number;
  /** Outputs of k6's own, such as `opentelemetry`. */
  readonly outputs?: readonly string[];
  /** Leaves k6 its own tags, as outputs need them: every request costs more. */
  readonly k6Tags?: boolean;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** The k6 script; tests hand over others. */
  readonly script?: string;
};

/** Where a run is. */
export type Progress = {
  /** What is being done: `noise floor`, `average 100/s`. */
  readonly phase: string;
  /** Seconds since it started, and how many it takes; absent before it starts. */
  readonly seconds?: number;
  readonly of?: number;
  readonly requests?: number;
  readonly ratePerSecond?: number;
  readonly codes?: readonly (readonly [string, number])[];
};

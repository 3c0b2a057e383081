import type { StateSetup } from '../contract/targets/state-source.ts';
import type { BuiltRequest } from '../generators/request.ts';
import type { CodeClass } from '../spec/expectation.ts';

/** A provider state that was set up. */
export type ReadyState = StateSetup & { readonly kind: 'ready' };

/** A kind of request that a load sends. */
export type Workload = {
  readonly name: string;
  /** What it is, after "a request with": `an expired token`. */
  readonly title: string;
  /** How it is made: plain data that the operation alone reads, in Node and in k6. */
  readonly recipe: Readonly<Record<string, string>>;
  /** The state whose token it carries; the load state where it is absent. Null: it carries none. */
  readonly token?: ReadyState['state'] | null;
  /** Whether a right answer is a success. */
  readonly binds: boolean;
  /** Whether the same device is refused afterwards, by every server that keeps the contract. */
  readonly leavesBound: boolean;
  /** How a code stands as its answer; `other` is any code that is not documented. */
  readonly classify: (code: number | 'other') => CodeClass;
};

/** A workload and its share of the requests, in parts. */
export type Weighted = { readonly workload: Workload; readonly weight: number };

/** A request of the stage ladder and the stage that it adds to the one before it. */
export type Rung = { readonly workload: Workload; readonly stage: string };

/** All that a load knows of the operation that it sends. */
export type LoadOperation = {
  readonly path: string;
  /** The state that a load needs: a product whose every device can be bound, once. */
  readonly state: ReadyState['state'];
  /** The simplest request that succeeds. */
  readonly plain: Workload;
  /** The mix of an ordinary load. */
  readonly mix: readonly Weighted[];
  /**
   * Requests that get one stage further each, in the usual order of checks. What one costs beyond the one before it is what
   * its stage costs.
   */
  readonly ladder: readonly Rung[];
  /** A workload with what is wrong in both; undefined where they exclude each other, or nothing is wrong in one. */
  readonly bothWrong: (first: Workload, second: Workload) => Workload | undefined;
  /** Codes that each have a counter in every run. */
  readonly codes: readonly number[];
  /** The body of an answer to a success. */
  readonly success: string;
  /** The code of a device that is bound already. */
  readonly alreadyBound: number;
  /** Makes the requests of a run: each by its number, so that a number alone says which device it is about. */
  readonly requests: (
    fixture: ReadyState['fixture'],
    run: string,
  ) => (workload: Workload, number: number) => BuiltRequest;
  /** What k6 makes requests from, as plain data. */
  readonly material: (fixture: ReadyState['fixture']) => object;
  /** The k6 script that sends: a file. */
  readonly script: string;
};

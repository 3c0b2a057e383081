import type { StateSetup } from '../contract/targets/state-source.ts';
import type { BuiltRequest } from '../generators/request.ts';
import type { Dialect } from '../spec/dialect.ts';
import { asksToBind, type CodeClass, classifyCode, type Expectation } from '../spec/expectation.ts';

/** A provider state that was set up. */
export type ReadyState = StateSetup & { readonly kind: 'ready' };

/** A kind of request that a load sends. */
export type Workload = {
  readonly name: string;
  /** What it is, after "a request with": `an expired token`. */
  readonly title: string;
  /** How it is made: plain data that only the operation reads, in Node and in k6. */
  readonly recipe: Readonly<Record<string, string>>;
  /** The state that gives its token; the load state if absent. Null: it carries no token. */
  readonly token?: ReadyState['state'] | null;
  /** Whether the right answer is a success. */
  readonly binds: boolean;
  /** Whether every conforming server refuses the same device afterwards. */
  readonly leavesBound: boolean;
  /** Whether a code is a right answer; `other` is any undocumented code. */
  readonly classify: (code: number | 'other') => CodeClass;
};

/** A workload with what is right for it under a dialect. */
export function makeWorkload(
  about: Pick<Workload, 'name' | 'title' | 'recipe'>,
  expected: Expectation,
  dialect: Dialect,
): Workload {
  return {
    ...about,
    binds: asksToBind(expected),
    leavesBound: asksToBind(expected) && expected.open.length === 0,
    classify: (code) => {
      if (code === 'other') return expected.anyRefusal ? 'right' : 'wrong';
      return classifyCode(code, expected, dialect);
    },
  };
}

/** A workload and its share of the requests, in parts. */
export type Weighted = { readonly workload: Workload; readonly weight: number };

/** A request of the stage ladder and the stage that it adds to the one before it. */
export type Rung = { readonly workload: Workload; readonly stage: string };

/** All that a load knows about its operation. */
export type LoadOperation = {
  readonly path: string;
  /** The state that a load needs: every device of the product can be bound, once. */
  readonly state: ReadyState['state'];
  /** The simplest request that succeeds. */
  readonly plain: Workload;
  /** The mix of an ordinary load. */
  readonly mix: readonly Weighted[];
  /**
   * Requests that each get one stage further, in the usual order of checks. The difference in cost to the one before is
   * the cost of the stage.
   */
  readonly ladder: readonly Rung[];
  /** A workload with the faults of both; undefined if they exclude each other, or one has no fault. */
  readonly bothWrong: (first: Workload, second: Workload) => Workload | undefined;
  /** Codes that each have a counter in every run. */
  readonly codes: readonly number[];
  /** The body of a success answer. */
  readonly success: string;
  /** The code for a device that is already bound. */
  readonly alreadyBound: number;
  /** Makes the requests of a run. The number of a request decides its device. */
  readonly requests: (
    fixture: ReadyState['fixture'],
    run: string,
  ) => (workload: Workload, number: number) => BuiltRequest;
  /** The bodies of the same requests as JSON, for a run that needs many; absent if only the script can make them. */
  readonly rows?: (fixture: ReadyState['fixture'], run: string) => (workload: Workload, number: number) => string;
  /** The data from which k6 makes requests. */
  readonly material: (fixture: ReadyState['fixture']) => object;
  /** The content type of its bodies; JSON if absent. */
  readonly contentType?: string;
  /** The file of the k6 script that sends. */
  readonly script: string;
};

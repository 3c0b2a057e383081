import type { Expectation } from '../spec/expectation.ts';
import type { Case } from './case.ts';
import type { Verdict } from './judge.ts';

/** How a case ended. `error` is never a pass and never a finding: the target or the state broke. */
export type Outcome = 'passed' | 'failed' | 'warned' | 'skipped' | 'error';

/** What came back for one request. */
export type Received = {
  readonly httpStatus: number | null;
  readonly code: number | null;
  /** Why there was no whole answer. */
  readonly noAnswer?: string;
  /** The body as inert, masked text, cut to a readable length. */
  readonly preview: string;
};

/** One request of a case as it went: everything a report needs, secrets already masked. */
export type Attempt = {
  readonly what: string;
  readonly request: ShownRequest;
  readonly expected: Expectation;
  readonly received: Received;
  readonly verdict: Verdict | { readonly kind: 'no-answer' };
  /** Whether the answer says that a device was bound, rightly or not. */
  readonly bound: boolean;
  /** How often a 429 was waited out before this. */
  readonly backedOff: number;
};

/** A request for people and for curl: masked. */
export type ShownRequest = {
  readonly method: string;
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
};

/** The result of one case. */
export type CaseResult = {
  readonly case: Case;
  readonly outcome: Outcome;
  /** Why it did not pass: one line. */
  readonly reason?: string;
  /** The same for cases that failed in the same way. */
  readonly cause?: string;
  readonly attempts: readonly Attempt[];
  readonly durationMs: number;
};

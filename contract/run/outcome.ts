import type { RequestContext } from '../../generators/request.ts';
import type { Dialect } from '../../spec/dialect.ts';
import type { Expectation } from '../../spec/expectation.ts';
import type { Verdict } from '../judge/judge.ts';
import type { Outcome, Received, ShownRequest, Timing } from '../results.generated.ts';
import type { Target } from '../targets/target.ts';
import type { Case } from './case.ts';
import type { Pace } from './pace.ts';

export type { Outcome, Received, ShownRequest, Timing } from '../results.generated.ts';

/** What all cases of a run share. */
export type CaseRun = {
  readonly target: Target;
  readonly dialect: Dialect;
  readonly seed: number;
  readonly keys: RequestContext['keys'];
  readonly showSecrets: boolean;
  readonly signal: AbortSignal;
  readonly pace: Pace;
  /** How many arbitrary requests each property sends. */
  readonly runs: number;
  /** The smallest difference of two times that matters, in milliseconds. */
  readonly timingEffectMs: number;
  /** The path to one arbitrary request of a property, as an earlier failure printed it. */
  readonly path?: string;
  /** How many devices of each state the whole run needs, for messages. */
  readonly needed: ReadonlyMap<string, number>;
};

/** How a case, or a step of it, ended. */
export type Ending = Pick<
  CaseResult,
  'outcome' | 'reason' | 'cause' | 'rule' | 'expectedTogether' | 'replay' | 'unsupported' | 'usedUp' | 'timing'
> & {
  /** It used a connection that the server was closing, so the result means nothing. */
  readonly stale?: boolean;
};

/** One request of a case with its answer: everything a report needs, with secrets masked. */
export type Attempt = {
  readonly what: string;
  /** The step of the case that sent it, from 0. */
  readonly step: number;
  readonly request: ShownRequest;
  readonly body?: SentBody;
  readonly expected: Expectation;
  readonly received: Received;
  readonly verdict: Verdict | { readonly kind: 'no-answer' };
  /** Whether the answer says that a device was bound, rightly or not. */
  readonly bound: boolean;
  /** How often it was sent again after a 429. */
  readonly backedOff: number;
  /** Until the last byte of the answer, or until the client gave up. */
  readonly durationMs: number;
};

/** A body as it was sent. Functions do the slow parts, because few requests are shown. */
export type SentBody = {
  /** In bytes. */
  readonly length: number;
  /** Whether it was sent in pieces, with chunked transfer coding. */
  readonly chunked: boolean;
  /** Whether there was a pause between two pieces. */
  readonly paused: boolean;
  /** The bytes, secrets masked. */
  readonly masked: () => Uint8Array;
  /** Whether it contains the device of the state, or a signature, which is for one device. */
  readonly ofDevice: () => boolean;
};

/** The result of one case. */
export type CaseResult = {
  readonly case: Case;
  readonly outcome: Outcome;
  /** Why it did not pass: one line. */
  readonly reason?: string;
  /** Cases that failed in the same way have the same cause. */
  readonly cause?: string;
  /** The rule that was broken or read differently, if it is not the case's own. */
  readonly rule?: string;
  /** What was expected of the last step's answers as a set, if that failed. */
  readonly expectedTogether?: string;
  /** Flags that repeat this failure, in addition to `--only` and `--seed`. */
  readonly replay?: string;
  /** The state that the states endpoint does not support, if the case was skipped for that. */
  readonly unsupported?: string;
  /** The state without a device left, if the case was skipped for that. */
  readonly usedUp?: string;
  /** What a comparison of times found, if there were enough pairs. */
  readonly timing?: Timing;
  readonly attempts: readonly Attempt[];
  readonly durationMs: number;
};

/** The attempt that a report shows: the first wrong one, or the last. */
export function decisive(attempts: readonly Attempt[]): Attempt | undefined {
  return attempts.find(({ verdict }) => verdict.kind === 'wrong') ?? attempts.at(-1);
}

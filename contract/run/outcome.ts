import type { RequestContext } from '../../generators/request.ts';
import type { Dialect } from '../../spec/dialect.ts';
import type { Expectation } from '../../spec/expectation.ts';
import type { Verdict } from '../judge/judge.ts';
import type { Outcome, Received, ShownRequest } from '../results.generated.ts';
import type { Target } from '../targets/target.ts';
import type { Case } from './case.ts';
import type { Pace } from './pace.ts';

export type { Outcome, Received, ShownRequest } from '../results.generated.ts';

/** What holds for every case of a run. */
export type CaseRun = {
  readonly target: Target;
  readonly dialect: Dialect;
  readonly seed: number;
  readonly keys: RequestContext['keys'];
  readonly showSecrets: boolean;
  readonly signal: AbortSignal;
  readonly pace: Pace;
  /** How many arbitrary requests a property is tried with. */
  readonly runs: number;
  /** The way to one arbitrary request of a property, as an earlier failure printed it. */
  readonly path?: string;
  /** How many devices of each state the whole run needs, for messages. */
  readonly needed: ReadonlyMap<string, number>;
};

/** How a case, or a step of it, ended. */
export type Ending = Pick<
  CaseResult,
  'outcome' | 'reason' | 'cause' | 'rule' | 'expectedTogether' | 'replay' | 'unsupported' | 'usedUp'
> & {
  /** It met a connection that the server was giving up, and says nothing. */
  readonly stale?: boolean;
};

/** One request of a case as it went: everything a report needs, secrets already masked. */
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
  /** How often a 429 was waited out before this. */
  readonly backedOff: number;
  /** To the last byte of the answer, or to giving up. */
  readonly durationMs: number;
};

/** A body as it was sent. What takes time is done when it is asked for: few requests are shown. */
export type SentBody = {
  /** In bytes. */
  readonly length: number;
  /** In pieces, with chunked transfer coding. */
  readonly chunked: boolean;
  /** With a pause between two pieces. */
  readonly paused: boolean;
  /** The bytes, secrets masked. */
  readonly masked: () => Uint8Array;
  /** Whether it names the state's device or carries a signature, which is for one device. */
  readonly ofDevice: () => boolean;
};

/** The result of one case. */
export type CaseResult = {
  readonly case: Case;
  readonly outcome: Outcome;
  /** Why it did not pass: one line. */
  readonly reason?: string;
  /** The same for cases that failed in the same way. */
  readonly cause?: string;
  /** The rule that was broken, or read in another way, where it is another one than the case's own. */
  readonly rule?: string;
  /** What was expected of the last step's answers taken together, where that is what failed. */
  readonly expectedTogether?: string;
  /** Flags beside `--only` and `--seed` that lead to this very failure. */
  readonly replay?: string;
  /** The state that the states endpoint does not know, where that is why it was skipped. */
  readonly unsupported?: string;
  /** The state with no device left, where that is why it was skipped. */
  readonly usedUp?: string;
  readonly attempts: readonly Attempt[];
  readonly durationMs: number;
};

/** The attempt that a report shows of several: the first that was wrong, or the last. */
export function decisive(attempts: readonly Attempt[]): Attempt | undefined {
  return attempts.find(({ verdict }) => verdict.kind === 'wrong') ?? attempts.at(-1);
}

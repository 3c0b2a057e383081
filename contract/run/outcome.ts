import type { RequestContext } from '../../generators/request.ts';
import type { Dialect } from '../../spec/dialect.ts';
import type { Expectation } from '../../spec/expectation.ts';
import type { Verdict } from '../judge/judge.ts';
import type { CaseRow, Received, ShownRequest } from '../results.generated.ts';
import type { Target } from '../targets/target.ts';
import type { Case } from './case.ts';

export type { Outcome, Received, ShownRequest, Timing } from '../results.generated.ts';

/** What a contract run needs. */
export type RunOptions = {
  readonly target: Target;
  readonly cases: readonly Case[];
  readonly dialect: Dialect;
  /** Of all random values; `verify` draws one by default. */
  readonly seed: number;
  /** The maximum number of concurrent cases. */
  readonly concurrency?: number;
  /** How many arbitrary requests each property sends. */
  readonly runs?: number;
  /** The path to one arbitrary request, as a failure printed it. */
  readonly path?: string;
  /** The smallest difference of two times that matters, in milliseconds; by default it depends on how near the target is. */
  readonly timingEffectMs?: number;
  /** Why heavy cases are skipped; if undefined, they run. */
  readonly heavySkipReason?: string | undefined;
  readonly showSecrets?: boolean;
  /** Ends the run: as an interruption, or cut short if its reason is a `CutShort`. */
  readonly signal?: AbortSignal;
  /** Judges the first case, which runs alone, and returns the reason to stop, if any. */
  readonly afterFirst?: (first: CaseResult, runOne: RunOne) => Promise<string | undefined>;
  /** Whether the run ends after a result (`--fail-fast`). */
  readonly endsAfter?: ((result: CaseResult) => boolean) | undefined;
  /** Called after each case, in the order in which they end. */
  readonly onResult?: (result: CaseResult, done: number, total: number) => void;
};

/** Runs one case of a run and keeps its result. */
export type RunOne = (tested: Case) => Promise<CaseResult>;

/** What all cases of a run share. */
export type CaseRun = Pick<RunOptions, 'target' | 'dialect' | 'seed' | 'path' | 'heavySkipReason'> &
  Required<Pick<RunOptions, 'showSecrets' | 'signal' | 'runs' | 'timingEffectMs'>> & {
    readonly keys: RequestContext['keys'];
    /** How long each of the last answers took, in milliseconds. */
    readonly durations: number[];
    /** How many devices of each state the whole run needs, for messages. */
    readonly needed: ReadonlyMap<string, number>;
  };

/** How a case, or a step of it, ended. */
export type Ending = Omit<CaseResult, 'case' | 'attempts' | 'durationMs'> & {
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

/** The result of one case, as its row in the results and with everything that a report needs. */
export type CaseResult = Pick<
  CaseRow,
  'outcome' | 'reason' | 'cause' | 'replay' | 'unsupported' | 'usedUp' | 'timing' | 'durationMs'
> & {
  readonly case: Case;
  /** The rule that was broken or read differently, if it is not the case's own. */
  readonly rule?: string;
  /** What was expected of the last step's answers as a set, if that failed. */
  readonly expectedTogether?: string;
  readonly attempts: readonly Attempt[];
};

/** The attempt that a report shows: the first wrong one, or the last. */
export function decisive(attempts: readonly Attempt[]): Attempt | undefined {
  return attempts.find(({ verdict }) => verdict.kind === 'wrong') ?? attempts.at(-1);
}

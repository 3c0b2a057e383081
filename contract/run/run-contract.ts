import { foreignKeyPem } from '../../generators/tokens.ts';
import type { Dialect } from '../../spec/dialect.ts';
import type { ApiResponse } from '../../spec/http.ts';
import type { Operation } from '../../spec/operation.ts';
import type { Target } from '../targets/target.ts';
import type { Waiting } from '../targets/waiting.ts';
import { measureWaiting, statesShare } from '../targets/waiting.ts';
import { UserError } from '../user-error.ts';
import type { Case } from './case.ts';
import { eachAtOnce } from './each-at-once.ts';
import type { CaseResult, CaseRun } from './outcome.ts';
import { createPace } from './pace.ts';
import { whyNoAnswer } from './preflight/place.ts';
import type { RunOne } from './preflight/valid-requests.ts';
import { runCase } from './run-case.ts';
import { devicesNeeded, inRunOrder } from './run-order.ts';
import { controlRequest } from './send.ts';
import { CutShort, cutShortBy } from './time-limit.ts';

/** What a run of the contract needs. */
export type RunOptions = {
  readonly target: Target;
  readonly cases: readonly Case[];
  readonly dialect: Dialect;
  readonly seed: number;
  /** Most cases under way at once. */
  readonly concurrency?: number;
  /** How many arbitrary requests each property is tried with. */
  readonly runs?: number;
  /** The way to one arbitrary request, as a failure printed it. */
  readonly path?: string;
  /** Why cases that strain a server are left out; they are run where nothing is said. */
  readonly heavySkipReason?: string | undefined;
  readonly showSecrets?: boolean;
  /** Ends the run: an interruption, or a `CutShort` as its reason. */
  readonly signal?: AbortSignal;
  /** Judges the first case, which runs alone, and says why no other is to be run. */
  readonly afterFirst?: (
    first: CaseResult,
    cases: readonly Case[],
    runOne: RunOne,
    operation: Operation,
  ) => Promise<string | undefined>;
  /** Whether the run ends after a result (`--fail-fast`). */
  readonly endsAfter?: ((result: CaseResult) => boolean) | undefined;
  /** Called after each case, in the order in which they end. */
  readonly onResult?: (result: CaseResult, done: number, total: number) => void;
};

/** What came of a run. Results stand in the order of the cases, whatever the order in which they ended. */
export type Run = {
  readonly results: readonly CaseResult[];
  readonly durationMs: number;
  readonly interrupted: boolean;
  /** Why not every case has run, where no one interrupted it: one line. */
  readonly cutShort?: string;
} & Readonly<Waiting>;

/** A target that fails to answer this often in a row is down: the rest would only wait for time-outs. */
const patience = 5;

/** How many requests each property is tried with: enough for a gate; a nightly run asks for thousands. */
export const defaultRuns = 25;

const targetIsDown = 'the target is down';

/**
 * Runs cases against a target, several at once: each has a device of its own, so none can disturb another.
 * @throws UserError (exit code 3) where the state every server must have cannot be set up.
 */
export async function runContract(options: RunOptions): Promise<Run> {
  const { cases, onResult, concurrency = 12, heavySkipReason, signal = new AbortController().signal } = options;
  const { target, waiting } = measureWaiting(options.target);
  const started = performance.now();
  const stopped = new AbortController();
  const run: CaseRun = {
    target,
    dialect: options.dialect,
    seed: options.seed,
    keys: { ...target.keys, foreignKeyPem: target.keys.foreignKeyPem ?? (await foreignKeyPem()) },
    showSecrets: options.showSecrets ?? false,
    signal: AbortSignal.any([signal, stopped.signal]),
    pace: createPace(),
    runs: options.runs ?? defaultRuns,
    ...(options.path === undefined ? {} : { path: options.path }),
    needed: devicesNeeded(cases, options.runs ?? defaultRuns),
  };
  const results = new Map<Case, CaseResult>();
  let broken = 0;

  const runOne = async (tested: Case): Promise<CaseResult> => {
    const ended =
      tested.strains === true && heavySkipReason !== undefined
        ? ({
            case: tested,
            outcome: 'skipped',
            reason: heavySkipReason,
            attempts: [],
            durationMs: 0,
          } satisfies CaseResult)
        : await runCase(tested, run);
    // Cut off in the middle, a case says nothing of the server.
    const stop = ended.outcome === 'error' ? stopReason(run.signal) : undefined;
    const result: CaseResult = stop === undefined ? ended : { ...ended, outcome: 'skipped', reason: stop, cause: stop };
    results.set(tested, result);
    broken = result.outcome === 'error' ? broken + 1 : 0;
    if (broken >= patience) stopped.abort(targetIsDown);
    if (!run.signal.aborted && options.endsAfter?.(result) === true) {
      stopped.abort(new CutShort('stopped after a failed case (--fail-fast)'));
    }
    if (!signal.aborted) onResult?.(result, results.size, cases.length);
    return result;
  };

  // The first case alone tells whether the states work at all, before a hundred of them find out at once.
  const { readyState } = run.dialect.operation;
  const first = cases.find(({ given }) => given === readyState);
  let stop: string | undefined;
  if (first !== undefined) {
    const result = await runOne(first);
    if (!signal.aborted) refuseBrokenStates(result, readyState);
    stop = await options.afterFirst?.(result, cases, runOne, run.dialect.operation);
  }
  const left = stop === undefined ? cases.filter((tested) => !results.has(tested)) : [];
  const [together, timed] = [left.filter(({ alone }) => alone !== true), left.filter(({ alone }) => alone === true)];
  const queue = inRunOrder(together, { dialect: run.dialect, first, scarce: target.states.given !== undefined });
  await eachAtOnce(queue, concurrency, run.signal, runOne);
  await eachAtOnce(timed, 1, run.signal, runOne);

  const why = stop ?? stopReason(run.signal);
  const reason = why ?? 'not run: the target or its states stopped answering';
  const all = cases.map(
    (tested): CaseResult =>
      results.get(tested) ?? {
        case: tested,
        outcome: why === undefined ? 'error' : 'skipped',
        reason,
        cause: reason,
        attempts: [],
        durationMs: 0,
      },
  );
  return {
    results: all,
    durationMs: performance.now() - started,
    interrupted: signal.aborted && cutShortBy(signal) === undefined,
    ...cutShortText(all, run.signal, stopped.signal.aborted ? undefined : waiting),
    ...waiting,
  };
}

/** Nothing can be said of a server without the ready state. */
function refuseBrokenStates({ unsupported, cause, reason = '' }: CaseResult, readyState: string): void {
  if (unsupported === readyState) {
    throw new UserError(`${reason}; every server under test needs this state (docs/provider-states.md)`, 3);
  }
  if (cause === 'the states endpoint broke') throw new UserError(reason, 3);
}

/** Why a run was cut short, what it left, and, where its time was up, what it waited for: that is what was slow. */
function cutShortText(
  results: readonly CaseResult[],
  signal: AbortSignal,
  waiting: Waiting | undefined,
): { readonly cutShort?: string } {
  const why = cutShortBy(signal);
  const notRun = results.filter(({ reason }) => reason === stopReason(signal)).length;
  if (why === undefined || notRun === 0) return {};
  const left = `${why}; ${notRun} of ${results.length} cases did not run`;
  if (waiting === undefined) return { cutShort: left };
  const share = statesShare(waiting);
  const [slower, part] = share > 0.5 ? ['the states endpoint', share] : ['the target', 1 - share];
  return { cutShort: `${left}; ${Math.round(part * 100)} % of the waiting was for ${slower}` };
}

/** Why cases are skipped once a signal is aborted; undefined where it is not, or where the target is down. */
function stopReason(signal: AbortSignal): string | undefined {
  if (!signal.aborted || signal.reason === targetIsDown) return undefined;
  return `not run: ${cutShortBy(signal) ?? 'interrupted'}`;
}

/**
 * Asks a target for any answer at all, and returns it; undefined at an interruption.
 * @throws UserError (exit code 3) where there is none.
 */
export async function probe(
  target: Pick<Target, 'send' | 'url'>,
  operation: Operation,
  signal?: AbortSignal,
): Promise<ApiResponse | undefined> {
  const exchange = await target.send(controlRequest(operation), signal);
  if (exchange.kind === 'answer') return exchange.response;
  if (exchange.reason === 'aborted') return undefined;
  throw new UserError(await whyNoAnswer(target.url, exchange), 3);
}

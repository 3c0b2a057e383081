import { foreignKeyPem } from '../../generators/tokens.ts';
import { definedOnly } from '../../spec/defined-only.ts';
import type { ApiResponse } from '../../spec/http.ts';
import type { Operation } from '../../spec/operation.ts';
import { measureWaiting, statesShare, type Waiting } from '../targets/recording.ts';
import type { Target } from '../targets/target.ts';
import { UserError } from '../user-error.ts';
import type { Case } from './case.ts';
import { eachAtOnce } from './each-at-once.ts';
import type { CaseResult, CaseRun, RunOptions } from './outcome.ts';
import { findCause } from './preflight/place.ts';
import { runCase } from './run-case.ts';
import { devicesNeeded, inRunOrder } from './run-order.ts';
import { tooSlow } from './run-step.ts';
import { defaultTimingEffect } from './run-timed.ts';
import { controlRequest } from './send.ts';
import { CutShort, cutShortBy } from './time-limit.ts';

/** The result of a run. Results are in the order of the cases, not in the order in which they ended. */
export type Run = {
  readonly results: readonly CaseResult[];
  readonly durationMs: number;
  readonly interrupted: boolean;
  /** Why some cases did not run although no one interrupted the run: one line. */
  readonly cutShort?: string;
} & Readonly<Waiting>;

/** After so many errors in a row the target counts as down. More cases would only wait for time-outs. */
const maxErrorsInARow = 5;

/** How many requests each property sends: enough for a gate. A nightly run may use thousands. */
export const defaultRuns = 25;

/** How often a case with a late answer is run again. */
const repeatsOfLate = 2;

const targetIsDown = 'the target is down';

/** Runs cases at once, each with its own device. @throws UserError (exit code 3) if the state that every server needs fails. */
export async function runContract(options: RunOptions): Promise<Run> {
  const { cases, onResult, concurrency = 12, signal = new AbortController().signal } = options;
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
    durations: [],
    runs: options.runs ?? defaultRuns,
    timingEffectMs: options.timingEffectMs ?? defaultTimingEffect(options.target),
    ...definedOnly({ path: options.path, heavySkipReason: options.heavySkipReason }),
    needed: devicesNeeded(cases, options.runs ?? defaultRuns),
  };
  const results = new Map<Case, CaseResult>();
  const late = new Map<Case, number>();
  let broken = 0;

  const runOne = async (tested: Case): Promise<CaseResult> => {
    const ended = await runCase(tested, run);
    const timesLate = late.get(tested) ?? 0;
    if (ended.cause === tooSlow && timesLate < repeatsOfLate) {
      late.set(tested, timesLate + 1);
      return ended;
    }
    // An interrupted case says nothing about the server.
    const stop = ended.outcome === 'error' ? stopReason(run.signal) : undefined;
    const result: CaseResult = stop === undefined ? ended : { ...ended, outcome: 'skipped', reason: stop, cause: stop };
    results.set(tested, result);
    broken = result.outcome === 'error' ? broken + 1 : 0;
    if (broken >= maxErrorsInARow) stopped.abort(targetIsDown);
    if (!run.signal.aborted && options.endsAfter?.(result) === true) {
      stopped.abort(new CutShort('stopped after a failed case (--fail-fast)'));
    }
    if (!signal.aborted) onResult?.(result, results.size, cases.length);
    return result;
  };

  // The first case runs alone: if the states do not work, a hundred cases should not fail for it.
  const { readyState } = run.dialect.operation;
  const first = cases.find(({ given }) => given === readyState);
  let stop: string | undefined;
  if (first !== undefined) {
    const result = await runOne(first);
    if (!signal.aborted) refuseBrokenStates(result, readyState);
    stop = await options.afterFirst?.(result, runOne);
  }
  const left = stop === undefined ? cases.filter((tested) => !results.has(tested)) : [];
  const [together, timed] = [left.filter(({ alone }) => alone !== true), left.filter(({ alone }) => alone === true)];
  const queue = inRunOrder(together, run.dialect, first, target.states.given !== undefined);
  await eachAtOnce(queue, concurrency, run.signal, runOne);
  // A busy machine is late while other cases run. A slow server is late again when it has only this case, with a new device.
  for (let repeat = 0; repeat < repeatsOfLate; repeat += 1) {
    const again = [...late.keys()].filter((tested) => !results.has(tested));
    await eachAtOnce(again, 1, run.signal, runOne);
  }
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

/** Without the ready state, a run says nothing about a server. */
function refuseBrokenStates({ unsupported, cause, reason = '' }: CaseResult, readyState: string): void {
  if (unsupported === readyState) {
    throw new UserError(`${reason}; every server under test must support this state (docs/provider-states.md)`, 3);
  }
  if (cause === 'the states endpoint failed') throw new UserError(reason, 3);
}

/** Why a run was cut short and how many cases did not run. After a time limit, also what the run waited for. */
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
  return { cutShort: `${left}; ${Math.round(part * 100)} % of the waiting time was for ${slower}` };
}

/** Why cases are skipped after a signal was aborted; undefined if it was not, or if the target is down. */
function stopReason(signal: AbortSignal): string | undefined {
  if (!signal.aborted || signal.reason === targetIsDown) return undefined;
  return `not run: ${cutShortBy(signal) ?? 'interrupted'}`;
}

/** Asks a target the control request; undefined after an interruption. @throws UserError (exit code 3) if there is no answer. */
export async function probe(
  target: Pick<Target, 'send' | 'url' | 'urlFlag'>,
  operation: Operation,
  signal?: AbortSignal,
): Promise<ApiResponse | undefined> {
  const exchange = await target.send(controlRequest(operation), signal);
  if (exchange.kind === 'answer') return exchange.response;
  if (exchange.reason === 'aborted') return undefined;
  throw new UserError((await findCause(target, exchange)).says, 3);
}

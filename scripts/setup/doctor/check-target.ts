import { clockFinding, type Finding, okFinding, tokenFinding } from '../../../contract/run/preflight/clocks.ts';
import { notFoundMessage, wrongPlace } from '../../../contract/run/preflight/place.ts';
import { whyUnsupported } from '../../../contract/run/preflight/preflight.ts';
import { defaultRuns } from '../../../contract/run/run-contract.ts';
import { devicesNeeded } from '../../../contract/run/run-order.ts';
import { controlRequest } from '../../../contract/run/send.ts';
import { wouldCover } from '../../../contract/state-codes.ts';
import type { Suite } from '../../../contract/suite.ts';
import type { StateSetup } from '../../../contract/targets/state-source.ts';
import type { Target } from '../../../contract/targets/target.ts';
import { UserError } from '../../../contract/user-error.ts';
import { type ApiResponse, headerValue } from '../../../spec/http.ts';
import type { Operation } from '../../../spec/operation.ts';
import type { LoadedConfig } from '../../config/config.ts';
import type { TargetFlags } from '../../config/flags.ts';
import { openTarget } from '../../config/open-target.ts';
import type { KnownOperation } from '../../operations.ts';
import { statesGuide } from '../../reports/missing-states.ts';

/**
 * Checks a target: its answer, its clock, its states and their token. Nothing is bound.
 * @throws UserError (exit code 2) if flags and configuration name no target with states.
 */
export async function targetFindings(
  flags: TargetFlags,
  loaded: LoadedConfig,
  chosen: KnownOperation,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const opened = await openTarget(flags, loaded, chosen, signal).catch((error: unknown) => {
    if (error instanceof UserError && error.exitCode === 3) return error;
    throw error;
  });
  if (opened instanceof UserError) return [wrong('target', opened.message)];
  await using target = opened;
  const { suite } = await chosen.suite();
  return [
    ...(await answerFindings(target, suite.operation, signal)),
    ...(await stateFindings(target, suite, loaded.config.runs, signal)),
  ];
}

/** A finding that would fail a gate. */
function wrong(name: string, says: string): Finding {
  return { name, state: 'wrong', says, blocks: true };
}

async function answerFindings(target: Target, operation: Operation, signal: AbortSignal): Promise<readonly Finding[]> {
  const exchange = await target.send(controlRequest(operation), signal);
  if (exchange.kind === 'no-answer') {
    return [wrong('target', `${target.url} answered only once: ${exchange.detail}`)];
  }
  const { response } = exchange;
  const answered = `${target.url} answers in ${response.durationMs.toFixed(0)} ms`;
  const problem = await placeProblem(target, operation, response);
  const place = problem === undefined ? okFinding('target', answered) : wrong('target', problem);
  return [place, clockFinding(headerValue(response.headers, 'date'), Date.now() / 1000)];
}

/** Only the path is judged: a server may answer HTTP 401 to a request without a token. */
async function placeProblem(target: Target, operation: Operation, response: ApiResponse): Promise<string | undefined> {
  if ([401, 403, 407].includes(response.httpStatus)) return undefined;
  return response.httpStatus === 404
    ? notFoundMessage(target, operation, 'HTTP 404')
    : wrongPlace(target, response, operation);
}

async function stateFindings(
  target: Target,
  suite: Suite,
  runs: number | undefined,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const { readyState } = suite.operation;
  const started = performance.now();
  const { setup, problem } = await setUpAndClear(target, readyState, signal);
  if (setup.kind === 'unsupported') {
    return [wrong('states', await whyUnsupported(target.states, setup.reason, readyState, suite.operation))];
  }
  if (setup.kind !== 'ready' || problem !== undefined) {
    return [wrong('states', `"${readyState}": ${problem}; see ${statesGuide}`)];
  }
  const took = (performance.now() - started).toFixed(0);
  return [
    okFinding('states', `"${readyState}" set up and torn down in ${took} ms`),
    tokenFinding(setup.fixture['token'] ?? '', Date.now() / 1000),
    await supportFinding(target, suite, signal),
    ...devicesFindings(suite, target.states.given, runs),
  ];
}

/** The number of devices for a full run: a configuration has a fixed number, a states endpoint creates them. */
function devicesFindings(
  { cases }: Suite,
  given: ReadonlyMap<string, number> | undefined,
  runs = defaultRuns,
): readonly Finding[] {
  const needed = devicesNeeded(cases, runs);
  if (given === undefined) {
    const total = [...needed.values()].reduce((sum, count) => sum + count, 0);
    return [okFinding('devices', `a full run sets up ${total} in ${needed.size} states`)];
  }
  const short = [...needed].filter(([state, count]) => (given.get(state) ?? 0) < count);
  if (short.length === 0) return [okFinding('devices', 'the fixtures are enough for a full run')];
  return short.map(([state, count]) => ({
    name: 'devices',
    state: 'missing',
    says: `"${state}": ${given.get(state) ?? 0} given, ${count} needed for a full run; the other cases will be skipped`,
  }));
}

/** How many missing states are named; `verify` lists all of them. */
const shownStates = 3;

/** Sets up and tears down each state, and counts the supported ones. */
async function supportFinding(target: Target, suite: Suite, signal: AbortSignal): Promise<Finding> {
  const { states, readyState } = suite.operation;
  const names = Object.keys(states);
  const missing: string[] = [];
  for (const state of names.filter((name) => name !== readyState)) {
    const { setup, problem } = await setUpAndClear(target, state, signal);
    if (setup.kind === 'unsupported') missing.push(state);
    else if (setup.kind !== 'used-up' && problem !== undefined)
      return wrong('support', `"${state}": ${problem}; fix this state`);
  }
  const says = `${names.length - missing.length} of ${names.length} states`;
  if (missing.length === 0) return okFinding('support', says);
  const shown = missing.slice(0, shownStates).map((state) => wouldCover(state, suite));
  const more = missing.length - shown.length;
  return {
    name: 'support',
    state: 'missing',
    says: `${says}; ${[...shown, ...(more > 0 ? [`and ${more} more`] : [])].join('; ')}; see ${statesGuide}`,
  };
}

/** Sets a state up and tears it down; `problem` says why it failed. */
async function setUpAndClear(
  { states }: Target,
  state: string,
  signal: AbortSignal,
): Promise<{ readonly setup: StateSetup; readonly problem: string | undefined }> {
  const setup = await states.setup(state, signal);
  return { setup, problem: setup.kind === 'ready' ? await states.teardown(setup) : setup.reason };
}

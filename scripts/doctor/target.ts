import { headerOf } from '../../contract/judge/judge.ts';
import { cases } from '../../contract/pure-bt/cases/menu.ts';
import { suite } from '../../contract/pure-bt/suite.ts';
import { clockFinding, tokenFinding } from '../../contract/run/preflight/clocks.ts';
import type { Finding } from '../../contract/run/preflight/finding.ts';
import { fine } from '../../contract/run/preflight/finding.ts';
import { notThere, wrongPlace } from '../../contract/run/preflight/place.ts';
import { whyUnsupported } from '../../contract/run/preflight/preflight.ts';
import { defaultRuns } from '../../contract/run/run.ts';
import { devicesNeeded } from '../../contract/run/run-order.ts';
import { controlRequest } from '../../contract/run/send.ts';
import { wouldCover } from '../../contract/state-codes.ts';
import type { StateSetup } from '../../contract/targets/state-source.ts';
import type { Target } from '../../contract/targets/target.ts';
import { UserError } from '../../contract/user-error.ts';
import type { ApiResponse } from '../../spec/http.ts';
import { operation } from '../../spec/pure-bt/operation.ts';
import { stateNames } from '../../spec/pure-bt/states.ts';
import type { LoadedConfig } from '../config/config.ts';
import { statesGuide } from '../reports/missing-states.ts';
import type { TargetFlags } from '../target.ts';
import { openTarget } from '../target.ts';

const readyState = 'a device ready to bind';

/**
 * Whether a target can be used: its answer, its clock, its states and their token. Nothing is bound.
 * @throws UserError (exit code 2) for flags or a configuration that name no target with states.
 */
export async function targetFindings(
  flags: TargetFlags,
  loaded: LoadedConfig,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  let target: Target;
  try {
    target = await openTarget(flags, loaded, signal);
  } catch (error) {
    if (!(error instanceof UserError) || error.exitCode === 2) throw error;
    return [{ name: 'target', state: 'wrong', says: error.message, blocks: true }];
  }
  try {
    return [...(await answerFindings(target, signal)), ...(await stateFindings(target, loaded.config.runs, signal))];
  } finally {
    await target[Symbol.asyncDispose]();
  }
}

async function answerFindings(target: Target, signal: AbortSignal): Promise<readonly Finding[]> {
  const exchange = await target.send(controlRequest(operation), signal);
  if (exchange.kind === 'no-answer') {
    const says = `${target.url} answered once and then no more: ${exchange.detail}`;
    return [{ name: 'target', state: 'wrong', says, blocks: true }];
  }
  const { response } = exchange;
  const answered = `${target.url} answers in ${response.durationMs.toFixed(0)} ms`;
  const problem = await placeProblem(target, response);
  const place: Finding =
    problem === undefined ? fine('target', answered) : { name: 'target', state: 'wrong', says: problem, blocks: true };
  return [place, clockFinding(headerOf(response, 'date'), Date.now() / 1000)];
}

/** Nothing is bound, so only the path is judged: a server may answer HTTP 401 to a request that has no token. */
async function placeProblem(target: Target, response: ApiResponse): Promise<string | undefined> {
  if ([401, 403, 407].includes(response.httpStatus)) return undefined;
  return response.httpStatus === 404
    ? notThere(target, operation, 'HTTP 404')
    : wrongPlace(target, response, operation);
}

async function stateFindings(
  target: Target,
  runs: number | undefined,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const started = performance.now();
  const ready = await setUpAndClear(target, readyState, signal);
  if (ready.setup.kind !== 'ready' || ready.problem !== undefined) {
    const { setup } = ready;
    const says =
      setup.kind === 'unsupported'
        ? await whyUnsupported(target.states, setup.reason, readyState, operation)
        : `"${readyState}": ${whyNot(ready)}; see ${statesGuide}`;
    return [{ name: 'states', state: 'wrong', says, blocks: true }];
  }
  const took = (performance.now() - started).toFixed(0);
  return [
    fine('states', `"${readyState}" set up and cleared away in ${took} ms`),
    tokenFinding(ready.setup.fixture['token'] ?? '', Date.now() / 1000),
    await supportFinding(target, signal),
    ...devicesFindings(target.states.given, runs),
  ];
}

/** How many devices a full run takes: a configuration gives a number of them, a states endpoint makes them. */
function devicesFindings(given: ReadonlyMap<string, number> | undefined, runs = defaultRuns): readonly Finding[] {
  const needed = devicesNeeded(cases, runs);
  if (given === undefined) {
    const total = [...needed.values()].reduce((sum, count) => sum + count, 0);
    return [fine('devices', `a full run sets up ${total} in ${needed.size} states`)];
  }
  const short = [...needed].filter(([state, count]) => (given.get(state) ?? 0) < count);
  if (short.length === 0) return [fine('devices', 'the fixtures are enough for a full run')];
  return short.map(([state, count]) => ({
    name: 'devices',
    state: 'missing',
    says: `"${state}": ${given.get(state) ?? 0} given, ${count} needed for a full run; the rest is skipped`,
  }));
}

/** How many of the states the endpoint knows; each is set up and cleared away. */
async function supportFinding(target: Target, signal: AbortSignal): Promise<Finding> {
  const missing: string[] = [];
  for (const state of stateNames.filter((name) => name !== readyState)) {
    const tried = await setUpAndClear(target, state, signal);
    if (tried.setup.kind === 'unsupported') missing.push(state);
    else if (tried.setup.kind === 'broken' || tried.problem !== undefined) {
      return { name: 'support', state: 'wrong', says: `"${state}": ${whyNot(tried)}; mend it`, blocks: true };
    }
  }
  const says = `${stateNames.length - missing.length} of ${stateNames.length} states`;
  if (missing.length === 0) return fine('support', says);
  return {
    name: 'support',
    state: 'missing',
    says: `${says}; ${missing.map((state) => wouldCover(state, suite)).join('; ')}; see ${statesGuide}`,
  };
}

type Tried = { readonly setup: StateSetup; readonly problem?: string | undefined };

async function setUpAndClear({ states }: Target, state: string, signal: AbortSignal): Promise<Tried> {
  const setup = await states.setup(state, signal);
  return setup.kind === 'ready' ? { setup, problem: await states.teardown(setup) } : { setup };
}

function whyNot({ setup, problem }: Tried): string {
  return setup.kind === 'ready' ? (problem ?? '') : setup.reason;
}

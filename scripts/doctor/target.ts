import { headerOf } from '../../contract/judge.ts';
import { controlRequest } from '../../contract/send.ts';
import { wouldCover } from '../../contract/state-codes.ts';
import type { StateSetup } from '../../contract/targets/state-source.ts';
import type { Target } from '../../contract/targets/target.ts';
import { UserError } from '../../contract/user-error.ts';
import type { StateName } from '../../spec/states.ts';
import { stateNames } from '../../spec/states.ts';
import type { LoadedConfig } from '../config/config.ts';
import { statesGuide } from '../reports/missing-states.ts';
import type { TargetFlags } from '../target.ts';
import { openTarget } from '../target.ts';
import { clockFinding, tokenFinding } from './clocks.ts';
import type { Finding } from './finding.ts';
import { fine } from './finding.ts';

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
    return [...(await answerFindings(target, signal)), ...(await stateFindings(target, signal))];
  } finally {
    await target[Symbol.asyncDispose]();
  }
}

async function answerFindings(target: Target, signal: AbortSignal): Promise<readonly Finding[]> {
  const exchange = await target.send(controlRequest, signal);
  if (exchange.kind === 'no-answer') {
    const says = `${target.url} answered once and then no more: ${exchange.detail}`;
    return [{ name: 'target', state: 'wrong', says, blocks: true }];
  }
  const { response } = exchange;
  const { httpStatus, durationMs } = response;
  const answered = `${target.url} answers in ${durationMs.toFixed(0)} ms`;
  const place: Finding =
    httpStatus === 404
      ? {
          name: 'target',
          state: 'wrong',
          says: `${answered}, with HTTP 404: correct --url, to which the operation's path is appended`,
          blocks: true,
        }
      : fine('target', answered);
  return [place, clockFinding(headerOf(response, 'date'), Date.now() / 1000)];
}

async function stateFindings(target: Target, signal: AbortSignal): Promise<readonly Finding[]> {
  const started = performance.now();
  const ready = await setUpAndClear(target, readyState, signal);
  if (ready.setup.kind !== 'ready' || ready.problem !== undefined) {
    return [
      { name: 'states', state: 'wrong', says: `"${readyState}": ${whyNot(ready)}; see ${statesGuide}`, blocks: true },
    ];
  }
  const took = (performance.now() - started).toFixed(0);
  return [
    fine('states', `"${readyState}" set up and cleared away in ${took} ms`),
    tokenFinding(ready.setup.fixture.token, Date.now() / 1000),
    await supportFinding(target, signal),
  ];
}

/** How many of the states the endpoint knows; each is set up and cleared away. */
async function supportFinding(target: Target, signal: AbortSignal): Promise<Finding> {
  const missing: StateName[] = [];
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
    says: `${says}; ${missing.map(wouldCover).join('; ')}; see ${statesGuide}`,
  };
}

type Tried = { readonly setup: StateSetup; readonly problem?: string | undefined };

async function setUpAndClear({ states }: Target, state: StateName, signal: AbortSignal): Promise<Tried> {
  const setup = await states.setup(state, signal);
  return setup.kind === 'ready' ? { setup, problem: await states.teardown(setup) } : { setup };
}

function whyNot({ setup, problem }: Tried): string {
  return setup.kind === 'ready' ? (problem ?? '') : setup.reason;
}

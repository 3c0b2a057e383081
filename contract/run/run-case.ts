import { addAbortListener } from 'node:events';
import { seededRandom } from '../../generators/random.ts';
import type { RequestContext } from '../../generators/request.ts';
import { identifyDevice } from '../../spec/operation.ts';
import { createMask, maskOfFixtures, showEverything } from '../mask.ts';
import { runProperty } from '../property/run-property.ts';
import { findContradiction } from '../targets/fixture.ts';
import type { ReadyState, StateSetup } from '../targets/state-source.ts';
import type { Case } from './case.ts';
import type { Attempt, CaseResult, CaseRun, Ending } from './outcome.ts';
import { type CaseContext, runBatch } from './run-step.ts';
import { runTimed } from './run-timed.ts';

/**
 * Runs one case: set-up, steps in order, teardown. It never throws for the behaviour of a target.
 * After a stale connection the case runs once more, with a new set-up. The device is another one, so no request is repeated.
 */
export async function runCase(tested: Case, run: CaseRun): Promise<CaseResult> {
  if (tested.property !== undefined) return runProperty(tested, tested.property, run, runCase);
  const { stale, ...result } = await runOnce(tested, run);
  if (stale !== true || run.signal.aborted) return result;
  const { stale: _, ...again } = await runOnce(tested, run);
  return again;
}

async function runOnce(tested: Case, run: CaseRun): Promise<CaseResult & { readonly stale?: boolean }> {
  const started = performance.now();
  const attempts: Attempt[] = [];
  const ending = await runInStates(tested, run, attempts);
  return { case: tested, attempts, durationMs: performance.now() - started, ...ending };
}

/** Sets up the states, runs the steps and tears the states down. A missing state or key skips the case. */
async function runInStates(tested: Case, run: CaseRun, attempts: Attempt[]): Promise<Ending> {
  if (tested.needs !== undefined && run.keys[tested.needs] === undefined) {
    const reason = `its token needs a key that is missing (tokenKeys.${tested.needs} in bindgate.config)`;
    return { outcome: 'skipped', reason };
  }
  if (tested.strains === true && run.heavySkipReason !== undefined)
    return { outcome: 'skipped', reason: run.heavySkipReason };
  const notApplicable = tested.unless?.(run.dialect);
  if (notApplicable !== undefined) return { outcome: 'skipped', reason: notApplicable };
  const ready: ReadyState[] = [];
  let ending: Ending | undefined;
  for (const state of [tested.given, ...(tested.secondState === undefined ? [] : [tested.secondState])]) {
    const setup = await run.target.states.setup(state, run.signal);
    if (setup.kind === 'ready') {
      ready.push(setup);
      const contradiction = findContradiction(setup.fixture, run.dialect);
      if (contradiction === undefined) continue;
      const reason = `the fixture for "${state}" ${contradiction}`;
      ending = { outcome: 'error', reason, cause: 'the states endpoint failed' };
      break;
    }
    ending = setupFailure(setup, state, run);
    break;
  }
  const [device, other] = ready;
  if (ending === undefined && device !== undefined) ending = await runSteps(tested, device, other, run, attempts);
  using grace = graceAfter(run.signal);
  for (const setup of ready) {
    const problem = await run.target.states.teardown(setup, grace.signal);
    // A failed result stays. A failed teardown is the handler's error, unless the run was stopped.
    if (problem !== undefined && ending?.outcome === 'passed' && !run.signal.aborted) {
      ending = { outcome: 'error', reason: problem, cause: 'a teardown failed' };
    }
  }
  return ending ?? { outcome: 'error', reason: 'no state was set up' };
}

function setupFailure(setup: Exclude<StateSetup, ReadyState>, state: string, { needed }: CaseRun): Ending {
  switch (setup.kind) {
    case 'unsupported':
      return { outcome: 'skipped', reason: `state "${state}" is not supported: ${setup.reason}`, unsupported: state };
    case 'used-up':
      return {
        outcome: 'skipped',
        reason: `${setup.reason}, and all cases need ${needed.get(state) ?? 0}`,
        usedUp: state,
      };
    case 'broken':
      return { outcome: 'error', reason: setup.reason, cause: 'the states endpoint failed' };
  }
}

/** A signal half a second after another: enough for a teardown, and short if a server hangs. */
function graceAfter(signal: AbortSignal): Disposable & { readonly signal: AbortSignal } {
  const late = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const listening = addAbortListener(signal, () => {
    timer = setTimeout(() => late.abort(), 500);
  });
  return {
    signal: late.signal,
    [Symbol.dispose]: () => {
      clearTimeout(timer);
      listening[Symbol.dispose]();
    },
  };
}

async function runSteps(
  tested: Case,
  { fixture }: ReadyState,
  other: ReadyState | undefined,
  run: CaseRun,
  attempts: Attempt[],
): Promise<Ending> {
  const unfit = tested.unfit?.(fixture, other?.fixture, run.dialect);
  if (unfit !== undefined) return { outcome: 'skipped', reason: unfit };
  const fixtures = [fixture, ...(other === undefined ? [] : [other.fixture])];
  const { operation } = run.dialect;
  const hidden = maskOfFixtures(fixtures, operation);
  const devices = createMask(fixtures.flatMap((given) => identifyDevice(given, operation)));
  const scene: CaseContext = {
    run,
    fixture,
    attempts,
    answers: [],
    mask: run.showSecrets ? showEverything : hidden,
    nameMask: (name) => devices(hidden(name)),
  };
  let notable: Ending | undefined;
  for (const [index, step] of tested.steps.entries()) {
    const context: RequestContext = {
      fixture,
      dialect: run.dialect,
      // The fixture is part of the seed: a replay on the same server must not make the same devices.
      random: seededRandom(run.seed, tested.id, index, ...identifyDevice(fixture, operation).map(([, value]) => value)),
      keys: run.keys,
      ...(other === undefined ? {} : { other: other.fixture }),
    };
    const ending = 'timed' in step ? await runTimed(step, context, scene) : await runBatch(step, index, context, scene);
    // A comparison of times that passed says what it could have seen.
    if (ending !== undefined && ending.outcome !== 'warned' && ending.outcome !== 'passed') return ending;
    notable ??= ending;
  }
  return notable ?? { outcome: 'passed' };
}

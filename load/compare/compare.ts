import { availableParallelism } from 'node:os';
import type { StateSetup } from '../../contract/targets/state-source.ts';
import type { Target } from '../../contract/targets/target.ts';
import { UserError } from '../../contract/user-error.ts';
import { isSuccessCode } from '../../spec/dialect.ts';
import { operationPath } from '../../spec/pure-bt/path.ts';
import type { Fixture } from '../../spec/pure-bt/states.ts';
import { startNullServer } from '../null-server.ts';
import { loadState } from '../product.ts';
import type { LoadSession, Progress } from '../session.ts';
import { decide } from './decide.ts';
import { abbaOrder, windowsPerBlock } from './order.ts';
import type { Side } from './plan.ts';
import type { Counted, Recording } from './record.ts';
import { recordWindows } from './record.ts';
import type { CompareResults } from './results.ts';
import type { Session } from './session.ts';
import { letterOf } from './session.ts';
import type { Settings } from './settings.ts';

/** Windows that warm up A and B and measure the null server, before those that count. */
const leading = [0, 1, 2];

/**
 * Compares the target of a session (A) with another server (B), live: windows of A and B in turn, at one rate, in one k6 run.
 * @throws UserError (exit code 3) where the states of one have no product for load.
 */
export async function compareServers(session: LoadSession, b: Target, settings: Settings): Promise<CompareResults> {
  const { target: a, k6, dialect, timeoutMs, insecure, network, script, signal } = session;
  await using setups = new AsyncDisposableStack();
  const sides: Side[] = [];
  for (const [index, target] of [a, b].entries()) {
    const setup = await setUp(target, letterOf(index), signal);
    setups.defer(() => target.states.teardown(setup, AbortSignal.timeout(2_000)).then(() => undefined));
    sides.push(sideOf(target.url, setup.fixture as Fixture, session));
  }
  await using nothing = await startNullServer();
  const [like] = sides;
  if (like !== undefined) sides.push({ ...like, url: nothing.url + operationPath });
  const order = [...leading, ...abbaOrder(settings.windows / windowsPerBlock)];
  const recording = await recordWindows({
    k6,
    sides,
    order,
    rate: settings.rate,
    windowSeconds: settings.windowSeconds,
    timeoutMs,
    signedBindingCode: dialect.signedBindingCode,
    signal,
    watched: ['200', '0', 'unanswered'],
    onCount: (counted) => session.onProgress?.(progressOf(counted, order, settings)),
    ...(insecure === undefined ? {} : { insecure }),
    ...(network === undefined ? {} : { network }),
    ...(script === undefined ? {} : { script }),
  });
  return resultsOf(recording, session, b, settings);
}

async function setUp(
  target: Target,
  letter: string,
  signal: AbortSignal,
): Promise<Extract<StateSetup, { kind: 'ready' }>> {
  const setup = await target.states.setup(loadState, signal);
  if (setup.kind === 'ready') return setup;
  throw new UserError(`compare needs the state "${loadState}" of ${letter} (${target.url}): ${setup.reason}`, 3);
}

function sideOf(url: string, fixture: Fixture, { headers }: LoadSession): Side {
  const { token, pk, ps, bindingCode, bindingSecret, oldBindingSecret, userDomainSecret, pwd } = fixture;
  return {
    url: url + operationPath,
    headers: { ...headers, 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    product: {
      pk,
      ps,
      bindingCode,
      bindingSecret,
      oldBindingSecret: oldBindingSecret ?? bindingSecret,
      userDomainSecret,
      ...(pwd === undefined ? {} : { pwd }),
    },
  };
}

function resultsOf(
  recording: Recording,
  { target: a, dialect, k6 }: LoadSession,
  b: Target,
  settings: Settings,
): CompareResults {
  const [ofA = {}, ofB = {}] = recording.outcomes;
  const measured = recording.windows.slice(leading.length).filter(({ answers }) => answers > 0);
  const floor = recording.windows.slice(0, leading.length).find(({ side, answers }) => side === 2 && answers > 0);
  const session: Session = {
    ...recording,
    windows: measured,
    outcomes: [ofA, ofB],
    floor,
    cores: availableParallelism(),
    isSuccess: (outcome) => /^\d+$/.test(outcome) && isSuccessCode(Number(outcome), dialect),
  };
  return {
    schema: 'bindgate.compare/1',
    ...decide(session, settings),
    kind: 'live',
    interrupted: recording.interrupted,
    a: { name: a.url, outcomes: ofA },
    b: { name: b.url, outcomes: ofB },
    settings,
    noiseFloor: floor === undefined ? null : { p50: ms(floor.p50), p95: ms(floor.p95), p99: ms(floor.p99) },
    generatorCpu: recording.generatorCpu === null ? null : Math.round(recording.generatorCpu * 100) / 100,
    dropped: recording.dropped,
    windows: measured.map(({ side, answers, p50, p95, p99, rate }) => ({
      side: letterOf(side),
      answers,
      p50: ms(p50),
      p95: ms(p95),
      p99: ms(p99),
      rate: ms(rate),
    })),
    k6: { version: k6.version, from: k6.from, exitCode: recording.exitCode },
  };
}

function progressOf(
  { seconds, window, requests, outcomes }: Counted,
  order: readonly number[],
  { windowSeconds }: Settings,
): Progress {
  const place = window - leading.length;
  const warming = ['warming up A', 'warming up B', 'noise floor'][window];
  return {
    phase: warming ?? `window ${place + 1} of ${order.length - leading.length} (${letterOf(order[window] ?? 0)})`,
    seconds,
    of: order.length * windowSeconds,
    requests,
    ratePerSecond: seconds > 0 ? requests / seconds : 0,
    codes: outcomes
      .filter(({ side, count }) => side < 2 && count > 0)
      .map(({ outcome, side, count }) => [`${letterOf(side)} ${outcome}`, count] as const),
  };
}

/** To the microsecond. */
function ms(value: number): number {
  return Math.round(value * 1000) / 1000;
}

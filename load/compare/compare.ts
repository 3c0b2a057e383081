import { randomInt } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import type { StateSetup } from '../../contract/targets/state-source.ts';
import type { Target } from '../../contract/targets/target.ts';
import { UserError } from '../../contract/user-error.ts';
import type { Dialect } from '../../spec/dialect.ts';
import { isSuccessCode } from '../../spec/dialect.ts';
import { operationPath } from '../../spec/http.ts';
import type { Fixture } from '../../spec/states.ts';
import type { K6 } from '../k6-binary.ts';
import { startNullServer } from '../null-server.ts';
import { decide } from './decide.ts';
import { abbaOrder, windowsPerBlock } from './order.ts';
import type { Side } from './plan.ts';
import type { Recording } from './record.ts';
import { recordWindows } from './record.ts';
import type { CompareResults } from './results.ts';
import type { Session } from './session.ts';
import { letterOf } from './session.ts';
import type { Settings } from './settings.ts';

/** What a comparison of two live servers needs. */
export type CompareOptions = {
  readonly a: Target;
  readonly b: Target;
  readonly settings: Settings;
  readonly k6: K6;
  readonly dialect: Dialect;
  readonly timeoutMs: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly insecure?: boolean;
  readonly signal: AbortSignal;
  /** Is told what is going on, twice a second. */
  readonly onProgress?: (what: string) => void;
  /** The k6 script; tests hand over others. */
  readonly script?: string;
};

type Ready = StateSetup & { readonly kind: 'ready' };

const loadState = 'a product whose every device is ready to bind';
/** Windows that warm up A and B and measure the null server, before those that count. */
const leading = [0, 1, 2];

/**
 * Compares two live servers in one session: windows of A and B in turn, at one rate, in one k6 run.
 * @throws UserError (exit code 3) where the states of one have no product for load.
 */
export async function compareServers(options: CompareOptions): Promise<CompareResults> {
  const { a, b, settings, k6, signal } = options;
  await using setups = new AsyncDisposableStack();
  const sides: Side[] = [];
  for (const [index, target] of [a, b].entries()) {
    const setup = await setUp(target, letterOf(index), signal);
    setups.defer(() => target.states.teardown(setup, AbortSignal.timeout(2_000)).then(() => undefined));
    sides.push(sideOf(target.url, setup.fixture, options));
  }
  await using nothing = await startNullServer();
  const [like] = sides;
  if (like !== undefined) sides.push({ ...like, url: nothing.url + operationPath });
  const order = [...leading, ...abbaOrder(settings.windows / windowsPerBlock)];
  const stopProgress = new AbortController();
  void showProgress(order, settings, stopProgress.signal, options.onProgress);
  const recording = await recordWindows({
    k6,
    sides,
    order,
    rate: settings.rate,
    windowSeconds: settings.windowSeconds,
    timeoutMs: options.timeoutMs,
    dkPrefix: freshDkPrefix(),
    signal,
    ...(options.insecure === undefined ? {} : { insecure: options.insecure }),
    ...(options.script === undefined ? {} : { script: options.script }),
  }).finally(() => stopProgress.abort());
  return resultsOf(recording, options);
}

async function setUp(target: Target, letter: string, signal: AbortSignal): Promise<Ready> {
  const setup = await target.states.setup(loadState, signal);
  if (setup.kind === 'ready') return setup;
  throw new UserError(`compare needs the state "${loadState}" of ${letter} (${target.url}): ${setup.reason}`, 3);
}

function sideOf(url: string, fixture: Fixture, { headers }: CompareOptions): Side {
  const { token, pk, ps, bindingCode, bindingSecret, userDomainSecret } = fixture;
  return {
    url: url + operationPath,
    headers: { ...headers, 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    fixture: { pk, ps, bindingCode, bindingSecret, userDomainSecret },
  };
}

function resultsOf(recording: Recording, { a, b, settings, dialect, k6 }: CompareOptions): CompareResults {
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

/** Says by the clock which window is on: k6 starts them by the clock as well. */
async function showProgress(
  order: readonly number[],
  { rate, windowSeconds }: Settings,
  signal: AbortSignal,
  say: CompareOptions['onProgress'],
): Promise<void> {
  const started = performance.now();
  const total = order.length * windowSeconds;
  while (!signal.aborted) {
    const seconds = Math.min(total, (performance.now() - started) / 1000);
    const window = Math.min(order.length - 1, Math.floor(seconds / windowSeconds));
    const what =
      window < leading.length
        ? ['warming up A', 'warming up B', 'noise floor'][window]
        : `window ${window - leading.length + 1} of ${order.length - leading.length} (${letterOf(order[window] ?? 0)})`;
    say?.(`${what} at ${rate}/s, ${Math.ceil(total - seconds)} s left`);
    await pause(500, undefined, { signal }).catch(() => undefined);
  }
}

/** A run's own range of dks: a device binds once, and both servers may keep their devices in one place. */
function freshDkPrefix(): string {
  return `C${randomInt(36 ** 8)
    .toString(36)
    .toUpperCase()
    .padStart(8, '0')}`;
}

/** To the microsecond. */
function ms(value: number): number {
  return Math.round(value * 1000) / 1000;
}

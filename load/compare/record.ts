import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freshIdentity } from '../run/draft.ts';
import type { K6 } from '../run/k6-binary.ts';
import type { K6Process } from '../run/k6-process.ts';
import { startK6 } from '../run/k6-process.ts';
import type { Network } from '../run/network.ts';
import { networkEnvironment, tlsAuthOf } from '../run/network.ts';
import { noRoom } from '../run/run-k6.ts';
import type { Side, WindowsPlan } from './plan.ts';

/** What one window measured, in milliseconds and answers per second. */
export type WindowSummary = {
  /** The index of its side. */
  readonly side: number;
  /** Answers that were measured; nothing else is known of a window without any. */
  readonly answers: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly rate: number;
};

/**
 * How often each outcome came: a business code, `other`, `none` (no code) or `unanswered`; `stale` had no answer either, at the
 * beginning of a window, where a connection that was kept may be closed already.
 */
export type Outcomes = Readonly<Record<string, number>>;

/** What a k6 run through windows measured. */
export type Recording = {
  readonly windows: readonly WindowSummary[];
  /** By side. */
  readonly outcomes: readonly Outcomes[];
  readonly requests: number;
  readonly iterations: number;
  /** Iterations that could not be started on time. */
  readonly dropped: number;
  /** Cores that k6 kept busy; null where the system does not tell. */
  readonly generatorCpu: number | null;
  readonly exitCode: number | null;
  /** The last thing k6 said on standard error. */
  readonly said: string;
  readonly interrupted: boolean;
};

/** How windows are recorded. */
export type RecordOptions = {
  readonly k6: K6;
  readonly sides: readonly Side[];
  /** The side of each window, by its index. */
  readonly order: readonly number[];
  /** Requests started per second. */
  readonly rate: number;
  readonly windowSeconds: number;
  readonly timeoutMs: number;
  readonly insecure?: boolean;
  readonly network?: Network;
  readonly signedBindingCode: WindowsPlan['signedBindingCode'];
  readonly signal: AbortSignal;
  /** Hears of what was counted, about once a second. */
  readonly onCount?: (counted: Counted) => void;
  /** Outcomes that it hears of, each for every side. */
  readonly watched?: readonly string[];
  /** The k6 script; tests hand over others. */
  readonly script?: string;
};

/** What was counted until some moment of a run. */
export type Counted = {
  readonly seconds: number;
  /** The window that is on. */
  readonly window: number;
  readonly requests: number;
  /** By outcome, of each side. */
  readonly outcomes: readonly { readonly outcome: string; readonly side: number; readonly count: number }[];
};

/** The part of k6's summary data that is read. */
type Summary = {
  readonly metrics: Readonly<Record<string, { readonly values: Readonly<Record<string, number>> }>>;
};

const windowsScript = fileURLToPath(new URL('../k6/windows.ts', import.meta.url));

/** Measured requests of a whole window. */
export function measuredPerWindow(rate: number, windowSeconds: number): number {
  return Math.max(0, requestsPerWindow(rate, windowSeconds) - settlingAt(rate));
}

/**
 * Runs k6 once through all windows. The plan holds secrets: it lives in a file of mode 0600 that is gone afterwards. k6 does not
 * outlive this call; an interruption lets it write what it has measured.
 */
export async function recordWindows(options: RecordOptions): Promise<Recording> {
  const { k6, sides, order, signal } = options;
  const folder = await mkdtemp(join(tmpdir(), 'bindgate-compare-')).catch(noRoom);
  try {
    const [planFile, summaryFile] = [join(folder, 'plan.json'), join(folder, 'summary.json')];
    await writeFile(planFile, JSON.stringify(planOf(options, summaryFile)), { mode: 0o600 }).catch(noRoom);
    const environment = { ...networkEnvironment(options.network), BINDGATE_PLAN: planFile };
    const process = await startK6(k6, [options.script ?? windowsScript], environment, signal);
    signal.addEventListener('abort', process.stop, { once: true });
    // k6 ends by itself; where it does not, it is ended well after it should have.
    const limit = setTimeout(process.stop, secondsOf(options) * 1_000 + 2 * options.timeoutMs + 30_000);
    if (signal.aborted) process.stop();
    else await process.resume();
    await watch(process, options);
    const { exitCode, cpu, said } = await process.ended;
    clearTimeout(limit);
    signal.removeEventListener('abort', process.stop);
    const text = await readFile(summaryFile, 'utf8').catch(() => undefined);
    const summary = text === undefined ? undefined : (JSON.parse(text) as Summary);
    const interrupted = signal.aborted;
    return { ...readSummary(summary, sides.length, order), generatorCpu: cpu, exitCode, said, interrupted };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function planOf(options: RecordOptions, summaryFile: string): WindowsPlan {
  const { sides, order, rate, windowSeconds, timeoutMs, insecure = false, network, signedBindingCode } = options;
  const requests = requestsPerWindow(rate, windowSeconds);
  return {
    sides,
    order,
    requestsPerWindow: requests,
    settling: settlingAt(rate),
    timeout: `${timeoutMs}ms`,
    insecure,
    tlsAuth: tlsAuthOf(network),
    signedBindingCode,
    identity: freshIdentity(),
    scenario: {
      executor: 'constant-arrival-rate',
      rate,
      timeUnit: '1s',
      duration: `${Math.ceil(secondsOf(options) * 1_000)}ms`,
      preAllocatedVUs: vusAt(rate),
      maxVUs: Math.max(50, rate * 2),
      gracefulStop: `${timeoutMs}ms`,
    },
    summaryFile,
  };
}

async function watch(process: K6Process, options: RecordOptions): Promise<void> {
  const { rate, windowSeconds, order, sides, watched = [], onCount } = options;
  if (onCount === undefined) return;
  const ended = new AbortController();
  void process.ended.then(() => ended.abort());
  const begun = performance.now();
  const asked = sides.flatMap((_, side) => watched.map((outcome) => ({ outcome, side })));
  while (!ended.signal.aborted) {
    const requests = await process.counted('iterations');
    const counts = await Promise.all(asked.map(({ outcome, side }) => process.counted(`outcome_${side}_${outcome}`)));
    // A k6 that has just ended answers nothing.
    if (requests !== undefined && !ended.signal.aborted) {
      onCount({
        seconds: (performance.now() - begun) / 1_000,
        window: Math.min(order.length - 1, Math.floor(requests / requestsPerWindow(rate, windowSeconds))),
        requests,
        outcomes: asked.map((each, index) => ({ ...each, count: counts[index] ?? 0 })),
      });
    }
    await pause(1_000, undefined, { signal: ended.signal }).catch(() => undefined);
  }
}

/** How long all windows take. */
function secondsOf({ order, rate, windowSeconds }: RecordOptions): number {
  return (requestsPerWindow(rate, windowSeconds) * order.length) / rate;
}

function readSummary(
  summary: Summary | undefined,
  sides: number,
  order: readonly number[],
): Pick<Recording, 'windows' | 'outcomes' | 'requests' | 'iterations' | 'dropped'> {
  const value = (metric: string, key: string): number => summary?.metrics[metric]?.values[key] ?? 0;
  const windows = order.map((side, index) => {
    const latency = (key: string): number => value(`latency_${index}`, key);
    const answers = latency('count');
    // How fast the middle 80 % of the answers came: a late straggler does not make a window slow, a backlog does.
    const seconds = (value(`answered_${index}`, 'p(90)') - value(`answered_${index}`, 'p(10)')) / 1000;
    const rate = seconds > 0 ? (0.8 * (answers - 1)) / seconds : 0;
    return { side, answers, p50: latency('p(50)'), p95: latency('p(95)'), p99: latency('p(99)'), rate };
  });
  const outcomes = Array.from({ length: sides }, (_, side) => outcomesOf(summary, `outcome_${side}_`));
  return {
    windows,
    outcomes,
    requests: value('http_reqs', 'count'),
    iterations: value('iterations', 'count'),
    dropped: value('dropped_iterations', 'count'),
  };
}

function outcomesOf(summary: Summary | undefined, prefix: string): Outcomes {
  const found = Object.entries(summary?.metrics ?? {}).flatMap(([name, { values }]) => {
    const count = values['count'] ?? 0;
    return name.startsWith(prefix) && count > 0 ? [[name.slice(prefix.length), count] as const] : [];
  });
  return Object.fromEntries(found);
}

function requestsPerWindow(rate: number, windowSeconds: number): number {
  return Math.round(rate * windowSeconds);
}

/** Enough to sit out a pause of 250 ms in a server: k6 adds more when none is free, and drops what was due meanwhile. */
function vusAt(rate: number): number {
  return Math.max(25, Math.ceil(rate / 4));
}

/**
 * Requests at the beginning of each window that are not measured: one for each VU. The other side's last answers still come in,
 * and a server that gives up idle connections after two windows has closed those that the VUs kept.
 */
function settlingAt(rate: number): number {
  return vusAt(rate);
}

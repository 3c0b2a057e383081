import { fileURLToPath } from 'node:url';
import { initialisationVector } from '../../generators/devices.ts';
import { seededRandom } from '../../generators/random.ts';
import type { K6 } from '../k6-binary.ts';
import type { K6Summary } from '../run-k6.ts';
import { runK6 } from '../run-k6.ts';
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

/** How often each outcome came: a business code, `other`, `none` (no code) or `unanswered`. */
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
  /** What every dk of this run begins with: no other run may have it. */
  readonly dkPrefix: string;
  readonly signal: AbortSignal;
  /** The k6 script; tests hand over others. */
  readonly script?: string;
};

const windowsScript = fileURLToPath(new URL('../k6/windows.ts', import.meta.url));
const dkDigits = 7;
/** Of each window, not measured. */
const settlingShare = 0.1;

/** Measured requests of a whole window. */
export function measuredPerWindow(rate: number, windowSeconds: number): number {
  const requests = requestsPerWindow(rate, windowSeconds);
  return requests - settlingOf(requests);
}

/** Runs k6 once through all windows. */
export async function recordWindows(options: RecordOptions): Promise<Recording> {
  const { k6, sides, order, rate, windowSeconds, timeoutMs, insecure = false, dkPrefix, signal } = options;
  const requests = requestsPerWindow(rate, windowSeconds);
  const makePlan = (summaryFile: string): WindowsPlan => ({
    sides,
    order,
    requestsPerWindow: requests,
    settling: settlingOf(requests),
    timeout: `${timeoutMs}ms`,
    insecure,
    random: initialisationVector(seededRandom(0, dkPrefix)),
    dkPrefix,
    dkDigits,
    scenario: {
      executor: 'constant-arrival-rate',
      rate,
      timeUnit: '1s',
      duration: `${Math.ceil((requests * order.length * 1000) / rate)}ms`,
      // Enough to sit out a pause of 250 ms in a server: k6 adds more when none is free, and drops what was due meanwhile.
      preAllocatedVUs: Math.max(25, Math.ceil(rate / 4)),
      maxVUs: Math.max(50, rate * 2),
      gracefulStop: `${timeoutMs}ms`,
    },
    summaryFile,
  });
  const ran = await runK6(k6, options.script ?? windowsScript, makePlan, signal);
  const { exitCode, cpu, said, interrupted, summary } = ran;
  return { ...readSummary(summary, sides.length, order), generatorCpu: cpu, exitCode, said, interrupted };
}

function readSummary(
  summary: K6Summary | undefined,
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

function outcomesOf(summary: K6Summary | undefined, prefix: string): Outcomes {
  const found = Object.entries(summary?.metrics ?? {}).flatMap(([name, { values }]) => {
    const count = values['count'] ?? 0;
    return name.startsWith(prefix) && count > 0 ? [[name.slice(prefix.length), count] as const] : [];
  });
  return Object.fromEntries(found);
}

function requestsPerWindow(rate: number, windowSeconds: number): number {
  return Math.round(rate * windowSeconds);
}

function settlingOf(requests: number): number {
  return Math.ceil(requests * settlingShare);
}

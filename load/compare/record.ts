import { steadyCurve } from '../profiles.ts';
import type { Plan, Sending, Site } from '../run/draft-plan.ts';
import { draftPlan } from '../run/draft-plan.ts';
import type { LoadGenerator, Measurement, Sample } from '../run/measure.ts';
import { measure } from '../run/measure.ts';
import type { LoadProduct } from '../run/product.ts';
import { mergeQuantiles, quantile } from '../run/quantiles.ts';
import type { Share } from '../run/share.ts';

/** One server of a comparison, and the product whose devices are bound on it. */
export type Side = { readonly site: Site; readonly product: Pick<LoadProduct, 'fixture' | 'tokens'> };

/** The windows of a comparison. */
export type Schedule = {
  /** The side of each window, by its index. */
  readonly order: readonly number[];
  /** Requests started per second. */
  readonly rate: number;
  readonly windowSeconds: number;
};

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

/** What a run through windows measured. */
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

/** Measured requests of a whole window. */
export function countMeasured({ rate, windowSeconds }: Omit<Schedule, 'order'>): number {
  return Math.max(0, Math.round(rate * windowSeconds) - countSettling(rate));
}

/** Binds new devices on several servers in turn, window by window, in one k6 run at one rate. */
export async function recordWindows(
  generator: LoadGenerator,
  sides: readonly [Side, ...Side[]],
  schedule: Schedule,
  onSample?: (sample: Sample, outcomes: readonly Outcomes[]) => void,
): Promise<Recording> {
  const alone = { ...generator, processes: 1, outputs: [] };
  const plan = windowsPlan(alone, sides, schedule);
  const measurement = await measure(alone, plan, (sample) => onSample?.(sample, readOutcomes(plan, sample.counts)));
  return readWindows(measurement, schedule.order);
}

/** The plan of one k6 run through all windows: each side is a workload, and which one a request is of follows from its number. */
function windowsPlan(generator: LoadGenerator, sides: readonly [Side, ...Side[]], schedule: Schedule): Plan {
  const { rate, windowSeconds, order } = schedule;
  const each = Math.round(rate * windowSeconds);
  const seconds = (each * order.length) / rate;
  const drafts = sides.map(({ site, product }) => {
    const { plain, codes } = site.operation;
    const sending: Sending = {
      profile: 'compare',
      phase: 'warming up A',
      curve: steadyCurve(rate, seconds),
      usual: new Map([[plain, codes.find((code) => plain.classify(code) === 'right') ?? 'none']]),
      objectives: [],
      noiseFloor: null,
      notes: [],
      windowSeconds,
      byWorkload: false,
      lane: 'vu',
    };
    return draftPlan(site, { ...product, mix: [{ workload: plain, weight: 1 }], notes: [] }, generator, sending);
  });
  const [first] = drafts as [Plan, ...Plan[]];
  return {
    ...first,
    k6: {
      ...first.k6,
      workloads: drafts.flatMap(({ k6 }) => k6.workloads),
      schedule: { workloads: order, each },
      scenarios: { windows: makeScenario(rate, seconds, first.k6.timeout) },
      windows: {
        count: order.length,
        milliseconds: null,
        byWorkload: false,
        oneIn: 1,
        settling: countSettling(rate),
        ends: true,
      },
      codesApart: true,
    },
  };
}

function makeScenario(rate: number, seconds: number, gracefulStop: string): object {
  return {
    executor: 'constant-arrival-rate',
    rate,
    timeUnit: '1s',
    duration: `${Math.ceil(seconds * 1_000)}ms`,
    preAllocatedVUs: vusAt(rate),
    maxVUs: Math.max(50, rate * 2),
    gracefulStop,
  };
}

function readWindows({ plan, shares, ends, interrupted }: Measurement, order: readonly number[]): Recording {
  const { counters, distributions }: Pick<Share, 'counters' | 'distributions'> = shares[0] ?? {
    counters: {},
    distributions: {},
  };
  const windows = order.map((side, index) => {
    const latencies = distributions[`window_${index}`] ?? mergeQuantiles([]);
    const ended = distributions[`ended_${index}`] ?? mergeQuantiles([]);
    const answers = latencies.count;
    const [p50, p95, p99] = [quantile(latencies, 0.5), quantile(latencies, 0.95), quantile(latencies, 0.99)];
    // How fast the middle 80 % of the answers came: a late straggler does not make a window slow, a backlog does.
    const seconds = (quantile(ended, 0.9) - quantile(ended, 0.1)) / 1000;
    return { side, answers, p50, p95, p99, rate: seconds > 0 ? (0.8 * (answers - 1)) / seconds : 0 };
  });
  const { exitCode = null, cpu = null, said = '' } = ends[0] ?? {};
  return {
    windows,
    outcomes: readOutcomes(plan, counters),
    requests: counters['http_reqs'] ?? 0,
    iterations: counters['iterations'] ?? 0,
    dropped: counters['dropped_iterations'] ?? 0,
    generatorCpu: cpu,
    exitCode,
    said,
    interrupted,
  };
}

/** The outcomes of each side, from the counters of a run or of a moment of it. */
function readOutcomes({ k6 }: Plan, counters: Share['counters']): readonly Outcomes[] {
  return k6.workloads.map(({ usual }, side) => {
    const named = { [`usual_${side}`]: usual, [`unanswered_${side}`]: 'unanswered', [`stale_${side}`]: 'stale' };
    const prefix = `code_${side}_`;
    return Object.fromEntries(
      Object.entries(counters).flatMap(([name, count]) => {
        const outcome = name.startsWith(prefix) ? name.slice(prefix.length) : named[name];
        return outcome === undefined || count === 0 ? [] : [[outcome, count] as const];
      }),
    );
  });
}

/** Enough to sit out a pause of 250 ms in a server: k6 adds more when none is free, and drops what was due meanwhile. */
function vusAt(rate: number): number {
  return Math.max(25, Math.ceil(rate / 4));
}

/**
 * Requests at the beginning of each window that are not measured: one for each VU. The other side's last answers still come in,
 * and a server that gives up idle connections after two windows has closed those that the VUs kept.
 */
function countSettling(rate: number): number {
  return vusAt(rate);
}

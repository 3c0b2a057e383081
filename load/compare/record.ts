import { steadyCurve } from '../profiles.ts';
import { draftPlan, type Plan } from '../run/draft-plan.ts';
import { type LoadGenerator, type Measurement, measure, type Sample } from '../run/measure.ts';
import type { LoadProduct } from '../run/product.ts';
import { mergeQuantiles, quantile } from '../run/quantiles.ts';
import type { Share } from '../run/share.ts';

/** The windows of a comparison. */
export type Schedule = {
  /** The side of each window, by its index. */
  readonly order: readonly number[];
  /** Requests started per second. */
  readonly rate: number;
  readonly windowSeconds: number;
};

/** The measurements of one window, in milliseconds and answers per second. */
export type WindowSummary = {
  /** Index of the side: 0 is A, 1 is B. */
  readonly side: number;
  /** Number of measured answers; a window without any has no other values. */
  readonly answers: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly rate: number;
};

/**
 * How often each outcome was received: a business code, `other`, `none` (no code), `unanswered` or `stale`: no answer at the
 * beginning of a window, when the server may have closed an idle connection.
 */
export type Outcomes = Readonly<Record<string, number>>;

/** The measurements of a run through all windows. */
export type Recording = {
  readonly windows: readonly WindowSummary[];
  /** By side. */
  readonly outcomes: readonly Outcomes[];
  readonly requests: number;
  readonly iterations: number;
  /** Iterations that k6 could not start on time. */
  readonly dropped: number;
  /** CPU cores that k6 used on average; null if the system does not say. */
  readonly generatorCpu: number | null;
  readonly exitCode: number | null;
  /** The last line that k6 wrote to standard error. */
  readonly said: string;
  readonly interrupted: boolean;
};

/** Requests that a complete window measures. */
export function countMeasured({ rate, windowSeconds }: Omit<Schedule, 'order'>): number {
  return Math.max(0, Math.round(rate * windowSeconds) - vusAt(rate));
}

/** Binds new devices on several servers in turn, window by window, in one k6 run at one rate. */
export async function recordWindows(
  generator: LoadGenerator,
  sides: readonly LoadProduct[],
  schedule: Schedule,
  onSample?: (sample: Sample, outcomes: readonly Outcomes[]) => void,
): Promise<Recording> {
  const alone = { ...generator, processes: 1, outputs: [] };
  const plan = windowsPlan(alone, sides, schedule);
  const measurement = await measure(alone, plan, (sample) => onSample?.(sample, readOutcomes(plan, sample.counts)));
  return readWindows(measurement, schedule.order);
}

/** The plan of one k6 run through all windows: each side is a workload, and the number of a request decides its side. */
function windowsPlan(generator: LoadGenerator, sides: readonly LoadProduct[], schedule: Schedule): Plan {
  const { rate, windowSeconds, order } = schedule;
  const each = Math.round(rate * windowSeconds);
  const curve = steadyCurve(rate, Math.ceil((each * order.length * 1_000) / rate) / 1_000);
  const drafts = sides.map((product) => {
    const { plain, codes } = product.site.operation;
    const bound = codes.find((code) => plain.classify(code) === 'right') ?? 'none';
    const usual: LoadProduct['usual'] = new Map([[plain, bound]]);
    const mix = [{ workload: plain, weight: 1 }];
    const sending = { profile: 'compare', phase: 'warming up A', curve, windowSeconds, lane: 'vu' as const };
    return draftPlan({ ...product, mix, usual }, generator, sending);
  });
  const [first] = drafts;
  if (first === undefined) throw new Error('a comparison without a side');
  const { k6 } = first;
  return {
    ...first,
    k6: {
      ...k6,
      workloads: drafts.flatMap((draft) => draft.k6.workloads),
      schedule: { workloads: order, each },
      scenarios: { windows: { ...k6.scenarios['bind'], preAllocatedVUs: vusAt(rate), maxVUs: Math.max(50, rate * 2) } },
      windows: { ...k6.windows, count: order.length, milliseconds: null, oneIn: 1, settling: vusAt(rate), ends: true },
      codesApart: true,
    },
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
    // The rate of the middle 80 % of the answers: a single late answer does not make a window slow, a backlog does.
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

/** The outcomes of each side, from the counters of a run or of one sample. */
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

/**
 * Enough VUs for a server that pauses for 250 ms: k6 adds VUs if none is free, but drops requests in the meantime. As many requests
 * at the beginning of each window are not measured: the last answers of the other side still arrive, and a server that closes idle
 * connections after two windows has closed those of the VUs.
 */
function vusAt(rate: number): number {
  return Math.max(25, Math.ceil(rate / 4));
}

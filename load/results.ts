import type { CurvePoint } from './profiles.ts';
import type { CountedCode } from './run/codes.ts';
import type { Histogram } from './run/histogram.ts';

/** The file `load.json`; its JSON Schema is `load.schema.json`. Times are in milliseconds unless a name says seconds. */
export type LoadResults = {
  readonly schema: 'bindgate.load/1';
  readonly profile: string;
  readonly target: { readonly kind: string; readonly url: string };
  /** Whether the numbers mean anything; if not, `reasons` says why, and no objective counts. */
  readonly valid: boolean;
  readonly reasons: readonly string[];
  /** What a reader should know of how the run was set up. */
  readonly notes: readonly string[];
  readonly lane: Lane;
  readonly processes: number;
  readonly seconds: number;
  /** The rate asked for: straight lines between these points. */
  readonly curve: readonly CurvePoint[];
  readonly planned: number;
  readonly requests: number;
  /** Requests that were answered, per second of the profile. */
  readonly ratePerSecond: number;
  /** Iterations that could not be started on time. */
  readonly dropped: number;
  /** Cores that the generator kept busy; null where the system does not tell. */
  readonly generatorCpu: number | null;
  /** Latency of the generator itself at this rate, against a null server in the same session. */
  readonly noiseFloor: Latency | null;
  readonly codes: readonly CodeCount[];
  readonly latency: Latency;
  /** Of the usual answer to each workload, by its code. */
  readonly latencyByCode: readonly (CodeCount & { readonly latency: Latency })[];
  readonly workloads: readonly WorkloadResult[];
  /** Counts by logarithmic bucket (`load/run/histogram.ts`), which can be added up across runs. */
  readonly histogram: Histogram;
  readonly windows: readonly WindowResult[];
  /** What was counted in about each second; empty where nobody watched. */
  readonly series: readonly SeriesPoint[];
  /** What each stage of a request costs the server; of profile `stages` alone. */
  readonly stages?: readonly StageResult[];
  /** The highest rate with the objectives kept; of profile `breakpoint` alone. */
  readonly knee?: Knee;
  /** How latency moved over time; of profile `soak` alone. */
  readonly drift?: readonly Drift[];
  readonly objectives: readonly ObjectiveResult[];
  readonly k6: { readonly version: string; readonly from: string; readonly exitCode: number | null };
};

/** `rows`: signed before the run and read from a file. `vu`: signed while it runs. */
export type Lane = 'rows' | 'vu';

/** Percentiles over a set of requests. */
export type Latency = {
  readonly p50: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
};

/** How often a code came. */
export type CodeCount = { readonly code: CountedCode; readonly count: number };

/** What came of one kind of request. */
export type WorkloadResult = {
  readonly name: string;
  /** After "a request with". */
  readonly title: string;
  readonly weight: number;
  readonly requests: number;
  /** Answers that the contract asks for; `open` ones are right by another reading of it. */
  readonly right: number;
  readonly open: number;
  /** The code it is usually answered with, and the latency of those answers; of a large run, of a sample of them. */
  readonly usual: CountedCode;
  readonly latency: Latency;
};

/** A window of time, from some second of the run on; of a large run, a sample of its requests. */
export type WindowResult = { readonly from: number; readonly requests: number; readonly latency: Latency };

/** What was counted since the moment before: seconds, requests that ended, requests not started, codes. */
export type SeriesPoint = {
  readonly at: number;
  readonly requests: number;
  readonly dropped: number;
  readonly codes: readonly CodeCount[];
};

/** One objective: what was asked, whether it was kept, and what was measured. */
export type ObjectiveResult = { readonly name: string; readonly kept: boolean; readonly detail: string };

/** A value with its interval: 95 % for all values of a table together. */
export type Estimate = { readonly value: number; readonly low: number; readonly high: number };

/** One stage of the ladder: requests that get so far, and what they cost beyond those that stop one stage before. */
export type StageResult = {
  readonly stage: string;
  /** The workload that stops there, and the code it is answered with. */
  readonly workload: string;
  readonly title: string;
  readonly code: CountedCode;
  /** Whether that answer is what the contract asks for. */
  readonly right: boolean;
  /** Median latency. */
  readonly latency: Estimate;
  /** What the stage adds to the median latency; null for the first. */
  readonly marginal: Estimate | null;
  /** Requests per second that get so far, with as many under way as `concurrency` says; null where it was not measured. */
  readonly capacity: Estimate | null;
  /** Milliseconds of the server's capacity that a request takes in this stage: 1000 / capacity less that of the stage before. */
  readonly marginalCapacity: Estimate | null;
  /** Whether the stage can be told apart from the one before it. */
  readonly toldApart: boolean;
};

/** Where the objectives break. */
export type Knee = {
  /** Highest rate at which they were kept in every trial; null where they never were. */
  readonly keptAt: number | null;
  /** Lowest rate at which they were broken; null where the generator ended first. */
  readonly brokenAt: number | null;
  /** How sure that is, in words. */
  readonly certainty: string;
  readonly trials: readonly KneeTrial[];
};

/** One run at one rate. */
export type KneeTrial = {
  readonly rate: number;
  readonly outcome: 'kept' | 'broken' | 'not valid';
  readonly p99: number;
  readonly why: string;
};

/** A percentile at the end of a run against its beginning. */
export type Drift = {
  readonly percentile: 'p50' | 'p99';
  /** The last third's over the first third's. */
  readonly ratio: Estimate;
  readonly verdict: 'steady' | 'drifts' | 'undecided';
};

/** The exit code of a load run: 0 kept, 1 an objective broken, 3 not valid, 130 interrupted. */
export function loadExitCode({ valid, reasons, objectives }: LoadResults): 0 | 1 | 3 | 130 {
  if (reasons.includes('interrupted')) return 130;
  if (!valid) return 3;
  return objectives.length > 0 && objectives.every(({ kept }) => kept) ? 0 : 1;
}

/** A number as result files have it: to four places. */
export function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

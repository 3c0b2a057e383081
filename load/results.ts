/** The file `load.json`; its JSON Schema is `load.schema.json`. Times are in milliseconds. */
export type LoadResults = {
  readonly schema: 'bindgate.load/1';
  readonly profile: string;
  readonly target: { readonly kind: string; readonly url: string };
  /** Whether the numbers mean anything; if not, `reasons` says why, and no objective counts. */
  readonly valid: boolean;
  readonly reasons: readonly string[];
  readonly requests: number;
  /** Requests that were answered, per second of the profile. */
  readonly ratePerSecond: number;
  /** Iterations that could not be started on time. */
  readonly dropped: number;
  /** Cores that the generator kept busy; null where the system does not tell. */
  readonly generatorCpu: number | null;
  /** Latency of the generator itself at this rate, against a null server in the same session. */
  readonly noiseFloor: Pick<Latency, 'p50' | 'p99'> | null;
  readonly codes: readonly { readonly code: number | 'other' | 'none'; readonly count: number }[];
  readonly latency: Latency;
  /** Counts by logarithmic bucket (`load/histogram.ts`), which can be added up across runs. */
  readonly histogram: readonly (readonly [bucket: number, count: number])[];
  readonly objectives: readonly { readonly name: string; readonly kept: boolean; readonly detail: string }[];
  readonly k6: { readonly version: string; readonly from: string; readonly exitCode: number | null };
};

/** Percentiles over all requests. */
export type Latency = {
  readonly p50: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
};

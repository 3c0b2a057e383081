// Generated from the JSON Schema beside it by openapi-typescript. Do not edit: change that, then run `npm run generate`.


export interface components {
    schemas: {
        /**
         * bindgate load.json
         * @description Times are in milliseconds unless a name says seconds.
         */
        readonly LoadResults: {
            /** @constant */
            readonly schema: "bindgate.load/1";
            readonly profile: string;
            readonly target: {
                readonly kind: string;
                readonly url: string;
            };
            /** @description Whether the numbers mean anything; if not, reasons says why, and no objective counts. */
            readonly valid: boolean;
            readonly reasons: readonly string[];
            /** @description What a reader should know of how the run was set up. */
            readonly notes: readonly string[];
            readonly lane: components["schemas"]["lane"];
            readonly processes: number;
            readonly seconds: number;
            /** @description The rate asked for: straight lines between these points. */
            readonly curve: readonly {
                readonly at: number;
                readonly rate: number;
            }[];
            readonly planned: number;
            readonly requests: number;
            /** @description Requests that were answered, per second of the profile. */
            readonly ratePerSecond: number;
            /** @description Iterations that could not be started on time. */
            readonly dropped: number;
            /** @description Cores that the generator kept busy; null where the system does not tell. */
            readonly generatorCpu: number | null;
            /** @description Latency of the generator itself at this rate, against a null server in the same session. */
            readonly noiseFloor: components["schemas"]["latency"] | null;
            readonly codes: readonly components["schemas"]["codeCount"][];
            readonly latency: components["schemas"]["latency"];
            /** @description Of the usual answer to each workload, by its code. */
            readonly latencyByCode: readonly {
                readonly code: components["schemas"]["code"];
                readonly count: number;
                readonly latency: components["schemas"]["latency"];
            }[];
            readonly workloads: readonly components["schemas"]["workloadResult"][];
            /** @description Counts by logarithmic bucket (load/histogram.ts), which can be added up across runs. */
            readonly histogram: readonly (readonly [
                number,
                number
            ])[];
            readonly windows: readonly components["schemas"]["windowResult"][];
            /** @description What was counted in about each second; empty where nobody watched. */
            readonly series: readonly components["schemas"]["seriesPoint"][];
            /** @description What each stage of a request costs the server; of profile stages alone. */
            readonly stages?: readonly components["schemas"]["stageResult"][];
            /** @description The highest rate with the objectives kept; of profile breakpoint alone. */
            readonly knee?: components["schemas"]["knee"];
            /** @description How latency moved over time; of profile soak alone. */
            readonly drift?: readonly components["schemas"]["drift"][];
            readonly objectives: readonly components["schemas"]["objectiveResult"][];
            readonly k6: {
                readonly version: string;
                readonly from?: string;
                readonly exitCode?: number | null;
            };
        };
        /** @description Percentiles over a set of requests. */
        readonly latency: {
            readonly p50: number;
            readonly p90: number;
            readonly p95: number;
            readonly p99: number;
            readonly p999: number;
            readonly max: number;
        };
        /** @description A code; none for no envelope behind HTTP 200, other for codes that could not be counted apart. */
        readonly code: number | ("other" | "none");
        /** @description How often a code came. */
        readonly codeCount: {
            readonly code: components["schemas"]["code"];
            readonly count: number;
        };
        /** @description A value with its interval: 95 % for all values of a table together. */
        readonly estimate: {
            readonly value: number;
            readonly low: number;
            readonly high: number;
        };
        /**
         * @description rows: signed before the run and read from a file. vu: signed while it runs.
         * @enum {unknown}
         */
        readonly lane: "rows" | "vu";
        /** @description What came of one kind of request. */
        readonly workloadResult: {
            readonly name: string;
            /** @description After "a request with". */
            readonly title: string;
            readonly weight: number;
            readonly requests: number;
            /** @description Answers that the contract asks for. */
            readonly right: number;
            /** @description Answers that are right by another reading of it. */
            readonly open: number;
            /** @description The code it is usually answered with. */
            readonly usual: components["schemas"]["code"];
            /** @description Of the usual answers; of a large run, of a sample of them. */
            readonly latency: components["schemas"]["latency"];
        };
        /** @description A window of time, from some second of the run on; of a large run, a sample of its requests. */
        readonly windowResult: {
            readonly from: number;
            readonly requests: number;
            readonly latency: components["schemas"]["latency"];
        };
        /** @description What was counted since the moment before: seconds, requests that ended, requests not started, codes. */
        readonly seriesPoint: {
            readonly at: number;
            readonly requests: number;
            readonly dropped: number;
            readonly codes: readonly components["schemas"]["codeCount"][];
        };
        /** @description One stage of the ladder: requests that get so far, and what they cost beyond those that stop one stage before. */
        readonly stageResult: {
            readonly stage: string;
            /** @description The workload that stops there. */
            readonly workload: string;
            readonly title: string;
            /** @description The code it is answered with. */
            readonly code: components["schemas"]["code"];
            /** @description Whether that answer is what the contract asks for. */
            readonly right: boolean;
            /** @description Median latency. */
            readonly latency: components["schemas"]["estimate"];
            /** @description What the stage adds to the median latency; null for the first. */
            readonly marginal: components["schemas"]["estimate"] | null;
            /** @description Requests per second that get so far, with as many under way as concurrency says; null where it was not measured. */
            readonly capacity: components["schemas"]["estimate"] | null;
            /** @description Milliseconds of the server's capacity that a request takes in this stage: 1000 / capacity less that of the stage before. */
            readonly marginalCapacity: components["schemas"]["estimate"] | null;
            /** @description Whether the stage can be told apart from the one before it. */
            readonly toldApart: boolean;
        };
        /** @description Where the objectives break. */
        readonly knee: {
            /** @description Highest rate at which they were kept in every trial; null where they never were. */
            readonly keptAt: number | null;
            /** @description Lowest rate at which they were broken; null where the generator ended first. */
            readonly brokenAt: number | null;
            /** @description How sure that is, in words. */
            readonly certainty: string;
            readonly trials: readonly components["schemas"]["kneeTrial"][];
        };
        /** @description One run at one rate. */
        readonly kneeTrial: {
            readonly rate: number;
            /** @enum {unknown} */
            readonly outcome: "kept" | "broken" | "not valid";
            readonly p99: number;
            readonly why: string;
        };
        /** @description A percentile at the end of a run against its beginning. */
        readonly drift: {
            /** @enum {unknown} */
            readonly percentile: "p50" | "p99";
            /** @description The last third's over the first third's. */
            readonly ratio: components["schemas"]["estimate"];
            /** @enum {unknown} */
            readonly verdict: "steady" | "drifts" | "undecided";
        };
        /** @description One objective: what was asked, whether it was kept, and what was measured. */
        readonly objectiveResult: {
            readonly name: string;
            readonly kept: boolean;
            readonly detail: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type LoadResults = components['schemas']['LoadResults'];
export type Latency = components['schemas']['latency'];
export type Code = components['schemas']['code'];
export type CodeCount = components['schemas']['codeCount'];
export type Estimate = components['schemas']['estimate'];
export type Lane = components['schemas']['lane'];
export type WorkloadResult = components['schemas']['workloadResult'];
export type WindowResult = components['schemas']['windowResult'];
export type SeriesPoint = components['schemas']['seriesPoint'];
export type StageResult = components['schemas']['stageResult'];
export type Knee = components['schemas']['knee'];
export type KneeTrial = components['schemas']['kneeTrial'];
export type Drift = components['schemas']['drift'];
export type ObjectiveResult = components['schemas']['objectiveResult'];

// Generated from the JSON Schema next to it by openapi-typescript. Do not edit: change that, then run `npm run generate`.


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
            /** @description Whether the numbers can be trusted. If not, reasons says why, and no objective is judged. */
            readonly valid: boolean;
            readonly reasons: readonly string[];
            /** @description Notes on how the run was set up, for the reader. */
            readonly notes: readonly string[];
            readonly lane: components["schemas"]["lane"];
            readonly processes: number;
            readonly seconds: number;
            /** @description The requested rate: straight lines between these points. */
            readonly curve: readonly {
                readonly at: number;
                readonly rate: number;
            }[];
            readonly planned: number;
            readonly requests: number;
            /** @description Requests that were answered, per second of the profile. */
            readonly ratePerSecond: number;
            /** @description Iterations (requests) that the generator could not start on time. */
            readonly dropped: number;
            /** @description CPU cores that the generator used on average; null if the system does not say. */
            readonly generatorCpu: number | null;
            /** @description Noise floor: the latency that the load generator itself adds at this rate, measured against a null server in the same session. */
            readonly noiseFloor: components["schemas"]["latency"] | null;
            readonly codes: readonly components["schemas"]["codeCount"][];
            readonly latency: components["schemas"]["latency"];
            /** @description Latency of the usual answer to each workload, by its code. */
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
            /** @description Counts for about each second; empty if the run was not observed. */
            readonly series: readonly components["schemas"]["seriesPoint"][];
            /** @description What each stage of a request costs the server; only for the profile stages. */
            readonly stages?: readonly components["schemas"]["stageResult"][];
            /** @description The highest rate that meets the objectives; only for the profile breakpoint. */
            readonly knee?: components["schemas"]["knee"];
            /** @description How latency changed over time; only for the profile soak. */
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
        /** @description A code. none: no envelope in an HTTP 200 answer. other: codes that could not be counted separately. */
        readonly code: number | ("other" | "none");
        /** @description How often a code was received. */
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
        /** @description The results of one kind of request. */
        readonly workloadResult: {
            readonly name: string;
            /** @description Completes the sentence "a request with …". */
            readonly title: string;
            readonly weight: number;
            readonly requests: number;
            /** @description Answers that the contract requires. */
            readonly right: number;
            /** @description Answers that are right by another reading of the contract. */
            readonly open: number;
            /** @description The usual code of the answer. */
            readonly usual: components["schemas"]["code"];
            /** @description Latency of the usual answers; in a large run, of a sample of them. */
            readonly latency: components["schemas"]["latency"];
        };
        /** @description A window of time, with its start in seconds; in a large run, a sample of its requests. */
        readonly windowResult: {
            readonly from: number;
            readonly requests: number;
            readonly latency: components["schemas"]["latency"];
        };
        /** @description Counts since the point before: time in seconds, requests that ended, requests that were not started, codes. */
        readonly seriesPoint: {
            readonly at: number;
            readonly requests: number;
            readonly dropped: number;
            readonly codes: readonly components["schemas"]["codeCount"][];
        };
        /** @description One stage of the ladder: requests that reach it, and their cost compared with requests that stop one stage earlier. */
        readonly stageResult: {
            readonly stage: string;
            /** @description The workload that stops there. */
            readonly workload: string;
            readonly title: string;
            /** @description The code of the answer. */
            readonly code: components["schemas"]["code"];
            /** @description Whether the contract requires that answer. */
            readonly right: boolean;
            /** @description Median latency. */
            readonly latency: components["schemas"]["estimate"];
            /** @description What the stage adds to the median latency; null for the first. */
            readonly marginal: components["schemas"]["estimate"] | null;
            /** @description Requests per second that reach the stage, with a fixed number in flight; null if not measured. */
            readonly capacity: components["schemas"]["estimate"] | null;
            /** @description Server time in milliseconds that a request takes in this stage: 1000 / capacity, minus that of the stage before. */
            readonly marginalCapacity: components["schemas"]["estimate"] | null;
            /** @description Whether the stage is distinguishable from the one before it. */
            readonly toldApart: boolean;
        };
        /** @description The highest rate that meets the objectives. */
        readonly knee: {
            /** @description Highest rate that met the objectives in every trial; null if there is none. */
            readonly keptAt: number | null;
            /** @description Lowest rate that missed them; null if the generator reached its limit first. */
            readonly brokenAt: number | null;
            /** @description How certain that is, in words. */
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
        /** @description A percentile at the end of a run compared with the beginning. */
        readonly drift: {
            /** @enum {unknown} */
            readonly percentile: "p50" | "p99";
            /** @description The last third of the run divided by the first third. */
            readonly ratio: components["schemas"]["estimate"];
            /** @enum {unknown} */
            readonly verdict: "steady" | "drifts" | "undecided";
        };
        /** @description One objective: its text, whether it was met, and the measured value. */
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

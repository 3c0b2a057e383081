// Generated from the JSON Schema beside it by openapi-typescript. Do not edit: change that, then run `npm run generate`.


export interface components {
    schemas: {
        /**
         * bindgate compare.json
         * @description Times are in milliseconds.
         */
        readonly CompareResults: {
            /** @constant */
            readonly schema: "bindgate.compare/1";
            readonly verdict: components["schemas"]["verdict"];
            readonly metrics: readonly components["schemas"]["comparedMetric"][];
            /** @description Why it is no PASS, and what would settle it. */
            readonly reasons: readonly string[];
            /**
             * @description Two servers in one session, or two files of other days: a trend alone.
             * @enum {unknown}
             */
            readonly kind: "live" | "stored";
            /** @description Whether the numbers mean anything; where they do not, the verdict is INCONCLUSIVE. */
            readonly valid: boolean;
            readonly interrupted: boolean;
            readonly a: components["schemas"]["comparedSide"];
            readonly b: components["schemas"]["comparedSide"];
            /** @description Everything a verdict depends on beside what was measured. Live comparisons alone. */
            readonly settings?: components["schemas"]["settings"];
            /** @description Latency of the generator itself, against a null server in the same session. */
            readonly noiseFloor?: {
                readonly p50: number;
                readonly p95: number;
                readonly p99: number;
            } | null;
            readonly generatorCpu?: number | null;
            readonly dropped?: number;
            readonly windows?: readonly {
                /** @enum {unknown} */
                readonly side: "A" | "B";
                readonly answers: number;
                readonly p50: number;
                readonly p95: number;
                readonly p99: number;
                readonly rate: number;
            }[];
            readonly k6?: {
                readonly version: string;
                readonly from: string;
                readonly exitCode: number | null;
            };
        };
        /**
         * @description PASS: surely not worse by more than the tolerance. FAIL: surely worse, and by more than the minimum effect.
         * @enum {unknown}
         */
        readonly verdict: "PASS" | "FAIL" | "INCONCLUSIVE";
        readonly share: number;
        /** @description One metric of a comparison. */
        readonly comparedMetric: {
            readonly name: components["schemas"]["metricName"];
            /** @description B divided by A; null where neither can be read. */
            readonly ratio: number | null;
            /** @description Where the ratio lies, at the confidence of the settings. */
            readonly low: number | null;
            readonly high: number | null;
            readonly verdict: components["schemas"]["verdict"];
            /** @description What A measured: ms, or answers per second. */
            readonly a: number;
            /** @description The same of B. */
            readonly b: number;
            /** @description The wider interval that a FAIL is decided by: its confidence makes up for asking of several metrics. Live comparisons alone. */
            readonly corrected?: {
                readonly confidence: components["schemas"]["share"];
                readonly low: number;
                readonly high: number;
            };
        };
        /** @description One of the two that were compared: a base URL or a file, and what came back. */
        readonly comparedSide: {
            readonly name: string;
            /** @description How often each outcome came: a business code, other, none (no code), unanswered, or stale: no answer either, at the beginning of a window, where a connection that was kept may be closed already. */
            readonly outcomes: {
                readonly [key: string]: number;
            };
        };
        readonly settings: {
            /** @description Requests started per second. */
            readonly rate: number;
            /** @description Windows of A and B together. */
            readonly windows: number;
            readonly windowSeconds: number;
            /** @description Of the whole comparison: 0.95 leaves one false FAIL in twenty where nothing differs, over all metrics together. */
            readonly confidence: components["schemas"]["share"];
            readonly resamples: number;
            /** @description Of the resampling: the same numbers give the same verdict. */
            readonly seed: number;
            /** @description Answers that a window must hold, so that two of them lie beyond its p99. */
            readonly leastAnswers?: number;
            /** @description A percentile is not judged unless it is this many times the generator's own. */
            readonly aboveFloor?: number;
            /** @description A generator busier than this share of the cores measures itself. */
            readonly busiestShare?: number;
            readonly limits: {
                readonly p50: components["schemas"]["limit"];
                readonly p95: components["schemas"]["limit"];
                readonly p99: components["schemas"]["limit"];
                readonly rate: components["schemas"]["limit"];
            };
        };
        /** @description What counts as a change of one metric, as a share: 0.03 is 3 %. */
        readonly limit: {
            /** @description A change for the worse below this is no failure, however sure it is. */
            readonly minimumEffect: number;
            /** @description A metric passes where it is surely not worse by more than this. */
            readonly tolerance: number;
        };
        /**
         * @description What is compared. Of a rate, less is worse; of a latency, more.
         * @enum {unknown}
         */
        readonly metricName: "p50" | "p95" | "p99" | "rate";
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type CompareResults = components['schemas']['CompareResults'];
export type Verdict = components['schemas']['verdict'];
export type Share = components['schemas']['share'];
export type ComparedMetric = components['schemas']['comparedMetric'];
export type ComparedSide = components['schemas']['comparedSide'];
export type Settings = components['schemas']['settings'];
export type Limit = components['schemas']['limit'];
export type MetricName = components['schemas']['metricName'];

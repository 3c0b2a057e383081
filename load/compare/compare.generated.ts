// Generated from the JSON Schema next to it by openapi-typescript. Do not edit: change that, then run `npm run generate`.


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
            /** @description Why the verdict is not PASS, and what would decide it. */
            readonly reasons: readonly string[];
            /**
             * @description live: two servers in one session. stored: two files of different runs, which show only a trend.
             * @enum {unknown}
             */
            readonly kind: "live" | "stored";
            /** @description Whether the numbers can be trusted. If not, the verdict is INCONCLUSIVE. */
            readonly valid: boolean;
            readonly interrupted: boolean;
            readonly a: components["schemas"]["comparedSide"];
            readonly b: components["schemas"]["comparedSide"];
            /** @description Everything the verdict depends on in addition to the measurements. Only in live comparisons. */
            readonly settings?: components["schemas"]["settings"];
            /** @description Noise floor: the latency that the load generator itself adds, measured against a null server in the same session. */
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
         * @description PASS: with the stated confidence, not worse by more than the tolerance. FAIL: with the stated confidence worse, and by more than the minimum effect.
         * @enum {unknown}
         */
        readonly verdict: "PASS" | "FAIL" | "INCONCLUSIVE";
        readonly share: number;
        /** @description One metric of a comparison. */
        readonly comparedMetric: {
            readonly name: components["schemas"]["metricName"];
            /** @description B divided by A; null if one of them has no value. */
            readonly ratio: number | null;
            /** @description Lower end of the confidence interval of the ratio, at the confidence of the settings. */
            readonly low: number | null;
            readonly high: number | null;
            readonly verdict: components["schemas"]["verdict"];
            /** @description Value of A: ms, or answers per second. */
            readonly a: number;
            /** @description Value of B. */
            readonly b: number;
            /** @description The wider interval that decides a FAIL. Its confidence is corrected for testing several metrics. Only in live comparisons. */
            readonly corrected?: {
                readonly confidence: components["schemas"]["share"];
                readonly low: number;
                readonly high: number;
            };
        };
        /** @description One side of the comparison: a base URL or a file, and its answers. */
        readonly comparedSide: {
            readonly name: string;
            /** @description How often each outcome was received: a business code, other, none (no code), unanswered, or stale. Stale is a missing answer at the beginning of a window, when the server may have closed an idle connection. */
            readonly outcomes: {
                readonly [key: string]: number;
            };
        };
        readonly settings: {
            /** @description Requests started per second. */
            readonly rate: number;
            /** @description Number of windows, A and B together. */
            readonly windows: number;
            readonly windowSeconds: number;
            /** @description Confidence of the whole comparison. With 0.95, equal servers fail in at most one comparison of twenty, over all metrics together. */
            readonly confidence: components["schemas"]["share"];
            readonly resamples: number;
            /** @description Seed of the resampling: the same numbers give the same verdict. */
            readonly seed: number;
            /** @description Answers that a window needs, so that at least two of them are above its p99. */
            readonly leastAnswers?: number;
            /** @description A percentile is judged only if it is at least this many times the noise floor. */
            readonly aboveFloor?: number;
            /** @description A generator that uses more than this share of the cores measures itself, not the server. */
            readonly busiestShare?: number;
            readonly limits: {
                readonly p50: components["schemas"]["limit"];
                readonly p95: components["schemas"]["limit"];
                readonly p99: components["schemas"]["limit"];
                readonly rate: components["schemas"]["limit"];
            };
        };
        /** @description The limits of one metric, as shares: 0.03 is 3 %. */
        readonly limit: {
            /** @description A smaller change for the worse never fails, however certain it is. */
            readonly minimumEffect: number;
            /** @description A metric passes if it is, with the stated confidence, not worse by more than this. */
            readonly tolerance: number;
        };
        /**
         * @description What is compared. A lower rate is worse; a higher latency is worse.
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

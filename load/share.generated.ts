// Generated from the JSON Schema next to it by openapi-typescript. Do not edit: change that, then run `npm run generate`.


export interface components {
    schemas: {
        /**
         * bindgate load-share-N.json: what one process of a load run measured
         * @description Numbers of one process; those of all processes add up to the whole run.
         */
        readonly Share: {
            /** @constant */
            readonly schema: "bindgate.load-share/1";
            readonly run: components["schemas"]["loadRun"];
            /** @description Counts by metric: usual_0, code_5000, bucket_117, wrong_0, iterations, …. */
            readonly counters: {
                readonly [key: string]: components["schemas"]["count"];
            };
            /** @description Latencies in milliseconds by metric: latency_0, window_3, …. */
            readonly distributions: {
                readonly [key: string]: {
                    readonly count: components["schemas"]["count"];
                    /** @description Milliseconds at the ranks 0 to 98 by 1, 99 to 99.95 by 0.05, 99.99 and 100. */
                    readonly values: readonly number[];
                };
            };
            /** @description null or absent if the process was not observed, as in a pod. */
            readonly generator?: components["schemas"]["generatorEnd"] | null;
        };
        /** @description Text without control characters. */
        readonly line: string;
        readonly metric: string;
        readonly count: number;
        readonly code: number | ("other" | "none");
        readonly latency: {
            readonly p50: number;
            readonly p90: number;
            readonly p95: number;
            readonly p99: number;
            readonly p999: number;
            readonly max: number;
        };
        /** @description How a k6 process ended. */
        readonly generatorEnd: {
            readonly exitCode: number | null;
            /** @description From its start to its end. */
            readonly seconds: number;
            /** @description CPU cores that it used on average; null if the system does not say. */
            readonly cpu: number | null;
            /** @description The last line that it wrote to standard error. */
            readonly said: components["schemas"]["line"];
        };
        /** @description The description of a run: equal in all its shares, and without secrets. */
        readonly loadRun: {
            /** @description Unique id of the run. */
            readonly id: string;
            readonly profile: string;
            readonly target: {
                readonly kind: string;
                readonly url: components["schemas"]["line"];
            };
            /** @enum {unknown} */
            readonly lane: "rows" | "vu";
            /** @description How many processes share the run. */
            readonly parts: number;
            /** @description Total number of requests to start. */
            readonly planned: components["schemas"]["count"];
            readonly seconds: number;
            /** @description Requests started per second: straight lines between these points. */
            readonly curve: readonly {
                readonly at: number;
                readonly rate: number;
            }[];
            readonly windowSeconds: number;
            /** @description Whether windows are recorded for each workload separately. */
            readonly windowsByWorkload: boolean;
            readonly workloads: readonly components["schemas"]["runWorkload"][];
            readonly objectives: readonly components["schemas"]["line"][];
            readonly noiseFloor: null | components["schemas"]["latency"];
            /** @description CPU cores of the generator's machine; null if not known. */
            readonly cores: number | null;
            readonly k6: {
                readonly version: components["schemas"]["line"];
                readonly from: components["schemas"]["line"];
            };
            /** @description Notes on how the run was set up, for the reader. */
            readonly notes: readonly components["schemas"]["line"][];
        };
        /** @description One kind of request in a run. */
        readonly runWorkload: {
            readonly name: string;
            readonly title: components["schemas"]["line"];
            readonly weight: number;
            /** @description Whether it should bind a device. */
            readonly binds: boolean;
            /** @description The code in the answer to a request before the run. */
            readonly usual: components["schemas"]["code"];
            /**
             * @description How that code is judged.
             * @enum {unknown}
             */
            readonly usualStands: "right" | "open" | "wrong";
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type Share = components['schemas']['Share'];
export type Line = components['schemas']['line'];
export type Metric = components['schemas']['metric'];
export type Count = components['schemas']['count'];
export type Code = components['schemas']['code'];
export type Latency = components['schemas']['latency'];
export type GeneratorEnd = components['schemas']['generatorEnd'];
export type LoadRun = components['schemas']['loadRun'];
export type RunWorkload = components['schemas']['runWorkload'];

// Generated from the JSON Schema next to it by openapi-typescript. Do not edit: change that, then run `npm run generate`.


export interface components {
    schemas: {
        /**
         * bindgate bench.json
         * @description What bindgate costs and finds, next to its peers and limits: `npm run bench`.
         */
        readonly BenchFile: {
            /** @constant */
            readonly schema: "bindgate.bench/1";
            /** @description In ISO 8601. */
            readonly startedAt: string;
            /** @description Whether small samples were measured (`--quick`). */
            readonly quick: boolean;
            readonly machine: components["schemas"]["benchMachine"];
            readonly rows: readonly components["schemas"]["benchResult"][];
        };
        /** @description Where it was measured, with the versions of the programs that were compared. */
        readonly benchMachine: {
            readonly cpu: string;
            readonly cores: number;
            readonly memoryGb: number;
            readonly system: string;
            readonly versions: {
                readonly [key: string]: string;
            };
        };
        /** @description One measured line. A row with several parts has several lines with the same id. */
        readonly benchResult: {
            readonly id: string;
            readonly part: string | null;
            readonly what: string;
            /** @description The peer or the limit; null if the goal is a number. */
            readonly nextTo: string | null;
            /** @description The unit of `ours` and `peer`. */
            readonly unit: string;
            /** @description The median; null if it was not measured. */
            readonly ours: number | null;
            /** @description The median of the peer or the limit. */
            readonly peer: number | null;
            /** @description The median of the ratios ours / peer, one for each pair of runs. */
            readonly ratio: number | null;
            /** @description For the ratio, or for `ours` if there is no peer: `>= 0.6`. */
            readonly goal: string;
            /** @description Null if it was not measured. */
            readonly met: boolean | null;
            /** @description The lowest and the highest value of what the goal is for. */
            readonly spread: null | readonly number[];
            /** @description How many pairs of runs there were. */
            readonly samples: number;
            /** @description What is missing and why, or what else was seen. */
            readonly note?: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type BenchFile = components['schemas']['BenchFile'];
export type BenchMachine = components['schemas']['benchMachine'];
export type BenchResult = components['schemas']['benchResult'];

// Generated from the JSON Schema next to it by openapi-typescript. Do not edit: change that, then run `npm run generate`.


export interface components {
    schemas: {
        /** bindgate mutants.json */
        readonly MutantsFile: {
            /** @constant */
            readonly schema: "bindgate.mutants/1";
            /** @description Mutants that were measured. */
            readonly total: number;
            readonly killed: number;
            /** @description Mutants that none of their named cases detected, including crashed mutants. */
            readonly survived: readonly string[];
            /** @description Variants and random servers on which a case failed. */
            readonly falseAlarms: number;
            readonly interrupted: boolean;
            readonly mutants: readonly {
                readonly id: string;
                readonly breaks: string;
                /** @enum {unknown} */
                readonly outcome: "killed" | "survived" | "crashed";
                readonly killedBy: readonly string[];
            }[];
            readonly variants: readonly {
                readonly id: string;
                readonly alarms: readonly string[];
            }[];
            /** @description Random conforming servers (--readings): each has its own order of checks and its own readings. */
            readonly readings?: {
                readonly total: number;
                readonly seed: number;
                readonly alarms: readonly {
                    /** @description Its number among the servers of the seed. */
                    readonly server: number;
                    readonly alarms: readonly components["schemas"]["alarm"][];
                }[];
            };
        };
        /** @description A false alarm: a case that fails on a conforming server. */
        readonly alarm: {
            readonly id: string;
            readonly reason: string;
            /** @description The smallest part of the server that makes the case fail. */
            readonly because: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type MutantsFile = components['schemas']['MutantsFile'];
export type Alarm = components['schemas']['alarm'];

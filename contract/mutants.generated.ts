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
            /** @description Mutants that no case they name has seen, crashed ones included. */
            readonly survived: readonly string[];
            /** @description Variants and random servers that some case called wrong. */
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
            /** @description Random conforming servers (--readings): each has an order of checks and readings of its own. */
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
        /** @description A case that fails on a server that is right. */
        readonly alarm: {
            readonly id: string;
            readonly reason: string;
            /** @description The least of the server that makes the case fail. */
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

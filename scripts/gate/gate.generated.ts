// Generated from the JSON Schema next to it by openapi-typescript. Do not edit: change that, then run `npm run generate`.


export interface components {
    schemas: {
        /**
         * bindgate gate.json
         * @description Times are in milliseconds.
         */
        readonly GateResults: {
            /** @constant */
            readonly schema: "bindgate.gate/1";
            /** @description When the gate started, in ISO 8601. */
            readonly startedAt: string;
            readonly exitCode: number;
            readonly stations: readonly components["schemas"]["endedStation"][];
        };
        /** @description How one step ("station") ended: its exit code, and one line for people. */
        readonly endedStation: {
            readonly name: string;
            readonly exitCode: number;
            readonly summary: string;
            readonly durationMs: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type GateResults = components['schemas']['GateResults'];
export type EndedStation = components['schemas']['endedStation'];

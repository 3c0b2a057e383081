// Generated from the JSON Schema next to it by openapi-typescript. Do not edit: change that, then run `npm run generate`.


export interface components {
    schemas: {
        /** bindgate spec diff --accept FILE */
        readonly AcceptedChanges: {
            /** @constant */
            readonly schema: "bindgate.accepted-changes/1";
            /** @description Changes that do not fail until a date. */
            readonly accept?: readonly components["schemas"]["acceptance"][];
            /** @description For each kind of change, such as code-added: the severity of a team's own; off hides it. */
            readonly severities?: {
                readonly [key: string]: "breaking" | "risky" | "harmless" | "off";
            };
        };
        readonly acceptance: {
            /** @description The kind of change, such as code-added. */
            readonly rule: string;
            /** @description The changed thing, such as: code 5071. * is any text. Without it: every change of this kind. */
            readonly subject?: string;
            /**
             * Format: date
             * @description The last day on which it is accepted.
             */
            readonly until: string;
            readonly owner: string;
            readonly reason: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type AcceptedChanges = components['schemas']['AcceptedChanges'];
export type Acceptance = components['schemas']['acceptance'];

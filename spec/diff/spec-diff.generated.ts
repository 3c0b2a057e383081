// Generated from the JSON Schema next to it by openapi-typescript. Do not edit: change that, then run `npm run generate`.

import type { Change } from './change.ts';

export interface components {
    schemas: {
        /** bindgate spec diff --json */
        readonly SpecDiffFile: {
            /** @constant */
            readonly schema: "bindgate.spec-diff/1";
            readonly before: components["schemas"]["document"];
            readonly after: components["schemas"]["document"];
            readonly counts: {
                readonly breaking: number;
                readonly risky: number;
                readonly harmless: number;
            };
            /** @description With --accept: the number of accepted changes, which are not in counts. */
            readonly accepted?: number;
            /** @description With --accept: the number of changes that are left out, because their severity is off. */
            readonly off?: number;
            /** @description With --accept: acceptances that have expired, end soon or have no change. */
            readonly notes?: readonly string[];
            /** @description What was not compared; absent if everything was. */
            readonly leftOut?: string;
            /** @description The most severe first, then by the line of the old document. */
            readonly changes: readonly Change[];
            /** @description With --cases: what each change requires in the suite. */
            readonly cases?: readonly components["schemas"]["affected"][];
        };
        readonly document: {
            readonly file: string;
            /** @enum {unknown} */
            readonly kind: "openapi" | "page";
        };
        /** @description For a removed or added thing: on the side without it, the place of its nearest parent; for a code, of the nearest code above it. */
        readonly place: {
            readonly line: number;
            /** @description A JSON pointer as a URI fragment; absent for a page. */
            readonly pointer?: string;
        };
        /** @description What a change of the document requires in the suite. */
        readonly affected: {
            /** @description The change, in one line. */
            readonly change: string;
            /** @description Ids of the affected cases, in the order of the catalogue. */
            readonly cases: readonly string[];
            /** @description Why these cases are affected; absent if there are no cases. */
            readonly because?: string;
            /** @description What else to do; empty if changing the cases is enough. */
            readonly todo: readonly string[];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type SpecDiffFile = components['schemas']['SpecDiffFile'];
export type Document = components['schemas']['document'];
export type Place = components['schemas']['place'];
export type Affected = components['schemas']['affected'];

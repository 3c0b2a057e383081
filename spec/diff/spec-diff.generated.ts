// Generated from the JSON Schema beside it by openapi-typescript. Do not edit: change that, then run `npm run generate`.

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
            /** @description What was not compared; absent where everything was. */
            readonly leftOut?: string;
            /** @description The gravest first, then by the line of the old document. */
            readonly changes: readonly Change[];
            /** @description With --cases: what each change asks of the suite. */
            readonly cases?: readonly components["schemas"]["affected"][];
        };
        readonly document: {
            readonly file: string;
            /** @enum {unknown} */
            readonly kind: "openapi" | "page";
        };
        /** @description For what is gone or new: on the side where it is not, the place of what would hold it. */
        readonly place: {
            readonly line: number;
            /** @description A JSON pointer as a URI fragment; absent for a page. */
            readonly pointer?: string;
        };
        /** @description What a change of the document asks of the suite. */
        readonly affected: {
            /** @description The change, in a line. */
            readonly change: string;
            /** @description Ids of the cases that speak of what has changed, in the order of the catalogue. */
            readonly cases: readonly string[];
            /** @description Why those cases; absent where there are none. */
            readonly because?: string;
            /** @description What to do where cases alone are not enough; empty where they are. */
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

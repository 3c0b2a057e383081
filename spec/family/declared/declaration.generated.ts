// Generated from the JSON Schema next to it by openapi-typescript. Do not edit: change that, then run `npm run generate`.


export interface components {
    schemas: {
        /** What bindgate knows of an operation, in addition to its OpenAPI document */
        readonly Declaration: {
            readonly $schema?: string;
            /** @description The provider state in which a correct request succeeds. */
            readonly ready: string;
            /**
             * @description What a success does: bind binds the device to the user, once cannot be repeated. Without it, a request may be repeated.
             * @enum {unknown}
             */
            readonly effect?: "bind" | "once";
            /** @description What is known of request fields, by name; a field in an object is object.field, in a list list[].field. */
            readonly fields?: {
                readonly [key: string]: components["schemas"]["FieldFacts"];
            };
            /** @description What brings each code, in the order in which the embedded server checks it. */
            readonly checks: readonly components["schemas"]["DeclaredCheck"][];
            /** @description More states in which a correct request succeeds. */
            readonly accepts?: readonly components["schemas"]["AcceptingState"][];
            /** @description Fixture members that no other operation has, by name. */
            readonly fixture?: {
                readonly [key: string]: components["schemas"]["DeclaredMember"];
            };
            readonly answer?: components["schemas"]["AnswerFacts"];
            /** @description What the owner must find out, if it is about no single entry. */
            readonly tasks?: readonly string[];
        };
        readonly FieldFacts: {
            /**
             * @description The value that every operation of the family knows.
             * @enum {unknown}
             */
            readonly is?: "pk" | "dk" | "bindingCode" | "fid" | "frid" | "deviceName" | "isCommonDevice" | "capabilitiesBitmask";
            /** @description The fixture member with its value. */
            readonly from?: string;
            /** @description A value that a correct request can have. */
            readonly value?: unknown;
            /** @description Every value that a correct request can have. */
            readonly values?: readonly unknown[];
            /** @description The page's words for how the value is computed. The field is not sent. */
            readonly formula?: string;
            readonly guess?: components["schemas"]["Guess"];
            readonly task?: components["schemas"]["Task"];
        };
        readonly DeclaredCheck: {
            readonly code: number;
            /**
             * @description The Authorization header.
             * @enum {unknown}
             */
            readonly token?: "missing" | "bad";
            /** @description The field is absent or empty. */
            readonly absent?: string;
            /** @description The field has a wrong format. */
            readonly malformed?: string;
            /** @description The field is longer than limit characters. */
            readonly longer?: string;
            readonly limit?: number;
            /** @description The provider state in which a correct request gets this code. */
            readonly state?: string;
            /** @description Optional fields that the request has in this state. */
            readonly with?: readonly string[];
            /**
             * @description The same request after a success gets this code too.
             * @constant
             */
            readonly repeat?: true;
            readonly guess?: components["schemas"]["Guess"];
            readonly task?: components["schemas"]["Task"];
        } & (unknown | unknown | unknown | unknown | unknown);
        readonly AcceptingState: {
            readonly state: string;
            readonly with?: readonly string[];
            readonly guess?: components["schemas"]["Guess"];
            readonly task?: components["schemas"]["Task"];
        };
        readonly DeclaredMember: {
            readonly about: string;
            /** @constant */
            readonly secret?: true;
            readonly guess?: components["schemas"]["Guess"];
            readonly task?: components["schemas"]["Task"];
        };
        readonly AnswerFacts: {
            /** @description Members of data that only a success has. */
            readonly success?: readonly string[];
            readonly guess?: components["schemas"]["Guess"];
            readonly task?: components["schemas"]["Task"];
        };
        /**
         * @description The page does not say it: a difference only warns. Remove the mark when you know that it is right.
         * @constant
         */
        readonly Guess: true;
        /** @description What the owner must find out. */
        readonly Task: string;
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type Declaration = components['schemas']['Declaration'];
export type FieldFacts = components['schemas']['FieldFacts'];
export type DeclaredCheck = components['schemas']['DeclaredCheck'];
export type AcceptingState = components['schemas']['AcceptingState'];
export type DeclaredMember = components['schemas']['DeclaredMember'];
export type AnswerFacts = components['schemas']['AnswerFacts'];
export type Guess = components['schemas']['Guess'];
export type Task = components['schemas']['Task'];

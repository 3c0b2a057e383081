// Generated from the JSON Schema next to it by openapi-typescript. Do not edit: change that, then run `npm run generate`.

import type { Expectation } from '../spec/expectation.ts';

export interface components {
    schemas: {
        /**
         * bindgate results.json
         * @description Times are in milliseconds.
         */
        readonly Results: {
            /** @constant */
            readonly schema: "bindgate.results/1";
            readonly tool: {
                /** @constant */
                readonly name: "bindgate";
                readonly version: string;
                /** @description Version of the catalogue of cases. */
                readonly catalogue: number;
            };
            readonly target: {
                readonly kind: string;
                readonly url: string;
            };
            /** @description Every setting and its value. */
            readonly dialect: {
                /** @enum {unknown} */
                readonly successCode: 200 | 0 | "any";
            } & {
                readonly [key: string]: string | number;
            };
            /** @description Settings of the dialect that were given: what differs from them fails. */
            readonly declared?: readonly string[];
            readonly seed: number;
            /** @description When the run started, in ISO 8601. */
            readonly startedAt?: string;
            /** @description The command that repeats the run, without --only and --seed. */
            readonly replay?: string;
            /**
             * @description Secrets stand as they are (--show-secrets).
             * @constant
             */
            readonly secretsShown?: true;
            readonly interrupted: boolean;
            readonly verdict: components["schemas"]["verdict"];
            /** @description What the configuration's policy asks for and is missing, and what its owners should know. */
            readonly policy?: {
                readonly violations: readonly string[];
                readonly notes: readonly string[];
            };
            /** @description Dialect settings under which valid requests bind that did not bind in this run. */
            readonly seemsToFollow?: {
                readonly [key: string]: string | number;
            };
            readonly summary: {
                readonly passed: number;
                readonly failed: number;
                readonly warned: number;
                readonly skipped: number;
                readonly errors: number;
                readonly requests: number;
                /** @description Answers 429 that were waited out. */
                readonly backedOff?: number;
                readonly durationMs: number;
                /** @description Time spent waiting for the states endpoint, as a sum over what was under way at once. */
                readonly statesMs?: number;
                /** @description Time spent waiting for the target, as a sum over what was under way at once. */
                readonly targetMs?: number;
            } & {
                readonly [key: string]: number;
            };
            readonly codes: readonly components["schemas"]["codeCoverage"][];
            /** @description Codes of answers that the document does not have; sibling tells whether a page of its family does. */
            readonly undocumented: readonly {
                readonly code: number;
                readonly count: number;
                readonly sibling?: boolean;
            }[];
            readonly cases: readonly components["schemas"]["caseRow"][];
            /** @description Which code came when a request had two faults, where it was recorded (--record). */
            readonly precedence?: readonly components["schemas"]["precedenceFact"][];
            readonly baseline?: components["schemas"]["baselineResult"];
        };
        readonly side: {
            readonly name: string;
            readonly catalogue: number;
            /** @enum {unknown} */
            readonly detail: "answers" | "codes";
        };
        /** @description What a run says of the target: an exit code and why. */
        readonly verdict: {
            /**
             * @description 0 kept, 1 broken, 3 not decided because target, state or tool broke, 130 interrupted.
             * @enum {unknown}
             */
            readonly exitCode: 0 | 1 | 3 | 130;
            readonly reasons: readonly string[];
        };
        /** @description How one documented code fared. */
        readonly codeCoverage: {
            readonly code: number;
            readonly meaning: string;
            /**
             * @description covered: a passed case saw it; not-implemented: its cases ran, none passed with it; not-tested: none of its cases ran.
             * @enum {unknown}
             */
            readonly status: "covered" | "not-implemented" | "not-tested";
            readonly reason?: string;
            /** @description The cases that are about it. */
            readonly cases: readonly string[];
        };
        /** @description One case of a run. */
        readonly caseRow: {
            readonly id: string;
            readonly code: number;
            /**
             * @description The case is about a fault for which the document has no code; it is filed under 200.
             * @constant
             */
            readonly noDocumentedCode?: true;
            readonly title: string;
            /**
             * @description What the rule rests on; an inferred one only warns until its dialect setting is declared.
             * @enum {unknown}
             */
            readonly basis: "document" | "family" | "security" | "inferred";
            /** @description The rule of docs/operation.md that the case rests on, or that was broken. */
            readonly rule?: string;
            /** @description What to write after --dialect where a setting decides whether the case is right. */
            readonly dialect?: {
                readonly accept: string;
                readonly require?: string;
            };
            readonly given: string;
            readonly outcome: components["schemas"]["outcome"];
            readonly expected: {
                readonly codes: readonly number[];
                /** @description The same for people, where codes alone do not say it: a refusal, or exactly one success of several answers. */
                readonly text?: string;
            };
            readonly received: components["schemas"]["answers"];
            /** @description Where the contract says so. */
            readonly clause?: string;
            /** @description What came back, as a baseline keeps it: status, code, media type, shape and headers. */
            readonly fact?: string;
            readonly reason?: string;
            /** @description The same for cases that ended in the same way. */
            readonly cause?: string;
            /** @description The state that the states endpoint does not know, where that is why it was skipped. */
            readonly unsupported?: string;
            /** @description The state with no device left, where that is why it was skipped. */
            readonly usedUp?: string;
            /** @description Flags beside --only and --seed that lead to this very failure. */
            readonly replay?: string;
            readonly decisive?: components["schemas"]["decisiveRequest"];
            /** @description The deciding request as a command; empty where there is none to show. */
            readonly curl: string;
            /** @description A command that sets the case's state up again; it fills the variables DEVICE and TOKEN. */
            readonly setUp?: string;
            /** @description What curl cannot do here, and what to fill in. */
            readonly curlNote?: string;
            readonly durationMs: number;
        };
        /**
         * @description How a case ended. error is never a pass and never a finding: the target or the state broke.
         * @enum {unknown}
         */
        readonly outcome: "passed" | "failed" | "warned" | "skipped" | "error";
        readonly answers: readonly {
            readonly httpStatus: number | null;
            readonly code: number | null;
        }[];
        /** @description Which code came when a request had two faults. */
        readonly precedenceFact: {
            readonly pair: readonly [
                string,
                string
            ];
            /** @description The codes that each fault alone would earn; 0 where the document has none. */
            readonly due: readonly [
                number,
                number
            ];
            readonly httpStatus: number | null;
            readonly code: number | null;
        };
        /** @description What the server does otherwise than in a baseline (--baseline), and which of it a policy tolerates for a while. */
        readonly baselineResult: {
            /** @description Changes that the policy tolerates for a while. */
            readonly tolerated: readonly {
                readonly id: string;
                readonly until: string;
                readonly owner: string;
            }[];
        } & components["schemas"]["changes"];
        /** @description What changed between two behaviours, clustered by cause. */
        readonly changes: {
            readonly before: components["schemas"]["side"];
            readonly after: components["schemas"]["side"];
            /** @description Cases and pairs of faults seen on either side. */
            readonly compared: number;
            /** @description The largest first. */
            readonly clusters: readonly components["schemas"]["changeCluster"][];
            /** @description Cases that are not in the earlier behaviour, or did not run in it: nothing to compare them with. */
            readonly added: readonly string[];
            /** @description Cases of the earlier behaviour that the later one's catalogue does not have. */
            readonly gone: readonly string[];
            /** @description Cases of the earlier behaviour that did not run in the later one. */
            readonly notRun: readonly {
                readonly id: string;
                readonly reason: string;
            }[];
            /** @description Cases that answered as before in one run and otherwise in another: no change, and worth a look. */
            readonly unsteady: readonly {
                readonly id: string;
                readonly seen: readonly string[];
            }[];
        };
        /** @description Changes of one cause. */
        readonly changeCluster: {
            readonly cause: string;
            readonly changes: readonly components["schemas"]["change"][];
        };
        /** @description One case, or one pair of faults, that a server answers otherwise. */
        readonly change: {
            /** @enum {unknown} */
            readonly kind: "case" | "precedence";
            /** @description A case's id, or a pair: name/too-long + token/missing. */
            readonly id: string;
            /** @description A fact as a baseline has it. */
            readonly before: string;
            readonly after: string;
        };
        /** @description The request that decided a case which did not pass, secrets masked. */
        readonly decisiveRequest: {
            readonly what: string;
            /** @description Which of the case's requests it was, from 1. */
            readonly at: number;
            readonly request: components["schemas"]["shownRequest"];
            readonly expected: Expectation;
            readonly received: components["schemas"]["received"];
            /** @description What came back for all requests of its step, where they were judged together. */
            readonly together?: components["schemas"]["answers"];
        };
        /** @description A request for people and for curl: masked. */
        readonly shownRequest: {
            readonly method: string;
            readonly path: string;
            readonly headers: readonly (readonly [
                string,
                string
            ])[];
            readonly body: string;
        };
        /** @description What came back for one request. */
        readonly received: {
            readonly httpStatus: number | null;
            readonly code: number | null;
            /** @description Why there was no whole answer. */
            readonly noAnswer?: string;
            /** @description The body as inert, masked text, cut to a readable length. */
            readonly preview: string;
            /** @description The answer's media type without parameters; absent where it has none. */
            readonly mediaType?: string;
            /** @description Names and types of the body's values; empty where it is no JSON. */
            readonly shape: string;
            /** @description Names of the headers that a client acts upon, sorted; absent where there is none. */
            readonly headers?: readonly string[];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type Results = components['schemas']['Results'];
export type Side = components['schemas']['side'];
export type Verdict = components['schemas']['verdict'];
export type CodeCoverage = components['schemas']['codeCoverage'];
export type CaseRow = components['schemas']['caseRow'];
export type Outcome = components['schemas']['outcome'];
export type Answers = components['schemas']['answers'];
export type PrecedenceFact = components['schemas']['precedenceFact'];
export type BaselineResult = components['schemas']['baselineResult'];
export type Changes = components['schemas']['changes'];
export type ChangeCluster = components['schemas']['changeCluster'];
export type Change = components['schemas']['change'];
export type DecisiveRequest = components['schemas']['decisiveRequest'];
export type ShownRequest = components['schemas']['shownRequest'];
export type Received = components['schemas']['received'];

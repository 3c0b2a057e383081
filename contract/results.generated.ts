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
            /** @description Settings of the dialect that the user has declared. A difference from them fails. */
            readonly declared?: readonly string[];
            readonly seed: number;
            /** @description When the run started, in ISO 8601. */
            readonly startedAt?: string;
            /** @description The command that repeats the run, without --only and --seed. */
            readonly replay?: string;
            /**
             * @description Secrets are not masked (--show-secrets).
             * @constant
             */
            readonly secretsShown?: true;
            readonly interrupted: boolean;
            readonly verdict: components["schemas"]["verdict"];
            /** @description Violations of the configuration's policy, and notes for its owners. */
            readonly policy?: {
                readonly violations: readonly string[];
                readonly notes: readonly string[];
            };
            /** @description Dialect settings under which valid requests bind that do not bind in this run. */
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
                /** @description HTTP 429 answers after which the request was sent again. */
                readonly backedOff?: number;
                readonly durationMs: number;
                /** @description Time spent waiting for the states endpoint; concurrent requests are added up. */
                readonly statesMs?: number;
                /** @description Time spent waiting for the target; concurrent requests are added up. */
                readonly targetMs?: number;
            } & {
                readonly [key: string]: number;
            };
            readonly codes: readonly components["schemas"]["codeCoverage"][];
            /** @description Codes of answers that are not in the document; sibling says whether a page of its family has them. */
            readonly undocumented: readonly {
                readonly code: number;
                readonly count: number;
                readonly sibling?: boolean;
            }[];
            readonly cases: readonly components["schemas"]["caseRow"][];
            /** @description The code of each request with two faults, if recorded (--record). */
            readonly precedence?: readonly components["schemas"]["precedenceFact"][];
            readonly baseline?: components["schemas"]["baselineResult"];
        };
        readonly side: {
            readonly name: string;
            readonly catalogue: number;
            /** @enum {unknown} */
            readonly detail: "answers" | "codes";
        };
        /** @description The verdict on the target: an exit code and the reasons. */
        readonly verdict: {
            /**
             * @description 0 passed, 1 failed, 3 not decided because the target, a state or a tool failed, 130 interrupted.
             * @enum {unknown}
             */
            readonly exitCode: 0 | 1 | 3 | 130;
            readonly reasons: readonly string[];
        };
        /** @description The result of one documented code. */
        readonly codeCoverage: {
            /** @description Its operation, if the run has several and it is not the first. */
            readonly operation?: string;
            readonly code: number;
            readonly meaning: string;
            /**
             * @description covered: a passed case got it; not-implemented: its cases ran, but none passed with it; not-tested: none of its cases ran.
             * @enum {unknown}
             */
            readonly status: "covered" | "not-implemented" | "not-tested";
            readonly reason?: string;
            /** @description The cases that test it. */
            readonly cases: readonly string[];
        };
        /** @description One case of a run. */
        readonly caseRow: {
            readonly id: string;
            readonly code: number;
            /**
             * @description The case tests a fault for which the document has no code; it is listed under 200.
             * @constant
             */
            readonly noDocumentedCode?: true;
            readonly title: string;
            /**
             * @description The basis of the rule. An inferred rule only warns until its dialect setting is declared.
             * @enum {unknown}
             */
            readonly basis: "document" | "family" | "security" | "inferred";
            /** @description The rule of docs/operation.md that the case tests, or that was broken. */
            readonly rule?: string;
            /** @description What to write after --dialect if a setting decides whether the answer is right. */
            readonly dialect?: {
                readonly accept?: string;
                readonly require?: string;
            };
            readonly given: string;
            readonly outcome: components["schemas"]["outcome"];
            readonly expected: {
                readonly codes: readonly number[];
                /** @description The expectation as text, for example a refusal, or exactly one success of several answers. */
                readonly text?: string;
            };
            readonly received: components["schemas"]["answers"];
            /** @description Where the document says so. */
            readonly clause?: string;
            /** @description The answers as in a baseline file: status, code, media type, shape and headers. */
            readonly fact?: string;
            readonly reason?: string;
            /** @description Cases that ended in the same way have the same cause. */
            readonly cause?: string;
            /** @description The state that the states endpoint does not support, if the case was skipped for that. */
            readonly unsupported?: string;
            /** @description The state without a device left, if the case was skipped for that. */
            readonly usedUp?: string;
            /** @description Flags that repeat this failure, in addition to --only and --seed. */
            readonly replay?: string;
            readonly timing?: components["schemas"]["timing"];
            readonly decisive?: components["schemas"]["decisiveRequest"];
            /** @description The deciding request as a command; empty if it cannot be shown. */
            readonly curl: string;
            /** @description A command that sets up the state again and fills the variables DEVICE and TOKEN. */
            readonly setUp?: string;
            /** @description What curl cannot do here, and what the reader must fill in. */
            readonly curlNote?: string;
            readonly durationMs: number;
        };
        /** @description A comparison of the times of two kinds of request, the second minus the first, in milliseconds. */
        readonly timing: {
            /** @description Number of compared pairs of requests. */
            readonly pairs: number;
            /** @description The smallest difference that matters (--timing-effect). */
            readonly limitMs: number;
            /** @description The median of the differences. */
            readonly effectMs: number;
            /** @description The interval that contains the median starts here. */
            readonly fromMs: number;
            /** @description The interval ends here. */
            readonly toMs: number;
            /** @description The smallest difference that these pairs could have shown. */
            readonly visibleMs: number;
        };
        /**
         * @description How a case ended. error means that the target or the state failed: it is neither a pass nor a finding.
         * @enum {unknown}
         */
        readonly outcome: "passed" | "failed" | "warned" | "skipped" | "error";
        readonly answers: readonly {
            readonly httpStatus: number | null;
            readonly code: number | null;
        }[];
        /** @description The code of a request with two faults. */
        readonly precedenceFact: {
            readonly pair: readonly [
                string,
                string
            ];
            /** @description The expected code of each fault alone; 0 if the document has none. */
            readonly due: readonly [
                number,
                number
            ];
            readonly httpStatus: number | null;
            readonly code: number | null;
        };
        /** @description Differences from a baseline (--baseline), and those that a policy tolerates until a date. */
        readonly baselineResult: {
            /** @description Changes that the policy tolerates until a date. */
            readonly tolerated: readonly {
                readonly id: string;
                readonly until: string;
                readonly owner: string;
            }[];
        } & components["schemas"]["changes"];
        /** @description Differences between two behaviours, grouped by cause. */
        readonly changes: {
            readonly before: components["schemas"]["side"];
            readonly after: components["schemas"]["side"];
            /** @description Cases and pairs of faults that were compared. */
            readonly compared: number;
            /** @description The groups, the largest first. */
            readonly clusters: readonly components["schemas"]["changeCluster"][];
            /** @description Cases that are not in the earlier behaviour or did not run in it, so they cannot be compared. */
            readonly added: readonly string[];
            /** @description Cases of the earlier behaviour that are not in the later catalogue. */
            readonly gone: readonly string[];
            /** @description Cases of the earlier behaviour that did not run in the later one. */
            readonly notRun: readonly {
                readonly id: string;
                readonly reason: string;
            }[];
            /** @description Cases that behaved as before in one run but not in another: they vary by chance and have not changed. */
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
        /** @description A case, or a pair of faults, with a changed answer. */
        readonly change: {
            /** @enum {unknown} */
            readonly kind: "case" | "precedence";
            /** @description A case's id, or a pair: name/too-long + token/missing. */
            readonly id: string;
            /** @description A fact as in a baseline file. */
            readonly before: string;
            readonly after: string;
        };
        /** @description The deciding request of a case that did not pass, with secrets masked. */
        readonly decisiveRequest: {
            readonly what: string;
            /** @description The number of the request in the case, from 1. */
            readonly at: number;
            readonly request: components["schemas"]["shownRequest"];
            readonly expected: Expectation;
            readonly received: components["schemas"]["received"];
            /** @description The answers to all requests of its step, if they were judged as a set. */
            readonly together?: components["schemas"]["answers"];
        };
        /** @description A masked request, for reports and curl. */
        readonly shownRequest: {
            readonly method: string;
            readonly path: string;
            readonly headers: readonly (readonly [
                string,
                string
            ])[];
            readonly body: string;
        };
        /** @description The answer to one request. */
        readonly received: {
            readonly httpStatus: number | null;
            readonly code: number | null;
            /** @description Why there was no complete answer. */
            readonly noAnswer?: string;
            /** @description The body as inert, masked text, cut to a readable length. */
            readonly preview: string;
            /** @description The media type of the answer without parameters; absent if it has none. */
            readonly mediaType?: string;
            /** @description Names and types of the values in the body; empty if it is not JSON. */
            readonly shape: string;
            /** @description Names of the headers that change what a client does, sorted; absent if the answer has no such header. */
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
export type Timing = components['schemas']['timing'];
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

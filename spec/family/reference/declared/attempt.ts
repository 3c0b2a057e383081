import type { Headers, ServedRequest, ServedResponse } from '../../../http.ts';
import type { Values } from '../../declared/read-request.ts';
import type { Bindings, SharedAttempt, SharedBehaviour } from '../attempt.ts';
import type { World } from '../world.ts';

/** The state of one request to an operation that is data. */
export type DeclaredAttempt = SharedAttempt & { readonly behaviour: DeclaredBehaviour; readonly values: Values };

/** Checks a request: returns the name of a refusal, or undefined to continue. */
export type DeclaredDecision = (attempt: DeclaredAttempt, world: World) => string | undefined;

/** The behaviour of a server, in parts that can be replaced one by one. */
export type DeclaredBehaviour = SharedBehaviour & {
  readonly decisions: Readonly<Record<string, DeclaredDecision>>;
  /** The decisions in order; the first refusal with a code is the answer. */
  readonly order: readonly string[];
  /** The code of each refusal; a refusal without a code does not refuse. */
  readonly codes: Readonly<Record<string, number | undefined>>;
  readonly readRequest: (request: ServedRequest) => Values | undefined;
  /** Has the effect of a success, or refuses a second one. Synchronous, so that only one of several equal requests succeeds. */
  readonly effect: DeclaredDecision;
  readonly bindDecisions: readonly ((attempt: DeclaredAttempt, bindings: Bindings) => string | undefined)[];
  readonly record: (attempt: SharedAttempt, bindings: Bindings) => void;
  /** Remembers a success that cannot be repeated. */
  readonly remember: (world: World, key: string) => void;
  /** The answer to an outcome. */
  readonly answer: (ending: {
    readonly httpStatus: number;
    readonly code: number;
    readonly succeeded: boolean;
    readonly headers: Headers;
  }) => ServedResponse;
};

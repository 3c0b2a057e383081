import type { Values } from '../../declared/read-request.ts';
import type { SharedAttempt } from '../attempt.ts';
import type { World } from '../world.ts';

/** The state of one request to an operation that is data. */
export type DeclaredAttempt = SharedAttempt & {
  readonly values: Values;
  /** The state that marks the user, if there is one. */
  readonly mark: string | undefined;
};

/** Checks a request: returns the name of a refusal, or undefined to continue. */
export type DeclaredDecision = (attempt: DeclaredAttempt, world: World) => string | undefined;

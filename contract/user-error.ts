/**
 * Something the user can mend: one line with what, where and the next step; it is shown without a stack.
 * `exitCode` 2 is wrong usage or configuration, 3 is a target, state or tool that could not be reached or used.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly exitCode: 2 | 3;
  /** Inert lines to show below the message, such as the end of a container's log. */
  readonly details: readonly string[];

  constructor(message: string, exitCode: 2 | 3, options?: ErrorOptions & { readonly details?: readonly string[] }) {
    super(message, options);
    this.exitCode = exitCode;
    this.details = options?.details ?? [];
  }
}

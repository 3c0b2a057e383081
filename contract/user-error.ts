/**
 * An error that the user can fix: one line with what, where and the next step. It is shown without a stack trace.
 * `exitCode` 2 means wrong usage or configuration, 3 means that a target, state or tool cannot be used.
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

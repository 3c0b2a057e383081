/**
 * A target, state or configuration that cannot be used: one line with what, where and the next step.
 * `exitCode` 2 is wrong usage or configuration, 3 is a target, state or tool that could not be reached or used.
 */
export class TargetError extends Error {
  override readonly name = 'TargetError';
  readonly exitCode: 2 | 3;

  constructor(message: string, exitCode: 2 | 3, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}

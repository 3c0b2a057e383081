/** An error for a document that cannot be compared: one line with the problem, the place and the next step. */
export class SpecError extends Error {
  override readonly name = 'SpecError';
  /** The exit code for wrong usage: the user must fix the document. */
  readonly exitCode = 2;
}

/** A document that cannot be compared: one line with what, where and the next step. */
export class SpecError extends Error {
  override readonly name = 'SpecError';
  /** The command line's code for wrong usage: the document is the user's to mend. */
  readonly exitCode = 2;
}

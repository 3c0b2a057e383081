/** An error in the files or the page of an operation: one line with file, place and next step. */
export class DeclarationError extends Error {
  override readonly name = 'DeclarationError';
  /** Wrong input: the owner corrects the file. */
  readonly exitCode = 2;
}

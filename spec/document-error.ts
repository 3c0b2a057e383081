/** An error for a page that is not one operation of the vendor's export. The message is one line with file and line number. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError';
  /** The exit code for wrong usage: the user must replace the page. */
  readonly exitCode = 2;

  /** @param line absent if the file could not be read. */
  constructor(file: string, line: number | undefined, message: string) {
    super(line === undefined ? `${file}: ${message}` : `${file}:${line}: ${message}`);
  }
}

/** Refuses a page. @throws DocumentError */
export function refuse(file: string, line: number | undefined, message: string): never {
  throw new DocumentError(file, line, message);
}

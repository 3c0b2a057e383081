/** A page that cannot be read as one operation of the vendor's export: one line that names the file and the line. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError';
  /** The command line's code for wrong usage: the page is the user's to replace. */
  readonly exitCode = 2;

  /** @param line absent where the file could not even be read. */
  constructor(file: string, line: number | undefined, message: string) {
    super(line === undefined ? `${file}: ${message}` : `${file}:${line}: ${message}`);
  }
}

/** Refuses a page. @throws DocumentError */
export function refuse(file: string, line: number | undefined, message: string): never {
  throw new DocumentError(file, line, message);
}

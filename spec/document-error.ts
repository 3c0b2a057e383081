import { readText } from './read-text.ts';

/**
 * An error for a document that is not what it must be: a page of the vendor's export, or the files of an operation. The
 * message is one line with the file, the line, the problem and the next step.
 */
export class DocumentError extends Error {
  override readonly name = 'DocumentError';
  /** The exit code for wrong usage: the user must replace the document. */
  readonly exitCode = 2;

  /** @param line absent if the problem is not in one line. */
  constructor(file: string, line: number | undefined, message: string, options?: ErrorOptions) {
    super(line === undefined ? `${file}: ${message}` : `${file}:${line}: ${message}`, options);
  }
}

/** Refuses a document. @throws DocumentError */
export function refuse(file: string, line: number | undefined, message: string): never {
  throw new DocumentError(file, line, message);
}

/** In bytes. Larger than any document: the largest public page is below 1 MB. */
const mostBytes = 16 * 1024 * 1024;

/**
 * The text of a document.
 * @param next the next step for a wrong file, for messages.
 * @throws DocumentError for a file that cannot be read, is too large or is not UTF-8.
 */
export function readDocumentText(file: string, next: string): string {
  const text = readText(file, mostBytes);
  return typeof text === 'string' ? text : refuse(file, text.line, `${text.problem}; ${next}`);
}

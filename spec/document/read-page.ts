import { isUtf8 } from 'node:buffer';
import { readFileSync, statSync } from 'node:fs';
import { errorCode } from '../error-code.ts';
import { DocumentError } from './document-error.ts';

/** Larger than any export: the largest public one is below 1 MB. */
const mostBytes = 16 * 1024 * 1024;

/** The text of a page. @throws DocumentError for a file that cannot be read, is too large or is not UTF-8. */
export function readPage(file: string): string {
  const bytes = readBytes(file);
  // In UTF-16, half the bytes of most letters are zero.
  const zero = bytes.indexOf(0);
  if (zero >= 0) {
    const line = bytes.subarray(0, zero).toString('latin1').split('\n').length;
    throw new DocumentError(
      file,
      line,
      'this is not UTF-8 text: it has zero bytes; export the page as Markdown in UTF-8',
    );
  }
  const text = bytes.toString('utf8');
  const bad = isUtf8(bytes) ? -1 : text.indexOf('\ufffd');
  if (bad < 0) return text;
  const line = text.slice(0, bad).split('\n').length;
  throw new DocumentError(file, line, 'this is not UTF-8 text; export the page as Markdown in UTF-8');
}

function readBytes(file: string): Buffer {
  const refuse = (why: string): never => {
    throw new DocumentError(file, undefined, `the page cannot be read: ${why}; name a Markdown file`);
  };
  try {
    const stat = statSync(file);
    if (stat.isDirectory()) refuse('it is a folder');
    if (stat.isCharacterDevice() || stat.isBlockDevice()) refuse('it is a device');
    if (stat.size > mostBytes) refuse('it is larger than 16 MB');
    return readFileSync(file);
  } catch (error) {
    if (error instanceof DocumentError) throw error;
    const code = errorCode(error);
    return refuse(code === 'ENOENT' ? 'there is no such file' : code);
  }
}

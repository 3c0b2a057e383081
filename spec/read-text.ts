import { isUtf8 } from 'node:buffer';
import { readFileSync, statSync } from 'node:fs';
import { whyUnreadable } from './error-code.ts';

/** Reads a text file in UTF-8. Says why, and in which line that shows, if it cannot be read, is a device, has more bytes than allowed or is not UTF-8. */
export function readText(
  file: string,
  mostBytes: number,
): string | { readonly problem: string; readonly line?: number } {
  let bytes: Buffer;
  try {
    const stats = statSync(file);
    if (stats.isCharacterDevice() || stats.isBlockDevice()) return { problem: 'it is a device, not a file' };
    if (stats.size > mostBytes) return { problem: `it is too large (${stats.size} bytes; the limit is ${mostBytes})` };
    bytes = readFileSync(file);
  } catch (error) {
    return { problem: whyUnreadable(error) };
  }
  // In UTF-16, half the bytes of most letters are zero.
  const zero = bytes.indexOf(0);
  if (zero >= 0) {
    const line = lineAfter(bytes.subarray(0, zero).toString('latin1'));
    return { problem: 'this is not UTF-8 text: it has zero bytes', line };
  }
  // Without a byte order mark.
  const text = new TextDecoder().decode(bytes);
  if (isUtf8(bytes)) return text;
  return { problem: 'this is not UTF-8 text', line: lineAfter(text.slice(0, text.indexOf('\ufffd'))) };
}

function lineAfter(text: string): number {
  return text.split('\n').length;
}

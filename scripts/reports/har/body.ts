import type { Headers } from '../../../spec/http.ts';
import { headerValue } from '../../../spec/http.ts';

/** The part of a body that is kept, secrets hidden. */
export type Kept = {
  readonly text: string;
  /** Bytes of the whole body. */
  readonly size: number;
  /** It is no UTF-8: each character of `text` is a byte. */
  readonly binary: boolean;
  /** What was left out, and why. */
  readonly left?: string;
};

const mostKept = 64 * 1024;
/** Longer than any secret: one that the end of what was read cuts in half is no longer found, so the end is dropped. */
const margin = 16 * 1024;

/** The first 64 KB of a body as text that a mask has gone over. */
export function keptBody(pieces: readonly Uint8Array[], headers: Headers, hide: (text: string) => string): Kept {
  const size = pieces.reduce((sum, { length }) => sum + length, 0);
  const coding = headerValue(headers, 'content-encoding');
  if (coding !== undefined && coding.toLowerCase() !== 'identity' && size > 0) {
    // A mask finds nothing in it, and whoever reads the file may decode it.
    return { text: '', size, binary: false, left: `${size} bytes left out: they are encoded (content-encoding)` };
  }
  const bytes = firstBytes(pieces, mostKept + margin);
  const { text, binary } = decoded(bytes);
  const hidden = hide(text);
  if (size <= mostKept) return { text: hidden, size, binary };
  const kept = hidden.slice(0, bytes.length < size ? Math.min(mostKept, hidden.length - margin) : mostKept);
  return { text: kept, size, binary, left: `cut: ${size} bytes in all` };
}

function firstBytes(pieces: readonly Uint8Array[], most: number): Uint8Array {
  const taken: Uint8Array[] = [];
  let length = 0;
  for (const piece of pieces) {
    if (length >= most) break;
    taken.push(piece.subarray(0, most - length));
    length += Math.min(piece.length, most - length);
  }
  return Buffer.concat(taken);
}

function decoded(bytes: Uint8Array): { readonly text: string; readonly binary: boolean } {
  try {
    // `stream`: the last character may be cut in half, and that makes it no other text. A byte order mark stays.
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: true });
    return { text, binary: false };
  } catch {
    return { text: Buffer.from(bytes).toString('latin1'), binary: true };
  }
}

import { decodeContent } from '../../../contract/decode-content.ts';
import type { Headers } from '../../../spec/http.ts';
import { headerValue } from '../../../spec/http.ts';

/** The stored part of a body, with secrets masked. */
type Kept = {
  readonly text: string;
  /** Size of the whole body in bytes. */
  readonly size: number;
  /** Whether it is not UTF-8: then each character of `text` is a byte. */
  readonly binary: boolean;
  /** What was left out, and why. */
  readonly left?: string;
};

const mostKept = 64 * 1024;
/** Longer than any secret: the mask cannot find a secret that is cut in half, so the end of the text is dropped. */
const margin = 16 * 1024;

/** The first 64 KB of a body as masked text. */
export function keptBody(pieces: readonly Uint8Array[], headers: Headers, hide: (text: string) => string): Kept {
  const size = pieces.reduce((sum, { length }) => sum + length, 0);
  // The mask finds nothing in encoded data, but a reader of the file could decode it.
  const plain = isEncoded(headers) ? decodeContent(Buffer.concat(pieces), headers) : undefined;
  if (plain !== undefined) return { ...keptBody([plain], [], hide), size };
  if (isEncoded(headers) && size > 0) {
    return { text: '', size, binary: false, left: `${size} bytes left out: they are encoded (content-encoding)` };
  }
  const bytes = Buffer.concat(pieces, Math.min(size, mostKept + margin));
  const { text, binary } = decoded(bytes);
  const hidden = hide(text);
  if (size <= mostKept) return { text: hidden, size, binary };
  const kept = hidden.slice(0, bytes.length < size ? Math.min(mostKept, hidden.length - margin) : mostKept);
  return { text: kept, size, binary, left: `cut: ${size} bytes in total` };
}

function isEncoded(headers: Headers): boolean {
  return (headerValue(headers, 'content-encoding')?.toLowerCase() ?? 'identity') !== 'identity';
}

function decoded(bytes: Uint8Array): { readonly text: string; readonly binary: boolean } {
  try {
    // `stream`, because the last character may be incomplete. A byte order mark stays.
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: true });
    return { text, binary: false };
  } catch {
    return { text: Buffer.from(bytes).toString('latin1'), binary: true };
  }
}

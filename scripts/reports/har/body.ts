import { decodeContent } from '../../../contract/decode-content.ts';
import type { Headers } from '../../../spec/http.ts';

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

/** The first 64 KB of a body as masked text, without its content coding: the mask finds nothing in encoded data, but a reader could decode it. */
export function keptBody(pieces: readonly Uint8Array[], headers: Headers, hide: (text: string) => string): Kept {
  const sent = Buffer.concat(pieces);
  const size = sent.length;
  const plain = decodeContent(sent, headers);
  if (plain === undefined) {
    return { text: '', size, binary: false, left: `${size} bytes left out: they are encoded (content-encoding)` };
  }
  const { text, binary } = decoded(plain.subarray(0, mostKept + margin));
  const hidden = hide(text);
  if (plain.length <= mostKept) return { text: hidden, size, binary };
  const isCut = plain.length > mostKept + margin;
  const kept = hidden.slice(0, isCut ? Math.min(mostKept, hidden.length - margin) : mostKept);
  return { text: kept, size, binary, left: `cut: ${plain.length} bytes in total` };
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

import type { CipherRow } from './recipe.ts';
import { row } from './recipe.ts';

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Printable ASCII, line breaks and tabs, full-width punctuation and a byte order mark: what garbage does not consist of. */
const readable = /^[\t\n\r\x20-\x7e\u3000-\u303f\uff00-\uffef\ufeff\u200b\u00a0]*$/;

/** Bytes as UTF-8, where that is text. */
export function utf8(bytes: Uint8Array): string | undefined {
  try {
    return ifReadable(strictUtf8.decode(bytes));
  } catch {
    return undefined;
  }
}

const fix = 'encrypt the UTF-8 bytes of the plaintext itself';

/** The plaintext written otherwise before it was encrypted. */
export const textRows: readonly CipherRow[] = [
  row('text-utf-16', 'the plaintext was encrypted in UTF-16', fix, { text: utf16 }),
  row('text-hex', 'the plaintext was put in hex before it was encrypted', fix, {
    text: (bytes) => inner(bytes, /^(?:[0-9a-f]{2}){8,}$/i, 'hex'),
  }),
  row('text-base64', 'the plaintext was put in Base64 before it was encrypted', fix, {
    text: (bytes) => inner(bytes, /^[\w+/-]{8,}=*$/, 'base64'),
  }),
  row('text-url-encoded', 'the plaintext was URL-encoded before it was encrypted', fix, {
    text: (bytes) => {
      const text = utf8(bytes);
      return text !== undefined && /%[0-9a-f]{2}/i.test(text) ? percentDecoded(text) : undefined;
    },
  }),
];

function utf16(bytes: Uint8Array): string | undefined {
  if (bytes.length < 2 || bytes.length % 2 !== 0) return undefined;
  const little = ifReadable(Buffer.from(bytes).toString('utf16le'));
  return (little ?? ifReadable(Buffer.from(bytes).swap16().toString('utf16le')))?.replace(/^\ufeff/, '');
}

function inner(bytes: Uint8Array, form: RegExp, encoding: 'hex' | 'base64'): string | undefined {
  const text = utf8(bytes);
  return text !== undefined && form.test(text) ? utf8(Buffer.from(text, encoding)) : undefined;
}

function percentDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function ifReadable(text: string): string | undefined {
  return readable.test(text) ? text : undefined;
}

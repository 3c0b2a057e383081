import { urlDecoded } from '../wrappings.ts';
import type { CipherRecipe, CipherRow } from './recipe.ts';
import { cipherRow } from './recipe.ts';

/** Rows about how the bytes become text. */

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Text, not garbage: printable ASCII, line breaks and tabs, full-width punctuation and a byte order mark. */
const readable = /^[\t\n\r\x20-\x7e\u3000-\u303f\uff00-\uffef\ufeff\u200b\u00a0]*$/;

/** Decodes UTF-8; undefined if it is not readable text. */
export function utf8(bytes: Uint8Array): string | undefined {
  // Most garbage has control characters; finding one is much cheaper than a failed decode.
  if (bytes.some((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d)) return undefined;
  try {
    return ifReadable(strictUtf8.decode(bytes));
  } catch {
    return undefined;
  }
}

/** The plaintext encoded in another form before it was encrypted. */
export const textRows: readonly CipherRow[] = [
  row('utf-16', 'the plaintext was encoded in UTF-16', (bytes) => {
    if (bytes.length < 2 || bytes.length % 2 !== 0) return undefined;
    const little = ifReadable(Buffer.from(bytes).toString('utf16le'));
    return (little ?? ifReadable(Buffer.from(bytes).swap16().toString('utf16le')))?.replace(/^\ufeff/, '');
  }),
  row('hex', 'the plaintext was converted to hex before it was encrypted', inner(/^(?:[0-9a-f]{2}){8,}$/i, 'hex')),
  row('base64', 'the plaintext was encoded in Base64 before it was encrypted', inner(/^[\w+/-]{8,}=*$/, 'base64')),
  // A bindingCode is 16 hex digits.
  row('hex-decoded', 'the hex digits of the plaintext were decoded to 8 bytes before it was encrypted', (bytes) =>
    bytes.length === 8 && utf8(bytes) === undefined ? Buffer.from(bytes).toString('hex').toUpperCase() : undefined,
  ),
  row('url-encoded', 'the plaintext was URL-encoded before it was encrypted', (bytes) => {
    const text = utf8(bytes);
    const decoded = text === undefined ? undefined : urlDecoded(text);
    return decoded === text ? undefined : decoded;
  }),
];

function row(id: string, says: string, text: CipherRecipe['text']): CipherRow {
  return cipherRow(`text-${id}`, says, 'encrypt the UTF-8 bytes of the plaintext itself', { text });
}

function inner(form: RegExp, encoding: 'hex' | 'base64'): CipherRecipe['text'] {
  return (bytes) => {
    const text = utf8(bytes);
    return text !== undefined && form.test(text) ? utf8(Buffer.from(text, encoding)) : undefined;
  };
}

function ifReadable(text: string): string | undefined {
  return readable.test(text) ? text : undefined;
}

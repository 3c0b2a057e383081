import { urlDecoded } from '../wrappings.ts';
import { blockBytes, type CipherRecipe, type CipherRow, cipherRow } from './recipe.ts';

/** Rows about how the text became the bytes that were encrypted: its encoding, and how they were filled to whole blocks. */

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
  textRow('utf-16', 'the plaintext was encoded in UTF-16', (bytes) => {
    if (bytes.length < 2 || bytes.length % 2 !== 0) return undefined;
    const little = ifReadable(Buffer.from(bytes).toString('utf16le'));
    return (little ?? ifReadable(Buffer.from(bytes).swap16().toString('utf16le')))?.replace(/^\ufeff/, '');
  }),
  textRow('hex', 'the plaintext was converted to hex before it was encrypted', inner(/^(?:[0-9a-f]{2}){8,}$/i, 'hex')),
  textRow('base64', 'the plaintext was encoded in Base64 before it was encrypted', inner(/^[\w+/-]{8,}=*$/, 'base64')),
  // A bindingCode is 16 hex digits.
  textRow('hex-decoded', 'the hex digits of the plaintext were decoded to 8 bytes before it was encrypted', (bytes) =>
    bytes.length === 8 && utf8(bytes) === undefined ? Buffer.from(bytes).toString('hex').toUpperCase() : undefined,
  ),
  textRow('url-encoded', 'the plaintext was URL-encoded before it was encrypted', (bytes) => {
    const text = utf8(bytes);
    const decoded = text === undefined ? undefined : urlDecoded(text);
    return decoded === text ? undefined : decoded;
  }),
];

function textRow(id: string, says: string, text: CipherRecipe['text']): CipherRow {
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

/** A weak padding matches by chance; what remains must be at least this long to count as text. */
const leastText = 8;

/** Strict PKCS#5: the last n bytes all have the value n, from 1 to 16. */
export function unpadPkcs(bytes: Uint8Array): Uint8Array | undefined {
  const length = bytes.at(-1) ?? 0;
  if (length < 1 || length > blockBytes || length > bytes.length) return undefined;
  return bytes.subarray(-length).every((byte) => byte === length) ? bytes.subarray(0, -length) : undefined;
}

const usualFix =
  'pad with PKCS#5: add n bytes of the value n; add a whole block of 16 if the text already fills its blocks';

/** A padding other than PKCS#5. */
export const paddingRows: readonly CipherRow[] = [
  paddingRow('padding-zero', 'the padding is zero bytes', usualFix, without(0)),
  paddingRow(
    'padding-none',
    'there is no padding, or the last block of the ciphertext is missing',
    `${usualFix}; send the whole ciphertext`,
    (bytes) => bytes,
  ),
  paddingRow(
    'padding-twice',
    'the text was padded twice: by your code and by the library',
    'let the library add the padding',
    (bytes) => {
      const once = unpadPkcs(bytes);
      const filled = once !== undefined && once.length % blockBytes === 0 && once.at(-2) === 0;
      return once === undefined ? undefined : (unpadPkcs(once) ?? (filled ? without(0)(once) : undefined));
    },
  ),
  paddingRow(
    'trailing-nul',
    'a NUL character was encrypted after the text, as from a C string or from a buffer that is longer than the text',
    'encrypt only the characters of the text: in C, strlen(text) bytes',
    (bytes) => without(0)(unpadPkcs(bytes) ?? new Uint8Array()),
  ),
  paddingRow('padding-spaces', 'the padding is spaces', usualFix, without(0x20)),
  paddingRow('padding-iso7816', 'the padding is 0x80 and zero bytes (ISO 7816)', usualFix, (bytes) => {
    const end = bytes.findLastIndex((byte) => byte !== 0);
    return bytes[end] === 0x80 && end >= leastText ? bytes.subarray(0, end) : undefined;
  }),
  paddingRow(
    'padding-x923',
    'the padding is zero or random bytes, then its length (ANSI X9.23, ISO 10126)',
    usualFix,
    (bytes) => {
      const length = bytes.at(-1) ?? 0;
      const end = bytes.length - length;
      // Any last byte can be a length: if no zeros confirm it, a whole block must be text.
      const zeros = end >= 0 && bytes.subarray(end, -1).every((byte) => byte === 0);
      const isPadding = length > 0 && length <= blockBytes && end >= (zeros ? leastText : blockBytes);
      return isPadding ? bytes.subarray(0, end) : undefined;
    },
  ),
];

function paddingRow(id: string, says: string, fix: string, unpad: CipherRecipe['unpad']): CipherRow {
  return cipherRow(id, says, fix, { unpad });
}

function without(filler: number): CipherRecipe['unpad'] {
  return (bytes) => {
    const end = bytes.findLastIndex((byte) => byte !== filler) + 1;
    return end < bytes.length && end >= leastText ? bytes.subarray(0, end) : undefined;
  };
}

import type { CipherRecipe, CipherRow } from './recipe.ts';
import { blockBytes, cipherRow } from './recipe.ts';

/** Rows about how the text was filled to whole blocks. */

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
  row('padding-zero', 'the padding is zero bytes', usualFix, without(0)),
  row(
    'padding-none',
    'there is no padding, or the last block of the ciphertext is missing',
    `${usualFix}; send the whole ciphertext`,
    (bytes) => bytes,
  ),
  row(
    'padding-twice',
    'the text was padded twice: by your code and by the library',
    'let the library add the padding',
    (bytes) => {
      const once = unpadPkcs(bytes);
      const filled = once !== undefined && once.length % blockBytes === 0 && once.at(-2) === 0;
      return once === undefined ? undefined : (unpadPkcs(once) ?? (filled ? without(0)(once) : undefined));
    },
  ),
  row(
    'trailing-nul',
    'a NUL character was encrypted after the text, as from a C string or from a buffer that is longer than the text',
    'encrypt only the characters of the text: in C, strlen(text) bytes',
    (bytes) => without(0)(unpadPkcs(bytes) ?? new Uint8Array()),
  ),
  row('padding-spaces', 'the padding is spaces', usualFix, without(0x20)),
  row('padding-iso7816', 'the padding is 0x80 and zero bytes (ISO 7816)', usualFix, (bytes) => {
    const end = bytes.findLastIndex((byte) => byte !== 0);
    return bytes[end] === 0x80 && end >= leastText ? bytes.subarray(0, end) : undefined;
  }),
  row(
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

function row(id: string, says: string, fix: string, unpad: CipherRecipe['unpad']): CipherRow {
  return cipherRow(id, says, fix, { unpad });
}

function without(filler: number): CipherRecipe['unpad'] {
  return (bytes) => {
    const end = bytes.findLastIndex((byte) => byte !== filler) + 1;
    return end < bytes.length && end >= leastText ? bytes.subarray(0, end) : undefined;
  };
}

import type { CipherRow } from './recipe.ts';
import { row } from './recipe.ts';

type Unpad = (bytes: Uint8Array) => Uint8Array | undefined;

const blockBytes = 16;
/** What is left under a padding that says little of itself must be long enough to be text by more than chance. */
const leastText = 8;

/** Strict PKCS#5: as many bytes of the padding's length as it says, from 1 to 16. */
export const unpadPkcs: Unpad = (bytes) => {
  const length = bytes.at(-1) ?? 0;
  if (length < 1 || length > blockBytes || length > bytes.length) return undefined;
  return bytes.subarray(-length).every((byte) => byte === length) ? bytes.subarray(0, -length) : undefined;
};

const unpadZeros: Unpad = (bytes) => {
  const end = bytes.findLastIndex((byte) => byte !== 0) + 1;
  return end < bytes.length && end >= leastText ? bytes.subarray(0, end) : undefined;
};

const fix = 'pad with PKCS#5: n bytes of the value n, and a whole block of 16 where the text fills its blocks';

/** Another padding than PKCS#5. */
export const paddingRows: readonly CipherRow[] = [
  row('padding-zero', 'the padding is zero bytes', fix, { unpad: unpadZeros }),
  row(
    'padding-none',
    'there is no padding, or the last block of the ciphertext was lost',
    `${fix}; send the whole ciphertext`,
    { unpad: (bytes) => bytes },
  ),
  row('padding-twice', 'the text was padded by hand and by the library once more', 'leave the padding to the library', {
    unpad: (bytes) => {
      const once = unpadPkcs(bytes);
      return once === undefined ? undefined : (unpadPkcs(once) ?? unpadZeros(once));
    },
  }),
  row('padding-spaces', 'the padding is spaces', fix, {
    unpad: (bytes) => {
      const end = bytes.findLastIndex((byte) => byte !== 0x20) + 1;
      return end < bytes.length && end >= leastText ? bytes.subarray(0, end) : undefined;
    },
  }),
  row('padding-iso7816', 'the padding is 0x80 and zero bytes (ISO 7816)', fix, {
    unpad: (bytes) => {
      const end = bytes.findLastIndex((byte) => byte !== 0);
      return bytes[end] === 0x80 && end >= leastText ? bytes.subarray(0, end) : undefined;
    },
  }),
  row('padding-x923', 'the padding is zero or random bytes and its length (ANSI X9.23, ISO 10126)', fix, {
    unpad: (bytes) => {
      const end = bytes.length - (bytes.at(-1) ?? 0);
      return end >= leastText && end < bytes.length && end >= bytes.length - blockBytes
        ? bytes.subarray(0, end)
        : undefined;
    },
  }),
];

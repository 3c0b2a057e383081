import * as aes from '@noble/ciphers/aes.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { unpadPkcs } from './padding.ts';
import type { CipherRow } from './recipe.ts';
import { row } from './recipe.ts';

/** Decrypts without looking at the padding; undefined for a key, IV or length that the mode does not take. */
type Mode = (key: Uint8Array, iv: Uint8Array, bytes: Uint8Array) => Uint8Array | undefined;

const blockBytes = 16;
const keyBytes = [16, 24, 32];

/** AES-CBC; the length of the key makes it AES-128, -192 or -256. */
export const cbc: Mode = remembered((key, iv, bytes) => {
  if (iv.length !== blockBytes || bytes.length === 0 || bytes.length % blockBytes !== 0) return undefined;
  return aes.cbc(key, iv, { disablePadding: true }).decrypt(bytes);
});

const ecb: Mode = remembered((key, _iv, bytes) => {
  if (bytes.length === 0 || bytes.length % blockBytes !== 0) return undefined;
  return aes.ecb(key, { disablePadding: true }).decrypt(bytes);
});

const ctr: Mode = remembered((key, iv, bytes) =>
  iv.length === blockBytes ? aes.ctr(key, iv).decrypt(bytes) : undefined,
);

const cfb: Mode = remembered((key, iv, bytes) =>
  iv.length === blockBytes ? aes.cfb(key, iv).decrypt(bytes) : undefined,
);

const gcm: Mode = remembered((key, iv, bytes) => {
  const tagBytes = 16;
  if (iv.length < 8 || bytes.length < tagBytes) return undefined;
  try {
    return aes.gcm(key, iv).decrypt(bytes);
  } catch {
    return undefined;
  }
});

const fix = 'use AES-128-CBC with PKCS#5 padding (in Java "AES/CBC/PKCS5Padding")';

/** Another mode than CBC. The modes that make a key stream need no padding, and often have none. */
export const modeRows: readonly CipherRow[] = [
  row('mode-ecb', 'the mode is ECB, which Java\'s "AES" alone means', fix, { mode: ecb }),
  row('mode-stream', 'the mode is CTR, CFB or OFB: in one block they are alike', fix, {
    mode: (key, iv, bytes) => (bytes.length > blockBytes ? undefined : ctr(key, iv, bytes)),
    unpad: paddedOrNot,
  }),
  row('mode-ctr', 'the mode is CTR', fix, { mode: ctr, unpad: paddedOrNot }),
  row('mode-cfb', 'the mode is CFB', fix, { mode: cfb, unpad: paddedOrNot }),
  row('mode-gcm', 'the mode is GCM', fix, { mode: gcm, unpad: paddedOrNot }),
  row('mode-gcm', 'the mode is GCM with the first 12 characters of random as nonce', fix, {
    mode: (key, iv, bytes) => gcm(key, iv.subarray(0, 12), bytes),
    unpad: paddedOrNot,
  }),
];

function paddedOrNot(bytes: Uint8Array): Uint8Array {
  return unpadPkcs(bytes) ?? bytes;
}

/** Many recipes differ only in what comes after decryption, and decryption is what costs. */
function remembered(mode: Mode, capacity = 10_000): Mode {
  const known = new Map<string, Uint8Array | undefined>();
  return (key, iv, bytes) => {
    if (!keyBytes.includes(key.length)) return undefined;
    const name = [key, iv, bytes].map(bytesToHex).join(' ');
    if (known.size >= capacity) known.clear();
    if (!known.has(name)) known.set(name, mode(key, iv, bytes));
    return known.get(name);
  };
}

import { createDecipheriv } from 'node:crypto';
import { latin1 } from '../value-forms.ts';
import { blockBytes, type CipherRow, cipherRow, type Mode } from './recipe.ts';
import { unpadPkcs, utf8 } from './text-bytes.ts';

/** Rows about the mode of AES. */

const tagBytes = 16;
const keyBytes = [16, 24, 32];
const noIv = new Uint8Array();

/** A mode of OpenSSL's AES, with its result remembered: many recipes differ only in later steps. */
function decryption(name: string, capacity = 10_000): Mode['decrypt'] {
  const known = new Map<string, Uint8Array | undefined>();
  return (key, iv, bytes) => {
    if (!keyBytes.includes(key.length)) return undefined;
    const inputs = [key, iv, bytes].map(latin1).join('\n');
    if (known.size >= capacity) known.clear();
    if (!known.has(inputs)) known.set(inputs, decrypt(`aes-${8 * key.length}-${name}`, key, iv, bytes));
    return known.get(inputs);
  };
}

function decrypt(algorithm: string, key: Uint8Array, iv: Uint8Array, bytes: Uint8Array): Uint8Array | undefined {
  const decipher = createDecipheriv(algorithm, key, iv.length === 0 ? null : iv);
  return decipher.setAutoPadding(false).update(bytes);
}

const ecbBlocks = decryption('ecb');

function ecbDecrypt(key: Uint8Array, bytes: Uint8Array): Uint8Array | undefined {
  return bytes.length === 0 || bytes.length % blockBytes !== 0 ? undefined : ecbBlocks(key, noIv, bytes);
}

const ecb: Mode = { decrypt: (key, _iv, bytes) => ecbDecrypt(key, bytes) };

/** CBC: ECB, then each block XOR the block before it, or the IV. */
export const cbc: Mode = {
  decrypt: (key, iv, bytes) => {
    const blocks = iv.length === blockBytes ? ecbDecrypt(key, bytes) : undefined;
    return blocks?.map((byte, at) => byte ^ ((at < blockBytes ? iv[at] : bytes[at - blockBytes]) ?? 0));
  },
  ivFor: (key, bytes, start) => {
    const block = ecbDecrypt(key, bytes)?.subarray(0, blockBytes);
    return block === undefined ? undefined : xor(block, start);
  },
  keepsRest: true,
};

/** A mode that combines the text with a stream of bytes that starts with the encrypted IV. */
function streamMode(name: string, more: { keepsRest?: true } = {}): Mode {
  const decryptStream = decryption(name);
  return {
    decrypt: (key, iv, bytes) => (iv.length === blockBytes ? decryptStream(key, iv, bytes) : undefined),
    ivFor: (key, bytes, start) =>
      bytes.length > blockBytes ? ecbDecrypt(key, xor(bytes.subarray(0, blockBytes), start)) : undefined,
    ...more,
  };
}

const ctr = streamMode('ctr');
const cfb = streamMode('cfb', { keepsRest: true });
const ofb = streamMode('ofb');
const { decrypt: cfb8 } = streamMode('cfb8');

function gcm(nonceBytes: number): Mode {
  return {
    decrypt: (key, iv, bytes) => {
      if (iv.length < nonceBytes || bytes.length < tagBytes || !keyBytes.includes(key.length)) return undefined;
      try {
        const decipher = createDecipheriv(
          `aes-${8 * key.length}-gcm` as 'aes-128-gcm',
          key,
          iv.subarray(0, nonceBytes),
        );
        decipher.setAuthTag(bytes.subarray(-tagBytes));
        const text = decipher.update(bytes.subarray(0, -tagBytes));
        return decipher.final().length === 0 ? text : undefined;
      } catch {
        return undefined;
      }
    },
  };
}

const modeFix = 'use AES-128-CBC with PKCS#5 padding (in Java "AES/CBC/PKCS5Padding")';

const oneBlock = ({ decrypt: all }: Mode): Mode => ({
  decrypt: (key, iv, bytes) => (bytes.length > blockBytes ? undefined : all(key, iv, bytes)),
});

/** Nothing was encrypted: the bytes are the text. Any other bytes are not readable as text. */
const none: Mode = {
  decrypt: (_key, _iv, bytes) => (bytes.length >= tagBytes / 2 && utf8(bytes) !== undefined ? bytes : undefined),
};

/** A mode other than CBC. */
export const modeRows: readonly CipherRow[] = [
  cipherRow(
    'mode-ecb',
    'the mode is ECB, or the IV is 16 zero bytes: for one block they give the same bytes',
    modeFix,
    { mode: oneBlock(ecb) },
  ),
  cipherRow('mode-ecb', 'the mode is ECB, the default of Java\'s "AES"', modeFix, { mode: ecb }),
  streamRow('stream', 'the mode is CTR, CFB or OFB: for one block they give the same bytes', oneBlock(ctr)),
  streamRow('ctr', 'the mode is CTR', ctr),
  streamRow('cfb', 'the mode is CFB', cfb),
  streamRow('cfb8', 'the mode is CFB8: CFB with segments of 8 bits, the default of some libraries', { decrypt: cfb8 }),
  streamRow('ofb', 'the mode is OFB', ofb),
  streamRow('gcm', 'the mode is GCM', gcm(blockBytes)),
  streamRow('gcm', 'the mode is GCM with the first 12 characters of random as nonce', gcm(12)),
  cipherRow('not-encrypted', 'it was not encrypted: it is the plaintext itself', `${modeFix}, then Base64`, {
    decode: (text) => (/,|^[0-9A-F]{16}$/.test(text) ? Buffer.from(text) : undefined),
    mode: none,
    unpad: (bytes) => bytes,
  }),
  cipherRow('not-encrypted', 'it was not encrypted: it is the plaintext in Base64', modeFix, {
    mode: none,
    unpad: (bytes) => bytes,
  }),
];

/** Stream modes need no padding and often have none. */
function streamRow(id: string, says: string, mode: Mode): CipherRow {
  return cipherRow(`mode-${id}`, says, modeFix, { mode, unpad: (bytes) => unpadPkcs(bytes) ?? bytes });
}

function xor(a: Uint8Array, b: Uint8Array): Uint8Array {
  return a.subarray(0, b.length).map((byte, at) => byte ^ (b[at] ?? 0));
}

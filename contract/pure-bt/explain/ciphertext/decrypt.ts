import * as aes from '@noble/ciphers/aes.js';
import { urlDecoded } from '../wrappings.ts';
import type { CipherRecipe, CipherRow } from './recipe.ts';
import { cipherRow } from './recipe.ts';

/** Rows about how the bytes become text: mode, padding and charset. */

type Mode = CipherRecipe['mode'];

const blockBytes = 16;
const keyBytes = [16, 24, 32];
/** A weak padding matches by chance; what remains must be at least this long to count as text. */
const leastText = 8;

/** ECB; the length of the key selects AES-128, -192 or -256. */
export const ecb: Mode = remembered((key, _iv, bytes) => {
  if (bytes.length === 0 || bytes.length % blockBytes !== 0) return undefined;
  return aes.ecb(key, { disablePadding: true }).decrypt(bytes);
});

/** CBC: ECB, then each block XOR the block before it, or the IV. */
export const cbc: Mode = (key, iv, bytes) => {
  const blocks = iv.length === blockBytes ? ecb(key, new Uint8Array(), bytes) : undefined;
  return blocks?.map((byte, at) => byte ^ ((at < blockBytes ? iv[at] : bytes[at - blockBytes]) ?? 0));
};

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

const modeFix = 'use AES-128-CBC with PKCS#5 padding (in Java "AES/CBC/PKCS5Padding")';

const streams: readonly (readonly [id: string, says: string, mode: Mode])[] = [
  [
    'mode-stream',
    'the mode is CTR, CFB or OFB: for one block they give the same bytes',
    (key, iv, bytes) => (bytes.length > blockBytes ? undefined : ctr(key, iv, bytes)),
  ],
  ['mode-ctr', 'the mode is CTR', ctr],
  ['mode-cfb', 'the mode is CFB', cfb],
  ['mode-gcm', 'the mode is GCM', gcm],
  [
    'mode-gcm',
    'the mode is GCM with the first 12 characters of random as nonce',
    (key, iv, bytes) => gcm(key, iv.subarray(0, 12), bytes),
  ],
];

/** A mode other than CBC. Stream modes need no padding and often have none. */
export const modeRows: readonly CipherRow[] = [
  cipherRow('mode-ecb', 'the mode is ECB, the default of Java\'s "AES"', modeFix, { mode: ecb }),
  ...streams.map(([id, says, mode]) =>
    cipherRow(id, says, modeFix, { mode, unpad: (bytes) => unpadPkcs(bytes) ?? bytes }),
  ),
];

/** Strict PKCS#5: the last n bytes all have the value n, from 1 to 16. */
export function unpadPkcs(bytes: Uint8Array): Uint8Array | undefined {
  const length = bytes.at(-1) ?? 0;
  if (length < 1 || length > blockBytes || length > bytes.length) return undefined;
  return bytes.subarray(-length).every((byte) => byte === length) ? bytes.subarray(0, -length) : undefined;
}

const paddingFix =
  'pad with PKCS#5: add n bytes of the value n; add a whole block of 16 if the text already fills its blocks';

const paddings: readonly (readonly [id: string, says: string, unpad: CipherRecipe['unpad'], fix?: string])[] = [
  ['padding-zero', 'the padding is zero bytes', without(0)],
  [
    'padding-none',
    'there is no padding, or the last block of the ciphertext is missing',
    (bytes) => bytes,
    `${paddingFix}; send the whole ciphertext`,
  ],
  [
    'padding-twice',
    'the text was padded twice: by your code and by the library',
    (bytes) => {
      const once = unpadPkcs(bytes);
      return once === undefined ? undefined : (unpadPkcs(once) ?? without(0)(once));
    },
    'let the library add the padding',
  ],
  ['padding-spaces', 'the padding is spaces', without(0x20)],
  [
    'padding-iso7816',
    'the padding is 0x80 and zero bytes (ISO 7816)',
    (bytes) => {
      const end = bytes.findLastIndex((byte) => byte !== 0);
      return bytes[end] === 0x80 && end >= leastText ? bytes.subarray(0, end) : undefined;
    },
  ],
  [
    'padding-x923',
    'the padding is zero or random bytes, then its length (ANSI X9.23, ISO 10126)',
    (bytes) => {
      const length = bytes.at(-1) ?? 0;
      const end = bytes.length - length;
      // Any last byte can be a length: if no zeros confirm it, a whole block must be text.
      const zeros = end >= 0 && bytes.subarray(end, -1).every((byte) => byte === 0);
      return length > 0 && length <= blockBytes && end >= (zeros ? leastText : blockBytes)
        ? bytes.subarray(0, end)
        : undefined;
    },
  ],
];

/** A padding other than PKCS#5. */
export const paddingRows: readonly CipherRow[] = paddings.map(([id, says, unpad, fix = paddingFix]) =>
  cipherRow(id, says, fix, { unpad }),
);

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

const texts: readonly (readonly [id: string, says: string, text: CipherRecipe['text']])[] = [
  [
    'text-utf-16',
    'the plaintext was encoded in UTF-16',
    (bytes) => {
      if (bytes.length < 2 || bytes.length % 2 !== 0) return undefined;
      const little = ifReadable(Buffer.from(bytes).toString('utf16le'));
      return (little ?? ifReadable(Buffer.from(bytes).swap16().toString('utf16le')))?.replace(/^\ufeff/, '');
    },
  ],
  ['text-hex', 'the plaintext was converted to hex before it was encrypted', inner(/^(?:[0-9a-f]{2}){8,}$/i, 'hex')],
  ['text-base64', 'the plaintext was encoded in Base64 before it was encrypted', inner(/^[\w+/-]{8,}=*$/, 'base64')],
  [
    'text-url-encoded',
    'the plaintext was URL-encoded before it was encrypted',
    (bytes) => {
      const text = utf8(bytes);
      const decoded = text === undefined ? undefined : urlDecoded(text);
      return decoded === text ? undefined : decoded;
    },
  ],
];

/** The plaintext encoded in another form before it was encrypted. */
export const textRows: readonly CipherRow[] = texts.map(([id, says, text]) =>
  cipherRow(id, says, 'encrypt the UTF-8 bytes of the plaintext itself', { text }),
);

function without(filler: number): CipherRecipe['unpad'] {
  return (bytes) => {
    const end = bytes.findLastIndex((byte) => byte !== filler) + 1;
    return end < bytes.length && end >= leastText ? bytes.subarray(0, end) : undefined;
  };
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

/** Bytes as a text, to use as a key of a map. */
export function latin1({ buffer, byteOffset, length }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, length).toString('latin1');
}

/** Caches decryption, which is slow; many recipes differ only in later steps. */
function remembered(mode: Mode, capacity = 10_000): Mode {
  const known = new Map<string, Uint8Array | undefined>();
  return (key, iv, bytes) => {
    if (!keyBytes.includes(key.length)) return undefined;
    const name = [key, iv, bytes].map(latin1).join('\n');
    if (known.size >= capacity) known.clear();
    if (!known.has(name)) known.set(name, mode(key, iv, bytes));
    return known.get(name);
  };
}

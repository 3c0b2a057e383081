import { hash } from 'node:crypto';
import { unwrapped } from '../wrappings.ts';
import { blockBytes, type CipherRecipe, type CipherRow, cipherRow } from './recipe.ts';

/** Rows about the encoding of the text, and about extra bytes in it. */

const fix = 'send standard Base64 (RFC 4648 section 4) with padding, on one line';

/** Bytes of canonical Base64 (RFC 4648 section 4: standard alphabet, padded, one line, no stray bits), or undefined. */
export function base64Strict(text: string): Uint8Array | undefined {
  const bytes = Buffer.from(text, 'base64');
  return text !== '' && bytes.toString('base64') === text ? bytes : undefined;
}

const decoders: readonly (readonly [id: string, says: string, decode: (text: string) => Uint8Array | undefined])[] = [
  [
    'unpadded',
    'the Base64 text has no padding (=)',
    (text) => (/[=_-]/.test(text) ? undefined : base64Strict(padded(text))),
  ],
  [
    'url-safe',
    'it is in Base64url, with - and _',
    (text) => (/[_-]/.test(text) ? base64Strict(padded(text.replaceAll('-', '+').replaceAll('_', '/'))) : undefined),
  ],
  ['hex', 'it is in hex', hex],
  ['base64-twice', 'it was encoded in Base64 twice', (text) => base64Strict(inside(text).trim())],
  ['base64-of-hex', 'it is Base64 of hex digits', (text) => hex(inside(text))],
  [
    'stray-bits',
    'the last character of the Base64 text has unused bits that are not zero: the text was changed or cut off',
    (text) => (/^[A-Za-z0-9+/]+={0,2}$/.test(text) && text.length % 4 === 0 ? Buffer.from(text, 'base64') : undefined),
  ],
];

/** Forms other than padded standard Base64 on one line; only those in which the text can be decoded. */
export function encodingRows(text: string): readonly CipherRow[] {
  const inner = unwrapped(text, 'the Base64 text');
  const texts = [text, ...inner.map((found) => found.inner)];
  return [
    ...inner.map(({ id, says, inner: given }) => cipherRow(id, says, fix, { given })),
    ...decoders
      .filter(([, , decode]) => texts.some((given) => decodesDifferently(decode(given), base64Strict(given))))
      .map(([id, says, decode]) => cipherRow(id, says, fix, { decode })),
  ];
}

/** Decodes a text in the most likely form; undefined if no form fits. */
export function likelyBytes(text: string): Uint8Array | undefined {
  const texts = [text, ...unwrapped(text, '').map(({ inner }) => inner)];
  const decodes = [base64Strict, ...decoders.map(([, , decode]) => decode)];
  return decodes.flatMap((decode) => texts.map(decode)).find((bytes) => bytes !== undefined);
}

/** An IV that is sent with the ciphertext. */
export const layoutRows: readonly CipherRow[] = [
  layoutRow('iv-prepended', 'the IV was sent in front of the ciphertext', (bytes) => ({
    iv: bytes.subarray(0, blockBytes),
    bytes: bytes.subarray(blockBytes),
  })),
  layoutRow('iv-appended', 'the IV was sent after the ciphertext', (bytes) => ({
    iv: bytes.subarray(-blockBytes),
    bytes: bytes.subarray(0, -blockBytes),
  })),
];

/**
 * OpenSSL's format, which CryptoJS writes if the key is a string: `Salted__`, a salt, then AES-256-CBC with a key and an IV
 * that MD5 derives from the string. Source: OpenSSL, EVP_BytesToKey.
 */
export const saltedRow: CipherRow = cipherRow(
  'openssl-salted',
  'PS was used as a passphrase (the text starts with "Salted__"); CryptoJS does this if the key is a string',
  'use the 16 characters of PS as the 16 bytes of the key (in CryptoJS: CryptoJS.enc.Utf8.parse(ps); the same for the IV)',
  {
    layout: (bytes, passphrase) => {
      if (Buffer.from(bytes.subarray(0, 8)).toString('latin1') !== 'Salted__') return undefined;
      const hashes: Buffer[] = [];
      while (hashes.length < 3) {
        const next = Buffer.concat([hashes.at(-1) ?? Buffer.alloc(0), passphrase, bytes.subarray(8, 16)]);
        hashes.push(hash('md5', next, 'buffer'));
      }
      const derived = Buffer.concat(hashes);
      return { bytes: bytes.subarray(16), key: derived.subarray(0, 32), iv: derived.subarray(32, 48) };
    },
  },
);

function layoutRow(id: string, says: string, layout: CipherRecipe['layout']): CipherRow {
  return cipherRow(id, says, 'send only the ciphertext; the IV is sent in random', {
    layout: (bytes, key) => (bytes.length > blockBytes ? layout(bytes, key) : undefined),
  });
}

function decodesDifferently(bytes: Uint8Array | undefined, expected: Uint8Array | undefined): boolean {
  return bytes !== undefined && (expected === undefined || Buffer.compare(bytes, expected) !== 0);
}

function inside(text: string): string {
  return Buffer.from(base64Strict(text) ?? []).toString('latin1');
}

function padded(text: string): string {
  const bare = text.replace(/=+$/, '');
  return bare.padEnd(Math.ceil(bare.length / 4) * 4, '=');
}

function hex(text: string): Uint8Array | undefined {
  return /^(?:[0-9a-f]{32})+$/i.test(text) ? Buffer.from(text, 'hex') : undefined;
}

import { hmac } from '@noble/hashes/hmac.js';
import { md5, ripemd160, sha1 } from '@noble/hashes/legacy.js';
import { sha224, sha256, sha384, sha512, sha512_256 } from '@noble/hashes/sha2.js';
import { keccak_256, sha3_256 } from '@noble/hashes/sha3.js';
import type { CHash } from '@noble/hashes/utils.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { SignatureRecipe, SignatureRow } from './recipe.ts';
import { row } from './recipe.ts';

const fix = 'hash once with plain SHA-256';
const noKey = 'hash with plain SHA-256: userDomainSecret is the end of the text, not a key';

const plain: readonly (readonly [id: string, name: string, hash: CHash])[] = [
  ['md5', 'MD5', md5],
  ['sha1', 'SHA-1', sha1],
  ['sha512', 'SHA-512', sha512],
  ['sha384', 'SHA-384', sha384],
  ['sha224', 'SHA-224', sha224],
  ['sha512-256', 'SHA-512/256', sha512_256],
  ['sha3-256', 'SHA3-256', sha3_256],
  ['keccak-256', 'Keccak-256', keccak_256],
  ['ripemd160', 'RIPEMD-160', ripemd160],
];

const keyed: readonly (readonly [id: string, name: string, hash: CHash])[] = [
  ['hmac-sha256', 'HMAC-SHA256', sha256],
  ['hmac-sha1', 'HMAC-SHA1', sha1],
  ['hmac-md5', 'HMAC-MD5', md5],
  ['hmac-sha512', 'HMAC-SHA512', sha512],
];

const withoutSecret: Pick<SignatureRecipe, 'place'> = { place: (fields) => fields };

/** Another digest than SHA-256, or SHA-256 with a key or twice. */
export const digestRows: readonly SignatureRow[] = [
  ...keyed.map(([id, name, hash]) =>
    row(id, `${name} keyed with userDomainSecret was used`, noKey, {
      ...withoutSecret,
      digest: (message, secret) => hmac(hash, utf8ToBytes(secret), message),
    }),
  ),
  ...plain.map(([id, name, hash]) =>
    row(id, `${name} was used in place of SHA-256`, fix, { digest: (message) => hash(message) }),
  ),
  row('double-sha256', 'SHA-256 was applied twice, to the hex digits of the first digest', fix, {
    digest: (message) => sha256(utf8ToBytes(bytesToHex(sha256(message)))),
  }),
  row('double-sha256', 'SHA-256 was applied twice, to the bytes of the first digest', fix, {
    digest: (message) => sha256(sha256(message)),
  }),
  row('sha256-of-md5', 'SHA-256 was applied to the hex digits of an MD5', fix, {
    digest: (message) => sha256(utf8ToBytes(bytesToHex(md5(message)))),
  }),
  row('md5-of-sha256', 'MD5 was applied to the hex digits of the SHA-256', fix, {
    digest: (message) => md5(utf8ToBytes(bytesToHex(sha256(message)))),
  }),
  row('hmac-swapped', 'HMAC-SHA256 was used with the fields as key and userDomainSecret as text', noKey, {
    ...withoutSecret,
    digest: (message, secret) => hmac(sha256, message, utf8ToBytes(secret)),
  }),
  ...keyed.map(([id, name, hash]) =>
    row(id, `${name} keyed with userDomainSecret was used, over a text that ends with it as well`, noKey, {
      digest: (message, secret) => hmac(hash, utf8ToBytes(secret), message),
    }),
  ),
];

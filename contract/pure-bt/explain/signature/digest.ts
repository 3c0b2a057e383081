import { createHmac, getHashes, hash } from 'node:crypto';
import type * as Sha3 from '@noble/hashes/sha3.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { loadLater } from '../../../../spec/load-later.ts';
import { unwrapped } from '../wrappings.ts';
import { type SignatureRecipe, type SignatureRow, signatureRow } from './recipe.ts';

/** Rows about the digest of the text, and how the digest is written. */

const sha3 = loadLater<typeof Sha3>('@noble/hashes/sha3.js');

const keyFix = 'hash with plain SHA-256: userDomainSecret is the end of the text, not a key';
/** What to send if a signature has another form. */
export const hexFix = 'send the SHA-256 digest as 64 hex digits in lower case';
const bytesFix = `${hexFix}: two digits for each byte, 05 for the byte 5`;
const shortestCut = 8;

/** Digests, with the names that node:crypto uses; what this Node does not have is left out. */
const available = new Set(getHashes());
const known: readonly (readonly [algorithm: string, name: string])[] = [
  ['md5', 'MD5'],
  ['sha1', 'SHA-1'],
  ['sha512', 'SHA-512'],
  ['sha384', 'SHA-384'],
  ['sha224', 'SHA-224'],
  ['sha512-256', 'SHA-512/256'],
  ['sha3-256', 'SHA3-256'],
  ['ripemd160', 'RIPEMD-160'],
  ['sm3', 'SM3'],
];
const plain = known.filter(([algorithm]) => available.has(algorithm));

const keyed = ['sha256', 'sha1', 'md5', 'sha512'];
const withoutSecret: Pick<SignatureRecipe, 'place'> = { place: (fields) => fields };

/** A digest that is not SHA-256, or SHA-256 with a key or applied twice. */
export const digestRows: readonly SignatureRow[] = [
  ...keyed.map((algorithm) => hmacRow(algorithm, '', withoutSecret)),
  ...plain.map(([algorithm, name]) =>
    digestRow(algorithm, `${name} was used instead of SHA-256`, (message) => hash(algorithm, message)),
  ),
  // Node 24 has no Keccak, Node 26 does.
  digestRow('keccak-256', 'Keccak-256 was used instead of SHA-256', (message) =>
    bytesToHex(sha3().keccak_256(Buffer.from(message))),
  ),
  digestRow('double-sha256', 'SHA-256 was applied twice, to the hex digits of the first digest', (message) =>
    hash('sha256', hash('sha256', message)),
  ),
  digestRow('double-sha256', 'SHA-256 was applied twice, to the bytes of the first digest', (message) =>
    hash('sha256', hash('sha256', message, 'buffer')),
  ),
  digestRow('sha256-of-md5', 'SHA-256 was applied to the hex digits of an MD5', (message) =>
    hash('sha256', hash('md5', message)),
  ),
  digestRow('md5-of-sha256', 'MD5 was applied to the hex digits of the SHA-256', (message) =>
    hash('md5', hash('sha256', message)),
  ),
  signatureRow('hmac-swapped', 'HMAC-SHA256 was used with the fields as key and userDomainSecret as text', keyFix, {
    ...withoutSecret,
    digest: (message, secret) => createHmac('sha256', message).update(secret).digest('hex'),
  }),
  ...keyed.map((algorithm) => hmacRow(algorithm, ', and the text ends with it too', {})),
];

function digestRow(id: string, says: string, digest: SignatureRecipe['digest']): SignatureRow {
  return signatureRow(id, says, 'hash once with plain SHA-256', { digest });
}

/** HMAC-SHA256 with PS as key; PS is in no signature. */
export function psRows(ps: string | undefined): readonly SignatureRow[] {
  if (ps === undefined) return [];
  const says = 'HMAC-SHA256 with PS as key was used';
  const digest: SignatureRecipe['digest'] = (message) => createHmac('sha256', ps).update(message).digest('hex');
  return [
    signatureRow('hmac-ps', `${says}, without userDomainSecret`, keyFix, { ...withoutSecret, digest }),
    signatureRow('hmac-ps', `${says}, over the text to sign`, keyFix, { digest }),
  ];
}

/** userDomainSecret decoded to bytes, which are not text: they are the end of the text to sign, or the key of an HMAC. */
export const decodedSecretRows: readonly SignatureRow[] = (['base64', 'hex'] as const).flatMap((encoding) => {
  // What is not in this encoding has no bytes; then no signature matches.
  const canBe = encoding === 'hex' ? /^(?:[0-9a-f]{2})+$/i : /^[\w+/=-]+$/;
  const decoded = (secret: string): Buffer => Buffer.from(canBe.test(secret) ? secret : '', encoding);
  const orNone = (secret: string, made: string): string => (decoded(secret).length === 0 ? '' : made);
  const name = encoding === 'hex' ? 'hex' : 'Base64';
  const fix = 'use the characters of userDomainSecret as they are';
  return [
    signatureRow(`secret-${encoding}-decoded`, `userDomainSecret was decoded from ${name} before it was used`, fix, {
      ...withoutSecret,
      digest: (message, secret) =>
        orNone(secret, hash('sha256', Buffer.concat([Buffer.from(message), decoded(secret)]))),
    }),
    signatureRow(
      `hmac-sha256-secret-${encoding}-decoded`,
      `HMAC-SHA256 was used, with userDomainSecret decoded from ${name} as key`,
      keyFix,
      {
        ...withoutSecret,
        digest: (message, secret) =>
          orNone(secret, createHmac('sha256', decoded(secret)).update(message).digest('hex')),
      },
    ),
  ];
});

function hmacRow(algorithm: string, more: string, change: Partial<SignatureRecipe>): SignatureRow {
  const says = `HMAC-${algorithm.toUpperCase()} with userDomainSecret as key was used${more}`;
  return signatureRow(`hmac-${algorithm}`, says, keyFix, {
    ...change,
    digest: (message, secret) => createHmac(algorithm, secret).update(message).digest('hex'),
  });
}

const encodingRows: readonly SignatureRow[] = [
  encodingRow('upper-case', 'the hex digits are in upper case', (hex) => hex.toUpperCase()),
  encodingRow('base64', 'the digest is in Base64', base64),
  encodingRow('base64', 'the digest is in Base64 without padding', (hex) => base64(hex).replace(/=+$/, '')),
  encodingRow('base64url', 'the digest is in Base64url', (hex) => Buffer.from(hex, 'hex').toString('base64url')),
  encodingRow('base64url', 'the digest is in Base64url with padding', (hex) =>
    base64(hex).replaceAll('+', '-').replaceAll('/', '_'),
  ),
  encodingRow('base64-of-hex', 'the hex digits were encoded in Base64', (hex) => Buffer.from(hex).toString('base64')),
  encodingRow(
    'zeros-lost',
    'the leading zeros of the digest are missing: BigInteger.toString(16) drops them',
    (hex) => hex.replace(/^0+/, ''),
    bytesFix,
  ),
  encodingRow(
    'zeros-lost',
    'bytes below 16 have one hex digit: Integer.toHexString writes no leading zero',
    (hex) => hex.replace(/0(.)(?=(?:..)*$)/g, '$1'),
    bytesFix,
  ),
  encodingRow(
    'sign-extended',
    'bytes from 128 up have eight hex digits (ffffff…): they were read as signed numbers',
    (hex) => hex.replace(/[89a-f].(?=(?:..)*$)/g, 'ffffff$&'),
    bytesFix,
  ),
  encodingRow(
    'sign-extended',
    "the bytes were written with Java's Integer.toHexString: ffffff… from 128 up, and one digit below 16",
    (hex) => hex.replace(/(..)/g, (byte) => (byte >= '80' ? `ffffff${byte}` : byte.replace(/^0/, ''))),
    bytesFix,
  ),
];

function encodingRow(id: string, says: string, encode: SignatureRecipe['encode'], fix: string = hexFix): SignatureRow {
  return signatureRow(id, says, fix, { encode });
}

const lengthRows: readonly SignatureRow[] = [
  signatureRow('truncated', 'the signature is cut off: it is only the start of the digest', hexFix, {
    same: (made, given) => given.length >= shortestCut && given.length < made.length && made.startsWith(given),
  }),
  signatureRow('truncated', 'the signature is cut off: it is only a part of the digest', hexFix, {
    same: (made, given) => given.length >= 2 * shortestCut && given.length < made.length && made.includes(given),
  }),
  signatureRow('extended', 'there are extra characters after the signature', hexFix, {
    same: (made, given) => made.length >= 32 && given.length > made.length && given.startsWith(made),
  }),
];

/** Rows about how the signature that was sent is written. */
export function digitRows(given: string): readonly SignatureRow[] {
  return [
    ...unwrapped(given, 'the signature').map(({ id, says, inner }) =>
      signatureRow(wrappingIds[id] ?? id, says, 'send only the 64 hex digits', { given: inner }),
    ),
    // 64 lower-case digits can only be hex; trying the other forms would only take time.
    ...(/^[0-9a-f]{64}$/.test(given) ? [] : encodingRows),
    ...lengthRows,
  ];
}

const wrappingIds: Readonly<Record<string, string>> = {
  'line-breaks': 'whitespace',
  separated: 'separated-digits',
  'url-encoded': 'url-encoded-digits',
};

const digestNames: Readonly<Record<number, string>> = {
  32: 'MD5',
  40: 'SHA-1',
  56: 'SHA-224',
  96: 'SHA-384',
  128: 'SHA-512',
};

/** Describes a signature that is not 64 hex digits in lower case; undefined for one that is. */
export function describeShape(signature: string): string | undefined {
  if (/^[0-9a-f]{64}$/.test(signature)) return undefined;
  const { length } = signature;
  if (/^[\w+/-]{43}=?$/.test(signature)) return 'it looks like 32 bytes in Base64; expected 64 hex digits';
  if (!/^[0-9a-f]+$/i.test(signature)) return `it has ${length} characters and is not hex; expected 64 hex digits`;
  if (length === 64) return 'not all of its hex digits are in lower case';
  const digestName = digestNames[length];
  return `it has ${length} hex digits${digestName === undefined ? '' : `, the length of ${digestName}`}; expected 64`;
}

function base64(hex: string): string {
  return Buffer.from(hex, 'hex').toString('base64');
}

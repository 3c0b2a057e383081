import { bytesToHex } from '@noble/hashes/utils.js';
import { toBase64 } from '../../../../generators/crypto.ts';
import type { SignatureRow } from './recipe.ts';
import { row } from './recipe.ts';

const fix = 'send the digest as 64 hex digits in lower case';
const fullBytes = `${fix}: two for every byte, 0x05 as 05`;
const shortestCut = 8;

/** The digest written otherwise than in lower-case hex. */
const encodingRows: readonly SignatureRow[] = [
  row('upper-case', 'the hex digits are in upper case', fix, { encode: (digest) => bytesToHex(digest).toUpperCase() }),
  row('base64', 'the digest is in Base64', fix, { encode: toBase64 }),
  row('base64', 'the digest is in Base64 without padding', fix, {
    encode: (digest) => toBase64(digest).replace(/=+$/, ''),
  }),
  row('base64url', 'the digest is in Base64url', fix, { encode: base64url }),
  row('base64url', 'the digest is in Base64url with padding', fix, {
    encode: (digest) => base64url(digest).padEnd(Math.ceil(digest.length / 3) * 4, '='),
  }),
  row('base64-of-hex', 'the hex digits are in Base64 once more', fix, {
    encode: (digest) => Buffer.from(bytesToHex(digest)).toString('base64'),
  }),
  row('zeros-lost', 'leading zeros of the digest are lost, as BigInteger.toString(16) loses them', fullBytes, {
    encode: (digest) => bytesToHex(digest).replace(/^0+/, ''),
  }),
  row('zeros-lost', 'bytes below 16 have one digit, as Integer.toHexString writes them', fullBytes, {
    encode: (digest) => Array.from(digest, (byte) => byte.toString(16)).join(''),
  }),
  row('sign-extended', 'bytes from 128 have eight digits (ffffff…): they were taken as signed', fullBytes, {
    encode: (digest) =>
      Array.from(digest, (byte) => (byte > 127 ? 'ffffff' : '') + byte.toString(16).padStart(2, '0')).join(''),
  }),
];

const lengthRows: readonly SignatureRow[] = [
  row('truncated', 'the signature is cut: it is only the start of the digest', fix, {
    same: (made, given) => given.length >= shortestCut && given.length < made.length && made.startsWith(given),
  }),
  row('truncated', 'the signature is cut: it is only a part of the digest', fix, {
    same: (made, given) => given.length >= 2 * shortestCut && given.length < made.length && made.includes(given),
  }),
  row('extended', 'the signature is followed by something that does not belong to it', fix, {
    same: (made, given) => made.length >= 32 && given.length > made.length && given.startsWith(made),
  }),
];

/** Ways in which digits are wrapped, and how to unwrap them; each must change a signature to apply. */
const wrappings: readonly (readonly [id: string, says: string, unwrap: (given: string) => string])[] = [
  ['whitespace', 'there are spaces or line breaks around the signature', (given) => given.trim()],
  ['whitespace', 'there are spaces or line breaks in the signature', (given) => given.replace(/\s+/g, '')],
  ['hex-prefix', 'the signature starts with 0x', (given) => given.replace(/^0x/i, '')],
  ['quoted', 'there are quotes around the signature', (given) => given.replace(/^(["'])(.*)\1$/s, '$2')],
  [
    'named',
    'the name of the algorithm stands before the digits',
    (given) => given.replace(/^(?:hmac-?)?sha-?256\s*[:=\s]\s*/i, ''),
  ],
  ['separated-digits', 'the digits are separated', (given) => given.replace(/(?<=^[0-9a-f:\s-]*)[:\s-]/gi, '')],
  ['url-encoded-digits', 'the signature is URL-encoded', percentDecoded],
  ['invisible', 'there are invisible characters in the signature', (given) => given.replace(/[\p{Cc}\p{Cf}]/gu, '')],
];

/** What may have been done to the digits of the signature that was sent. */
export function digitRows(given: string): readonly SignatureRow[] {
  const unwrapped = wrappings
    .map(([id, says, unwrap]) => ({ id, says, inner: unwrap(given) }))
    .filter(({ inner }) => inner !== given)
    .map(({ id, says, inner }) => row(id, says, 'send the 64 hex digits and nothing else', { given: inner }));
  // 64 digits in lower case are in no other form than hex; to try the others would only take time.
  const encodings = /^[0-9a-f]{64}$/.test(given) ? [] : encodingRows;
  return [...unwrapped, ...encodings, ...lengthRows];
}

function base64url(bytes: Uint8Array): string {
  return toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

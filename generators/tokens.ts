import { createPrivateKey, createPublicKey, createSign, generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';

/** Makes bad tokens from a good one. New signatures need a key from the caller. */

/** A JWT's three segments, still encoded. */
export type Jwt = { readonly header: string; readonly payload: string; readonly signature: string };

/** The segments of a token; missing segments are empty. */
export function splitJwt(token: string): Jwt {
  const [header = '', payload = '', signature = ''] = token.split('.');
  return { header, payload, signature };
}

/** Joins three segments to a token. */
export function joinJwt({ header, payload, signature }: Jwt): string {
  return `${header}.${payload}.${signature}`;
}

/** A segment's JSON object; empty if the segment is not JSON (an opaque token can still be tampered with). */
export function readSegment(segment: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(segment, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

/** A JSON object as a segment. */
export function writeSegment(value: Readonly<Record<string, unknown>>): string {
  return Buffer.from(JSON.stringify(value), 'utf8').toString('base64url');
}

/** The token with changed header fields and claims, and its original signature. */
export function tamperedJwt(
  token: string,
  changes: { readonly header?: Record<string, unknown>; readonly claims?: Record<string, unknown> },
): string {
  const { header, payload, signature } = splitJwt(token);
  return joinJwt({
    header: changes.header ? writeSegment({ ...readSegment(header), ...changes.header }) : header,
    payload: changes.claims ? writeSegment({ ...readSegment(payload), ...changes.claims }) : payload,
    signature,
  });
}

/** The token with changed claims and header fields, signed with RS256 by the given key (PEM). */
export function signedJwt(
  token: string,
  privateKeyPem: string,
  claims: Record<string, unknown> = {},
  fields: Record<string, unknown> = {},
): string {
  const { header, payload } = splitJwt(token);
  const start = Object.keys(fields).length === 0 ? header : writeSegment({ ...readSegment(header), ...fields });
  const unsigned = `${start}.${writeSegment({ ...readSegment(payload), ...claims })}`;
  const signature = createSign('RSA-SHA256').update(unsigned).sign(createPrivateKey(privateKeyPem));
  return `${unsigned}.${signature.toString('base64url')}`;
}

/** The public half of a private key (PEM) as a JWK (RFC 7517). */
export function publicJwk(privateKeyPem: string): Record<string, unknown> {
  return { ...createPublicKey(createPrivateKey(privateKeyPem)).export({ format: 'jwk' }) };
}

/** The token's claims signed with HS256; the platform's public key (PEM) is the shared secret. */
export function hs256Jwt(token: string, publicKeyPem: string): string {
  const { header, payload } = splitJwt(token);
  const unsigned = `${writeSegment({ ...readSegment(header), alg: 'HS256' })}.${payload}`;
  const mac = hmac(sha256, utf8ToBytes(publicKeyPem), utf8ToBytes(unsigned));
  return `${unsigned}.${Buffer.from(mac).toString('base64url')}`;
}

/** A new RSA private key (PEM) that no platform knows, to forge tokens with. */
export async function foreignKeyPem(): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return privateKey;
}

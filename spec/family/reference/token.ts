import { generateKeyPair, type KeyObject, sign, verify } from 'node:crypto';
import { promisify } from 'node:util';

/** The claims of a token. Source: the example in the access guide. */
export type Claims = {
  readonly iss: string;
  readonly aud: string;
  readonly sub: string;
  readonly uid: string;
  readonly jti: string;
  readonly iat: number;
  readonly nbf: number;
  readonly exp: number;
  readonly type: string;
};

/** The platform's key pair: the only one that makes valid access tokens. */
export type TokenKey = { readonly privateKey: KeyObject; readonly publicKey: KeyObject };

/** A new RSA key; `modulusLength` in bits. */
export async function generateTokenKey(modulusLength = 2048): Promise<TokenKey> {
  return promisify(generateKeyPair)('rsa', { modulusLength });
}

let embedded: Promise<TokenKey> | undefined;

/**
 * One key for all servers inside this process. It has only 1024 bits: its tokens are useless after the process ends, a run
 * signs a thousand of them, and 2048 bits take five times as long.
 */
export function embeddedTokenKey(): Promise<TokenKey> {
  embedded ??= generateTokenKey(1024);
  return embedded;
}

/** The claims of a valid access token for a user; it expires two `hour`s after `now` (seconds). */
export function accessClaims(uid: string, jti: string, now: number, hour = 3600): Claims {
  return {
    iss: 'enduser',
    aud: 'Audience',
    sub: 'subject',
    uid,
    jti,
    iat: now,
    nbf: now - 120,
    exp: now + 2 * hour,
    type: 'AccessToken',
  };
}

/** A token with these claims, signed with RS256. */
export function issueToken(claims: Claims, { privateKey }: TokenKey): string {
  const unsigned = `${segment({ typ: 'JWT', alg: 'RS256' })}.${segment(claims)}`;
  return `${unsigned}.${sign('RSA-SHA256', Buffer.from(unsigned), privateKey).toString('base64url')}`;
}

/** Whether the claims are those of an access token that is valid at `now` (seconds). */
export function claimsHold(claims: Claims, now: number): boolean {
  return (
    claims.iss === 'enduser' &&
    claims.aud === 'Audience' &&
    claims.type === 'AccessToken' &&
    claims.nbf <= now &&
    now < claims.exp
  );
}

/** The parts of a token; nothing is verified yet. */
export type ParsedToken = {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Claims;
  /** What the signature covers. */
  readonly signed: string;
  readonly signature: Buffer;
};

/** Parses a JWT: three segments in canonical Base64url; header and claims are JSON objects. Undefined for anything else. */
export function parseToken(token: string): ParsedToken | undefined {
  const segments = token.split('.');
  const [header, payload, signature] = segments.map(strictBase64url);
  if (segments.length !== 3 || header === undefined || payload === undefined || signature === undefined) {
    return undefined;
  }
  const [fields, claims] = [parseObject(header), parseObject(payload)];
  if (fields === undefined || claims === undefined) return undefined;
  const signed = token.slice(0, token.lastIndexOf('.'));
  return { header: fields, claims: claims as unknown as Claims, signed, signature };
}

/** Whether the key signed a token with RS256. */
export function tokenIsSigned({ header, signed, signature }: ParsedToken, { publicKey }: TokenKey): boolean {
  // The server accepts only its own algorithm, even if a token names another one and its signature matches.
  return header['alg'] === 'RS256' && verify('RSA-SHA256', Buffer.from(signed), publicKey, signature);
}

/**
 * A reader of signed tokens with a cache, because verifying RS256 takes 18 µs each time. Parsing and verifying are parts
 * of the server's behaviour.
 */
export function cachedTokenReader(
  reading: { readonly parseToken: typeof parseToken; readonly tokenIsSigned: typeof tokenIsSigned },
  key: TokenKey,
  capacity = 10_000,
): (token: string) => Claims | undefined {
  const known = new Map<string, Claims>();
  return (token) => {
    const remembered = known.get(token);
    if (remembered !== undefined) return remembered;
    const parsed = reading.parseToken(token);
    if (parsed === undefined || !reading.tokenIsSigned(parsed, key)) return undefined;
    if (known.size >= capacity) known.delete(known.keys().next().value ?? '');
    known.set(token, parsed.claims);
    return parsed.claims;
  };
}

/** The public key as PEM. */
export function publicKeyPem({ publicKey }: TokenKey): string {
  return publicKey.export({ type: 'spki', format: 'pem' }).toString();
}

function segment(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** The bytes of canonical Base64url (RFC 4648 section 5: no padding, unused bits zero), or undefined. */
function strictBase64url(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : undefined;
}

function parseObject(bytes: Buffer): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

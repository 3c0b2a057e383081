import { definedOnly } from '../../spec/defined-only.ts';
import type { TokenKeys } from '../request.ts';
import {
  hs256Jwt,
  joinJwt,
  publicJwk,
  readSegment,
  signedJwt,
  splitJwt,
  tamperedJwt,
  writeSegment,
} from '../tokens.ts';
import { replaceMiddle } from './tamper.ts';

/** A way to send no valid access token. */
export type TokenWay = {
  readonly name: string;
  /** Completes "refuses …". */
  readonly title: string;
  /** What the Authorization header has, or may be read to have: no token, or a bad one; the better reading first. */
  readonly is: readonly ('missing' | 'bad')[];
  /** Changes the Authorization header; undefined removes it. */
  readonly change: (authorization: string, keys: TokenKeys) => string | undefined;
  readonly needs?: keyof TokenKeys;
};

const twoHours = 7200;

/** Every way, for any operation of the family: 5106 if there is no token, 5032 if the token is not a valid access token. */
export const tokenWays: readonly TokenWay[] = [
  header(['missing'], 'missing', 'a request without a token', () => undefined),
  header(['missing'], 'blank', 'a blank Authorization header', () => ''),
  header(['missing', 'bad'], 'bearer-only', 'Bearer with nothing after it', () => 'Bearer'),
  header(['bad', 'missing'], 'other-scheme', 'a token with another scheme', () => 'Basic dXNlcjpwYXNzd29yZA=='),
  header(['bad', 'missing'], 'good-under-other-scheme', 'a good token with another scheme', (good) =>
    good.replace('Bearer', 'Basic'),
  ),
  header(['bad'], 'not-a-jwt', 'a token that is not a JWT', () => 'Bearer not-a-token'),
  jwt('truncated', 'a truncated token', (jwt) => jwt.slice(0, -20)),
  jwt('two-segments', 'a token without its signature segment', (jwt) => jwt.split('.').slice(0, 2).join('.')),
  jwt('four-segments', 'a token with a fourth segment', (jwt) => `${jwt}.${splitJwt(jwt).signature}`),
  jwt('empty-signature', 'a token with an empty signature', (jwt) => joinJwt({ ...splitJwt(jwt), signature: '' })),
  jwt('tampered-signature', 'a token with a changed signature', (jwt) => {
    const parts = splitJwt(jwt);
    return joinJwt({ ...parts, signature: replaceMiddle(parts.signature) });
  }),
  jwt('tampered-user', 'a token with a changed uid', (jwt) =>
    tamperedJwt(jwt, { claims: { uid: `${String(readSegment(splitJwt(jwt).payload)['uid'] ?? 'user')}1` } }),
  ),
  jwt('tampered-expiry', 'a token with a later expiry time', (jwt) => {
    const expiry = Number(readSegment(splitJwt(jwt).payload)['exp'] ?? 0);
    return tamperedJwt(jwt, { claims: { exp: expiry + twoHours } });
  }),
  jwt('payload-not-json', 'a token with a payload that is not JSON', (jwt) =>
    joinJwt({ ...splitJwt(jwt), payload: Buffer.from('claims').toString('base64url') }),
  ),
  jwt('alg-none', 'an unsigned token (alg none)', (jwt) => unsigned(jwt, 'none')),
  jwt('alg-none-cased', 'an unsigned token (alg nOnE)', (jwt) => unsigned(jwt, 'nOnE')),
  jwt('alg-none-signed', 'a token with alg none and its old signature', (jwt) =>
    tamperedJwt(jwt, { header: { alg: 'none' } }),
  ),
  jwt('hs256-public-key', 'a token signed by HS256 with the public key', hs256Jwt, 'publicKeyPem'),
  jwt('extended', 'a token with one extra character', (jwt) => `${jwt}x`),
  jwt('tampered-header', 'a token with a changed header', (jwt) => tamperedJwt(jwt, { header: { kid: 'another' } })),
  jwt('hs256-empty-key', 'a token signed by HS256 with an empty key', (jwt) => hs256Jwt(jwt, '')),
  jwt(
    'embedded-key',
    'a token with its own key in the header',
    (jwt, key) => signedJwt(jwt, key, {}, { jwk: publicJwk(key) }),
    'foreignKeyPem',
  ),
  jwt('foreign-key', 'a token signed with an unknown key', (jwt, key) => signedJwt(jwt, key), 'foreignKeyPem'),
  issued('expired', 'an expired token', () => timesFrom(-2 * twoHours)),
  issued('not-yet-valid', 'a token that is not yet valid', () => timesFrom(twoHours)),
  issued('refresh', 'a refresh token', () => ({ type: 'RefreshToken' })),
  issued('wrong-audience', 'a token for another audience', () => ({ aud: 'Elsewhere' })),
];

/** The times of a token that is issued the given seconds from now and valid for two hours. */
function timesFrom(seconds: number): Record<string, number> {
  const iat = Math.floor(Date.now() / 1000) + seconds;
  return { iat, nbf: iat - 120, exp: iat + twoHours };
}

function unsigned(jwt: string, alg: string): string {
  const { header, payload } = splitJwt(jwt);
  return joinJwt({ header: writeSegment({ ...readSegment(header), alg }), payload, signature: '' });
}

function header(is: TokenWay['is'], name: string, title: string, change: TokenWay['change']): TokenWay {
  return { name, title, is, change };
}

function jwt(
  name: string,
  title: string,
  change: (jwt: string, keyPem: string) => string,
  needs?: keyof TokenKeys,
): TokenWay {
  const changed: TokenWay['change'] = (authorization, keys) => {
    const good = authorization.slice('Bearer '.length);
    const bad = change(good, (needs && keys[needs]) ?? '');
    // An opaque token has no segments to change, but must differ too.
    return `Bearer ${bad === good ? `${good}x` : bad}`;
  };
  return { ...header(['bad'], name, title, changed), ...definedOnly({ needs }) };
}

/** A token with other claims, which only the platform can sign. */
function issued(name: string, title: string, claims: () => Record<string, unknown>): TokenWay {
  return jwt(name, title, (jwt, key) => signedJwt(jwt, key, claims()), 'signingKeyPem');
}

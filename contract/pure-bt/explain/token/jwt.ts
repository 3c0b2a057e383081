import { readSegment } from '../../../../generators/tokens.ts';
import { plural } from '../../../../spec/plural.ts';
import { durationText } from '../../../duration-text.ts';
import { inert } from '../../../inert.ts';
import type { Finding } from '../explanation.ts';
import type { Known } from '../known.ts';
import { display } from '../known.ts';
import { tokenFinding } from './authorization.ts';

const askAgain = 'request a new access token';
const wholeToken = 'send the token as it was issued: header.payload.signature';
/** Seconds since 1970 have 10 digits until the year 2286. */
const firstMilliseconds = 1e11;
/** The lengths of an RSA signature in bytes, for the usual key sizes. */
const rsaBytes = [128, 256, 384, 512];

/** Mistakes in a token that are visible without a key. */
export function jwtFindings(known: Known, jwt: string): readonly Finding[] {
  if (/^\$|^\{\{|^%\w+%$/.test(jwt)) {
    const says = `the token is a variable that was not filled in: ${display(known, jwt, 40)}`;
    return [tokenFinding('placeholder', says, 'put the token in its place')];
  }
  const segments = jwt.split('.').filter((segment) => segment !== '');
  const [header = '', payload = '', signature = ''] = segments;
  if (segments.length !== 3) {
    return [tokenFinding('segments', `the token has ${plural(segments.length, 'segment')}, not three`, wholeToken)];
  }
  const unreadable = [header, payload].findIndex((segment) => Object.keys(readSegment(segment)).length === 0);
  if (unreadable >= 0) {
    const which = unreadable === 0 ? 'first' : 'second';
    const says = `the ${which} segment of the token is not a JSON object in Base64url`;
    return [tokenFinding('unreadable', says, wholeToken)];
  }
  return [...signingFindings(readSegment(header), signature), ...claimFindings(known, readSegment(payload))];
}

function signingFindings({ alg }: Record<string, unknown>, signature: string): readonly Finding[] {
  if (alg !== 'RS256') {
    const fix = `${askAgain}; the platform issues only RS256 tokens`;
    return [tokenFinding('algorithm', `alg is ${claimText(alg)}, not "RS256"`, fix)];
  }
  const { length } = Buffer.from(signature, 'base64url');
  if (rsaBytes.includes(length)) return [];
  const says = `the token's signature has ${length} bytes, but an RSA signature has ${rsaBytes.slice(0, -1).join(', ')} or ${rsaBytes.at(-1)}: the token was cut off`;
  return [tokenFinding('truncated', says, wholeToken)];
}

function claimFindings({ now }: Known, claims: Record<string, unknown>): readonly Finding[] {
  const { type, exp, nbf, aud, iss } = claims;
  const early = typeof nbf === 'number' && nbf > now && nbf < firstMilliseconds ? nbf - now : 0;
  return [
    type === 'RefreshToken' &&
      tokenFinding('refresh', 'it is a refresh token', 'send the access token that was issued with it'),
    type !== 'RefreshToken' &&
      type !== 'AccessToken' &&
      tokenFinding('type', `type is ${claimText(type)}, not "AccessToken"`, askAgain),
    expiryFinding(now, exp),
    early > 0 &&
      tokenFinding(
        'not-yet-valid',
        `it becomes valid in ${durationText(early)}`,
        'correct the clocks of the two machines',
      ),
    // A list of audiences is as good as one (RFC 7519, section 4.1.3).
    ![aud].flat().includes('Audience') &&
      tokenFinding('audience', `aud is ${claimText(aud)}, not "Audience"`, `${askAgain} for this API`),
    iss !== 'enduser' &&
      tokenFinding(
        'issuer',
        `iss is ${claimText(iss)}, not "enduser"`,
        `send the access token of an end user: its iss is "enduser"`,
      ),
  ].filter((finding) => finding !== false);
}

function expiryFinding(now: number, exp: unknown): Finding | false {
  if (typeof exp !== 'number') {
    return tokenFinding('no-expiry', `exp is ${claimText(exp)}, not a number of seconds`, askAgain);
  }
  if (exp > firstMilliseconds) {
    return tokenFinding('milliseconds', 'exp is in milliseconds, not seconds', 'write exp, nbf and iat in seconds');
  }
  return (
    exp <= now &&
    tokenFinding(
      'expired',
      `it expired ${durationText(now - exp)} ago`,
      'use the refresh token to get a new access token',
    )
  );
}

function claimText(claim: unknown): string {
  if (claim === undefined) return 'missing';
  return typeof claim === 'object' ? inert(JSON.stringify(claim), 40) : `"${inert(String(claim), 40)}"`;
}

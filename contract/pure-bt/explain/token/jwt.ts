import { readSegment } from '../../../../generators/tokens.ts';
import { plural } from '../../../../spec/plural.ts';
import { durationText } from '../../../duration-text.ts';
import { inert } from '../../../inert.ts';
import type { Finding } from '../explanation.ts';
import type { Known } from '../known.ts';
import { display } from '../known.ts';
import { tokenFinding } from './authorization.ts';

const askAgain = 'ask for a new access token';
const wholeToken = 'send the token as it was issued: header.payload.signature';
/** Seconds since 1970 have 10 digits until the year 2286. */
const firstMilliseconds = 1e11;
/** Bytes of an RSA signature, by the key sizes in use. */
const rsaBytes = [256, 384, 512];

/** What is wrong with a token that can be seen without a key. */
export function jwtFindings(known: Known, jwt: string): readonly Finding[] {
  if (/^\$|^\{\{|^%\w+%$/.test(jwt)) {
    const says = `the token is a variable that was not filled in: ${display(known, jwt, 40)}`;
    return [tokenFinding('placeholder', says, 'put the token itself in its place')];
  }
  const segments = jwt.split('.').filter((segment) => segment !== '');
  const [header = '', payload = '', signature = ''] = segments;
  if (segments.length !== 3) {
    return [tokenFinding('segments', `the token has ${plural(segments.length, 'segment')}, not three`, wholeToken)];
  }
  const unreadable = [header, payload].findIndex((segment) => Object.keys(readSegment(segment)).length === 0);
  if (unreadable >= 0) {
    const which = unreadable === 0 ? 'first' : 'second';
    const says = `the ${which} segment of the token is no JSON object in Base64url`;
    return [tokenFinding('unreadable', says, wholeToken)];
  }
  return [...signingFindings(readSegment(header), signature), ...claimFindings(known, readSegment(payload))];
}

function signingFindings({ alg }: Record<string, unknown>, signature: string): readonly Finding[] {
  if (alg !== 'RS256') {
    const fix = `${askAgain}; one of another algorithm was not issued by the platform`;
    return [tokenFinding('algorithm', `alg is ${claimText(alg)}, not "RS256"`, fix)];
  }
  const { length } = Buffer.from(signature, 'base64url');
  if (rsaBytes.includes(length)) return [];
  const says = `the token's signature has ${length} bytes, and RSA makes ${rsaBytes.join(', ')}: the token was cut`;
  return [tokenFinding('truncated', says, wholeToken)];
}

function claimFindings({ now }: Known, claims: Record<string, unknown>): readonly Finding[] {
  const { type, exp, nbf, aud, iss } = claims;
  const early = typeof nbf === 'number' && nbf > now && nbf < firstMilliseconds ? nbf - now : 0;
  return [
    type === 'RefreshToken' &&
      tokenFinding('refresh', 'it is a refresh token', 'send the access token that came with it'),
    type !== 'RefreshToken' &&
      type !== 'AccessToken' &&
      tokenFinding('type', `type is ${claimText(type)}, not "AccessToken"`, askAgain),
    expiryFinding(now, exp),
    early > 0 &&
      tokenFinding(
        'not-yet-valid',
        `it is valid only in ${durationText(early)}`,
        'set the clocks of the two machines right',
      ),
    aud !== 'Audience' &&
      tokenFinding('audience', `aud is ${claimText(aud)}, not "Audience"`, `${askAgain} for this API`),
    iss !== 'enduser' &&
      tokenFinding('issuer', `iss is ${claimText(iss)}, not "enduser"`, 'send the token of the user who binds'),
  ].filter((finding) => finding !== false);
}

function expiryFinding(now: number, exp: unknown): Finding | false {
  if (typeof exp !== 'number') {
    return tokenFinding('no-expiry', `exp is ${claimText(exp)}, not a number of seconds`, askAgain);
  }
  if (exp > firstMilliseconds) {
    return tokenFinding('milliseconds', 'exp is in milliseconds, not seconds', 'count exp, nbf and iat in seconds');
  }
  return (
    exp <= now &&
    tokenFinding('expired', `it expired ${durationText(now - exp)} ago`, `${askAgain}, with the refresh token`)
  );
}

function claimText(claim: unknown): string {
  if (claim === undefined) return 'missing';
  return typeof claim === 'string' ? `"${inert(claim, 40)}"` : `a ${typeof claim}`;
}

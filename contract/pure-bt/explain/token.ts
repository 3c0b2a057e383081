import { readSegment } from '../../../generators/tokens.ts';
import { plural } from '../../../spec/plural.ts';
import { durationText } from '../../duration-text.ts';
import { inert } from '../../inert.ts';
import { judgePart, mistake, mistakesIn, notChecked, note, type PartExplanation, type Remark } from './explanation.ts';
import { display, type Known } from './known.ts';
import { hasMask } from './masked.ts';

const headerFix = 'send the header "Authorization: Bearer <token>": the scheme once, one space, the token';
const askAgain = 'request a new access token';
const wholeToken = 'send the token as it was issued: header.payload.signature';
/** Seconds since 1970 have 10 digits until the year 2286. */
const firstMilliseconds = 1e11;
/** The lengths of an RSA signature in bytes, for the usual key sizes. */
const rsaBytes = [128, 256, 384, 512];

/** Checks the Authorization header and its JWT, which is only decoded. Source: status 5032 and 5106; access guide. */
export function explainToken(known: Known): PartExplanation<Remark> {
  const { headers, leavesOut, mayBeMasked } = known.request;
  if (headers === undefined) return notChecked('token', 'the request was given without headers');
  const { jwt, findings: around } = readAuthorization(headers);
  // The client may have sent what the file leaves out.
  if (leavesOut !== undefined && around.some(({ id }) => id === 'token/missing')) return notChecked('token', leavesOut);
  if (mayBeMasked === true && jwt !== undefined && hasMask(jwt)) {
    // An altered value may have lost what was around the token.
    const findings = jwt.includes(', altered:') ? [] : around;
    const verdict = mistakesIn(findings).length === 0 ? 'not-checked' : 'wrong';
    return { part: 'token', verdict, says: findings[0]?.says ?? `masked in this file: ${inert(jwt, 60)}`, findings };
  }
  const findings = jwt === undefined ? around : [...around, ...jwtFindings(known, jwt)];
  const { exp } = readSegment(jwt?.split('.')[1] ?? '');
  const valid = typeof exp === 'number' ? `, valid for another ${durationText(exp - known.now)}` : '';
  const right = `an RS256 access token${valid}; its signature was not verified: only the platform has the key`;
  const [first] = mistakesIn(findings);
  return { ...judgePart('token', findings, right), ...(first !== undefined && { says: first.says }) };
}

/** The token of a request, if it has one, and what is wrong with the Authorization header. */
function readAuthorization(headers: NonNullable<Known['request']['headers']>): {
  readonly jwt?: string;
  readonly findings: readonly Remark[];
} {
  const [first, ...others] = headers.filter(([name]) => name.toLowerCase() === 'authorization');
  if (first === undefined) {
    const [name] = headers.find(([, value]) => /^(?:bearer\s+)?eyJ[\w-]+\.[\w-]+\./i.test(value)) ?? [];
    const elsewhere = `the token is in the header "${inert(name ?? '', 40)}", not in Authorization`;
    return name === undefined
      ? { findings: [mistake('token/missing', 'there is no Authorization header (5106)', headerFix)] }
      : { findings: [mistake('token/other-header', elsewhere, headerFix)] };
  }
  const reading = readValue(first[1].trim());
  if (others.length === 0) return reading;
  const twice = mistake('token/twice', `there are ${others.length + 1} Authorization headers`, headerFix);
  return { ...reading, findings: [twice, ...reading.findings] };
}

function readValue(value: string): ReturnType<typeof readAuthorization> {
  if (value === '') {
    return { findings: [mistake('token/blank', 'the Authorization header is blank (5106)', headerFix)] };
  }
  const [, scheme = '', rest = ''] = /^(?:([A-Za-z]+)(?:[\s:]+|$))?(.*)$/s.exec(value) ?? [];
  if (!/^(?:bearer)?$/i.test(scheme)) {
    const says = `the scheme is "${inert(scheme, 20)}", not "Bearer"`;
    return { findings: [mistake('token/other-scheme', says, headerFix)] };
  }
  const token = rest.replace(/^(?:bearer[\s:]+)+/i, '');
  const jwt = token.replace(/^["'<]+|["'>]+$/g, '');
  const says = `the scheme is written "${scheme}"; some servers accept only "Bearer"`;
  const findings = [
    scheme === '' && mistake('token/no-bearer', '"Bearer " is missing before the token', headerFix),
    scheme !== '' && scheme !== 'Bearer' && note('token/bearer-case', says, headerFix),
    token !== rest && mistake('token/bearer-twice', '"Bearer" is written twice', headerFix),
    token === '' && mistake('token/bearer-only', 'there is no token after "Bearer" (5106 or 5032)', headerFix),
    jwt !== token && mistake('token/quoted', 'the token is in quotes or brackets', headerFix),
  ].filter((finding) => finding !== false);
  return token === '' ? { findings } : { jwt, findings };
}

/** Mistakes in a token that are visible without a key. */
function jwtFindings(known: Known, jwt: string): readonly Remark[] {
  if (/^\$|^\{\{|^%\w+%$/.test(jwt)) {
    const says = `the token is a variable that was not filled in: ${display(known, jwt, 40)}`;
    return [mistake('token/placeholder', says, 'put the token in its place')];
  }
  const segments = jwt.split('.').filter((segment) => segment !== '');
  const [header = '', payload = '', signature = ''] = segments;
  if (segments.length !== 3) {
    return [mistake('token/segments', `the token has ${plural(segments.length, 'segment')}, not three`, wholeToken)];
  }
  const unreadable = [header, payload].findIndex((segment) => Object.keys(readSegment(segment)).length === 0);
  if (unreadable >= 0) {
    const which = unreadable === 0 ? 'first' : 'second';
    const says = `the ${which} segment of the token is not a JSON object in Base64url`;
    return [mistake('token/unreadable', says, wholeToken)];
  }
  return [...signingFindings(readSegment(header), signature), ...claimFindings(known, readSegment(payload))];
}

function signingFindings({ alg }: Record<string, unknown>, signature: string): readonly Remark[] {
  if (alg !== 'RS256') {
    const fix = `${askAgain}; the platform issues only RS256 tokens`;
    return [mistake('token/algorithm', `alg is ${claimText(alg)}, not "RS256"`, fix)];
  }
  const { length } = Buffer.from(signature, 'base64url');
  if (rsaBytes.includes(length)) return [];
  const says = `the token's signature has ${length} bytes, but an RSA signature has ${rsaBytes.slice(0, -1).join(', ')} or ${rsaBytes.at(-1)}: the token was cut off`;
  return [mistake('token/truncated', says, wholeToken)];
}

function claimFindings({ now }: Known, claims: Record<string, unknown>): readonly Remark[] {
  const { type, exp, nbf, aud, iss } = claims;
  const early = typeof nbf === 'number' && nbf > now && nbf < firstMilliseconds ? nbf - now : 0;
  const userFix = 'send the access token of an end user: its iss is "enduser"';
  return [
    type === 'RefreshToken' &&
      mistake('token/refresh', 'it is a refresh token', 'send the access token that was issued with it'),
    type !== 'RefreshToken' &&
      type !== 'AccessToken' &&
      mistake('token/type', `type is ${claimText(type)}, not "AccessToken"`, askAgain),
    expiryFinding(now, exp),
    early > 0 &&
      mistake(
        'token/not-yet-valid',
        `it becomes valid in ${durationText(early)}`,
        'correct the clocks of the two machines',
      ),
    // A list of audiences is as good as one (RFC 7519, section 4.1.3).
    ![aud].flat().includes('Audience') &&
      mistake('token/audience', `aud is ${claimText(aud)}, not "Audience"`, `${askAgain} for this API`),
    iss !== 'enduser' && mistake('token/issuer', `iss is ${claimText(iss)}, not "enduser"`, userFix),
  ].filter((finding) => finding !== false);
}

function expiryFinding(now: number, exp: unknown): Remark | false {
  if (typeof exp !== 'number') {
    return mistake('token/no-expiry', `exp is ${claimText(exp)}, not a number of seconds`, askAgain);
  }
  if (exp > firstMilliseconds) {
    return mistake('token/milliseconds', 'exp is in milliseconds, not seconds', 'write exp, nbf and iat in seconds');
  }
  const expired = `it expired ${durationText(now - exp)} ago`;
  return exp <= now && mistake('token/expired', expired, 'use the refresh token to get a new access token');
}

function claimText(claim: unknown): string {
  if (claim === undefined) return 'missing';
  return typeof claim === 'object' ? inert(JSON.stringify(claim), 40) : `"${inert(String(claim), 40)}"`;
}

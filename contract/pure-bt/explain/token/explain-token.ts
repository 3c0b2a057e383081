import { readSegment } from '../../../../generators/tokens.ts';
import { durationText } from '../../../duration-text.ts';
import { inert } from '../../../inert.ts';
import type { PartExplanation } from '../explanation.ts';
import { decideVerdict } from '../explanation.ts';
import type { Known } from '../known.ts';
import { hasMask } from '../masked.ts';
import { readAuthorization } from './authorization.ts';
import { jwtFindings } from './jwt.ts';

/** Checks the Authorization header and its JWT, which is only decoded. Source: status 5032 and 5106; access guide. */
export function explainToken(known: Known): PartExplanation {
  const { headers, leavesOut, mayBeMasked } = known.request;
  if (headers === undefined) {
    return { part: 'token', verdict: 'not-checked', says: 'the request was given without headers', findings: [] };
  }
  const { jwt, findings: around } = readAuthorization(headers);
  // The client may have sent what the file leaves out.
  if (leavesOut !== undefined && around.some(({ id }) => id === 'token/missing')) {
    return { part: 'token', verdict: 'not-checked', says: leavesOut, findings: [] };
  }
  if (mayBeMasked === true && jwt !== undefined && hasMask(jwt)) {
    // An altered value may have lost what was around the token.
    const findings = jwt.includes(', altered:') ? [] : around;
    const verdict = decideVerdict(findings) === 'right' ? 'not-checked' : 'wrong';
    return { part: 'token', verdict, says: findings[0]?.says ?? `masked in this file: ${inert(jwt, 60)}`, findings };
  }
  const findings = jwt === undefined ? around : [...around, ...jwtFindings(known, jwt)];
  const { exp } = readSegment(jwt?.split('.')[1] ?? '');
  const valid = typeof exp === 'number' ? `, valid for another ${durationText(exp - known.now)}` : '';
  const says =
    findings.find(({ kind }) => kind !== 'note')?.says ??
    `an RS256 access token${valid}; its signature was not verified: only the platform has the key`;
  return { part: 'token', verdict: decideVerdict(findings), says, findings };
}

import { inert } from '../../../inert.ts';
import type { Finding } from '../explanation.ts';
import type { ReadRequest } from '../read-request/request-parts.ts';

/** The token of a request, if it has one, and what is wrong with the Authorization header. */
export type AuthorizationReading = { readonly jwt?: string; readonly findings: readonly Finding[] };

const fix = 'send the header "Authorization: Bearer <token>": the scheme once, one space, the token';

/** A finding about the token. */
export function tokenFinding(id: string, says: string, how: string, kind: Finding['kind'] = 'mistake'): Finding {
  return { part: 'token', id: `token/${id}`, kind, says, fix: how };
}

/** Reads the Authorization header of a request. */
export function readAuthorization(headers: NonNullable<ReadRequest['headers']>): AuthorizationReading {
  const [first, ...others] = headers.filter(([name]) => name.toLowerCase() === 'authorization');
  if (first === undefined) return { findings: [missing(headers)] };
  const reading = readValue(first[1].trim());
  if (others.length === 0) return reading;
  const twice = tokenFinding('twice', `there are ${others.length + 1} Authorization headers`, fix);
  return { ...reading, findings: [twice, ...reading.findings] };
}

function missing(headers: NonNullable<ReadRequest['headers']>): Finding {
  const [name] = headers.find(([, value]) => /^(?:bearer\s+)?eyJ[\w-]+\.[\w-]+\./i.test(value)) ?? [];
  if (name === undefined) return tokenFinding('missing', 'there is no Authorization header (5106)', fix);
  return tokenFinding('other-header', `the token is in the header "${inert(name, 40)}", not in Authorization`, fix);
}

function readValue(value: string): AuthorizationReading {
  if (value === '') return { findings: [tokenFinding('blank', 'the Authorization header is blank (5106)', fix)] };
  const [, scheme = '', rest = ''] = /^(?:([A-Za-z]+)(?:[\s:]+|$))?(.*)$/s.exec(value) ?? [];
  if (!/^(?:bearer)?$/i.test(scheme)) {
    return { findings: [tokenFinding('other-scheme', `the scheme is "${inert(scheme, 20)}", not "Bearer"`, fix)] };
  }
  const token = rest.replace(/^(?:bearer[\s:]+)+/i, '');
  const jwt = token.replace(/^["'<]+|["'>]+$/g, '');
  const says = `the scheme is written "${scheme}"; some servers accept only "Bearer"`;
  const findings = [
    scheme === '' && tokenFinding('no-bearer', '"Bearer " is missing before the token', fix),
    scheme !== '' && scheme !== 'Bearer' && tokenFinding('bearer-case', says, fix, 'note'),
    token !== rest && tokenFinding('bearer-twice', '"Bearer" is written twice', fix),
    token === '' && tokenFinding('bearer-only', 'there is no token after "Bearer" (5106 or 5032)', fix),
    jwt !== token && tokenFinding('quoted', 'the token is in quotes or brackets', fix),
  ].filter((finding) => finding !== false);
  return token === '' ? { findings } : { jwt, findings };
}

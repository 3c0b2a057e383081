import { inert } from '../../../inert.ts';
import type { Finding } from '../explanation.ts';
import { tokenFinding } from './finding.ts';

/** The token of a request, where there is one, and what is wrong with the header around it. */
export type AuthorizationReading = { readonly jwt?: string; readonly findings: readonly Finding[] };

type Headers = readonly (readonly [name: string, value: string])[];

const fix = 'send the header "Authorization: Bearer <token>": one scheme, one space, the token';

/** Reads the Authorization header of a request. */
export function readAuthorization(headers: Headers): AuthorizationReading {
  const [first, ...others] = headers.filter(([name]) => name.toLowerCase() === 'authorization');
  if (first === undefined) return { findings: [missing(headers)] };
  const reading = readValue(first[1].trim());
  if (others.length === 0) return reading;
  const twice = tokenFinding('twice', `there are ${others.length + 1} Authorization headers`, fix);
  return { ...reading, findings: [twice, ...reading.findings] };
}

function missing(headers: Headers): Finding {
  const [name] = headers.find(([, value]) => /^(?:bearer\s+)?eyJ[\w-]+\.[\w-]+\./i.test(value)) ?? [];
  if (name === undefined) return tokenFinding('missing', 'there is no Authorization header (5106)', fix);
  return tokenFinding('other-header', `the token is in the header "${inert(name, 40)}", not in Authorization`, fix);
}

function readValue(value: string): AuthorizationReading {
  if (value === '') return { findings: [tokenFinding('blank', 'the Authorization header is blank (5106)', fix)] };
  const [, scheme = '', rest = ''] = /^(?:([A-Za-z]+)(?:[\s:]+|$))?(.*)$/s.exec(value) ?? [];
  const findings: Finding[] = [];
  if (scheme === '') {
    findings.push(tokenFinding('no-bearer', 'the token stands without "Bearer " before it', fix));
  } else if (!/^bearer$/i.test(scheme)) {
    return { findings: [tokenFinding('other-scheme', `the scheme is "${inert(scheme, 20)}", not "Bearer"`, fix)] };
  } else if (scheme !== 'Bearer') {
    const says = `the scheme is written "${scheme}"; some servers take "Bearer" alone`;
    findings.push(tokenFinding('bearer-case', says, fix, 'note'));
  }
  const token = rest.replace(/^(?:bearer[\s:]+)+/i, '');
  if (token !== rest) findings.push(tokenFinding('bearer-twice', '"Bearer" stands there twice', fix));
  if (token === '') {
    return {
      findings: [...findings, tokenFinding('bearer-only', 'nothing stands after "Bearer" (5106 or 5032)', fix)],
    };
  }
  const jwt = token.replace(/^["'<]+|["'>]+$/g, '');
  if (jwt !== token) findings.push(tokenFinding('quoted', 'the token is in quotes or brackets', fix));
  return { jwt, findings };
}

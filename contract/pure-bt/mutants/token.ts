import type { Behaviour } from '../../../spec/pure-bt/reference/behaviour.ts';
import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import type { Decision } from '../../../spec/pure-bt/reference/decision.ts';
import type { ServedRequest } from '../../../spec/pure-bt/reference/reference.ts';
import type { Mutant } from '../../mutants/mutant.ts';
import { headerOf } from '../../mutants/wires.ts';
import { paths } from './paths.ts';

/** Where a token stands and what it claims (status 5032, 5106): an access token of this hour and audience, in its header. */
export const tokenMutants: readonly Mutant[] = [
  {
    id: 'token/blank-is-bad',
    breaks: 'takes a blank Authorization header for a bad token',
    killedBy: ['token/blank'],
    override: {
      token: (attempt, world) => (attempt.authorization === '' ? 'tokenBad' : correct.token(attempt, world)),
    },
  },
  claims('expired', 'does not look at exp', { exp: Number.POSITIVE_INFINITY }, 'token-state/expired'),
  {
    id: 'token/expired-today',
    breaks: 'takes a token for a day after it has expired',
    killedBy: ['token-state/expired'],
    override: { claimsHold: (given, now) => correct.claimsHold({ ...given, exp: given.exp + 86_400 }, now) },
  },
  claims('not-yet-valid', 'does not look at nbf', { nbf: 0 }, 'token-state/not-yet-valid'),
  claims('other-audience', 'does not look at aud', { aud: 'Audience' }, 'token-state/other-audience'),
  claims('refresh', 'does not look at the type of a token', { type: 'AccessToken' }, 'token-state/refresh'),
  trusting('encrypted', 'an encrypted bindingCode', paths.encrypted, 'token-state/expired/encrypted'),
  {
    id: 'token/any-scheme',
    breaks: 'does not look at the scheme of a token',
    killedBy: ['token/good-under-other-scheme'],
    wire: (handle) => (request) => handle(withToken(request, headerOf(request, 'authorization').split(' ')[1])),
  },
  {
    id: 'token/in-query',
    breaks: 'takes a token from the query where the header has none',
    killedBy: ['token/in-query'],
    wire: (handle) => (request) => {
      const given = new URLSearchParams(request.path.split('?')[1]).get('access_token');
      return handle(headerOf(request, 'authorization') === '' ? withToken(request, given) : request);
    },
  },
  {
    id: 'token/header-exact',
    breaks: 'knows the header as "authorization" alone',
    killedBy: ['transport/header-names-upper-case', 'transport/header-names-mixed-case'],
    wire: (handle) => (request) =>
      handle({
        ...request,
        headers: request.headers.filter(([name]) => name === 'authorization' || name.toLowerCase() !== 'authorization'),
      }),
  },
];

/** Claims that count as right, whatever the token says. */
function claims(name: string, breaks: string, right: object, killedBy: string): Mutant {
  const override: Partial<Behaviour> = { claimsHold: (given, now) => correct.claimsHold({ ...given, ...right }, now) };
  return { id: `token/${name}`, breaks, killedBy: [killedBy], override };
}

/** A server that looks at no claim but the uid on one path. */
function trusting(name: string, what: string, path: typeof paths.encrypted, killedBy: string): Mutant {
  const token: Decision = (attempt, world) => {
    if (!path(attempt)) return correct.token(attempt, world);
    const trusted = { ...attempt, behaviour: { ...attempt.behaviour, claimsHold: () => true } };
    const refusal = correct.token(trusted, world);
    Object.assign(attempt, { user: trusted.user, domainSecret: trusted.domainSecret });
    return refusal;
  };
  return {
    id: `token/claims-trusted-${name}`,
    breaks: `looks at no claim beside ${what}`,
    killedBy: [killedBy],
    override: { token },
  };
}

function withToken(request: ServedRequest, token: string | null | undefined): ServedRequest {
  if (!token) return request;
  const headers = request.headers.filter(([name]) => name.toLowerCase() !== 'authorization');
  return { ...request, headers: [...headers, ['authorization', `Bearer ${token}`]] };
}

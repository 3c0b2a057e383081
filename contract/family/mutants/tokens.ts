import type { Claims } from '../../../spec/family/reference/token.ts';
import type { Wire } from '../../../spec/http.ts';
import { requestHeader } from '../../mutants/operators.ts';
import type { Bench, Mutant } from './server.ts';
import { changed, wired } from './server.ts';

/** Servers that accept tokens which are not valid access tokens. */
export function tokenMutants(bench: Bench): readonly Mutant[] {
  const { correct } = bench;
  const valid = (claims: Claims, now: number): Claims => ({
    ...claims,
    iss: 'enduser',
    aud: 'Audience',
    type: 'AccessToken',
    nbf: now - 1,
    exp: now + 1,
  });
  const ignoring = (...names: readonly (keyof Claims)[]) => ({
    claimsHold: (claims: Claims, now: number) => {
      const good = valid(claims, now);
      return correct.claimsHold({ ...claims, ...Object.fromEntries(names.map((name) => [name, good[name]])) }, now);
    },
  });
  return [
    ...changed(bench, 'token/expired', 'accepts an expired token', 'state/an-expired-token', ignoring('exp')),
    ...changed(bench, 'token/refresh', 'accepts a refresh token', 'state/a-refresh-token', ignoring('type')),
    ...changed(
      bench,
      'token/early',
      'accepts a token that is not yet valid',
      'state/a-token-not-yet-valid',
      ignoring('nbf'),
    ),
    ...changed(
      bench,
      'token/audience',
      'accepts a token for another audience',
      'state/a-token-for-another-audience',
      ignoring('aud'),
    ),
    ...changed(bench, 'token/unsigned', 'does not verify the signature of a token', 'token/tampered-expiry', {
      tokenIsSigned: () => true,
    }),
    ...changed(bench, 'token/alg-none', 'accepts tokens with alg none', 'token/alg-none', {
      tokenIsSigned: (token, key) => token.header['alg'] === 'none' || correct.tokenIsSigned(token, key),
    }),
    ...changed(bench, 'token/header-unsigned', 'does not verify the header of a token', 'token/tampered-header', {
      tokenIsSigned: (token, key) => Object.hasOwn(token.header, 'kid') || correct.tokenIsSigned(token, key),
    }),
    ...changed(bench, 'token/four-segments', 'ignores a fourth segment of a token', 'token/four-segments', {
      parseToken: (token) => correct.parseToken(token.split('.').slice(0, 3).join('.')),
    }),
    ...changed(bench, 'token/extended', 'ignores the end of a token', 'token/extended', {
      parseToken: (token) => correct.parseToken(token.replace(/x$/, '')),
    }),
    ...wired(
      bench,
      'token/any-scheme',
      'ignores the scheme of the Authorization header',
      'token/good-under-other-scheme',
      withAuthorization((header) => header.replace(/^Basic/, 'Bearer')),
    ),
    ...wired(bench, 'token/in-query', 'reads the token from the query', 'token/in-query', (handle) => (request) => {
      const token = new URL(request.path, 'http://server').searchParams.get('token');
      if (token === null || requestHeader(request, 'authorization') !== '') return handle(request);
      return handle({ ...request, headers: [...request.headers, ['authorization', `Bearer ${token}`]] });
    }),
  ];
}

function withAuthorization(change: (header: string) => string): Wire {
  return (handle) => (request) =>
    handle({
      ...request,
      headers: request.headers.map(([name, value]) => [
        name,
        name.toLowerCase() === 'authorization' ? change(value) : value,
      ]),
    });
}

import {
  type Claims,
  claimsHold,
  type ParsedToken,
  parseToken,
  type TokenKey,
  tokenIsSigned,
} from '../../../spec/family/reference/token.ts';
import type { ServedRequest, Wire } from '../../../spec/http.ts';
import { orAlso, requestHeader } from '../../mutants/operators.ts';
import { changed, type Mutant } from './server.ts';

/** Servers that accept tokens which are not valid access tokens. */
export function tokenMutants(): readonly Mutant[] {
  return changed({
    'token/expired: accepts an expired token -> state/an-expired-token': trusting(() => ({
      exp: Number.POSITIVE_INFINITY,
    })),
    'token/refresh: accepts a refresh token -> state/a-refresh-token': trusting(() => ({ type: 'AccessToken' })),
    'token/early: accepts a token that is not yet valid -> state/a-token-not-yet-valid': trusting(() => ({ nbf: 0 })),
    'token/audience: accepts a token for another audience -> state/a-token-for-another-audience': trusting(() => ({
      aud: 'Audience',
    })),
    'token/unsigned: does not verify the signature of a token -> token/tampered-expiry': signedIf(() => true),
    'token/alg-none: accepts tokens with alg none -> token/alg-none': signedIf(
      ({ header }) => header['alg'] === 'none',
    ),
    'token/header-unsigned: does not verify the header of a token -> token/tampered-header': signedIf(({ header }) =>
      Object.hasOwn(header, 'kid'),
    ),
    'token/four-segments: ignores a fourth segment of a token -> token/four-segments': threeSegments,
    'token/extended: ignores the end of a token -> token/extended': {
      parseToken: (token) => parseToken(token.replace(/x$/, '')),
    },
    'token/any-scheme: ignores the scheme of the Authorization header -> token/good-under-other-scheme': anyScheme,
    'token/in-query: reads the token from the query -> token/in-query': tokenInQuery('token'),
  });
}

/** Treats some claims as correct, whatever the token says. */
export function trusting(right: (given: Claims) => Partial<Claims>): { readonly claimsHold: typeof claimsHold } {
  return { claimsHold: (given, now) => claimsHold({ ...given, ...right(given) }, now) };
}

/** Takes some tokens for signed that are not. */
export function signedIf(alsoSigned: (token: ParsedToken, key: TokenKey) => boolean): {
  readonly tokenIsSigned: typeof tokenIsSigned;
} {
  return { tokenIsSigned: orAlso(tokenIsSigned, alsoSigned) };
}

/** Ignores what follows the third segment of a token. */
export const threeSegments: { readonly parseToken: typeof parseToken } = {
  parseToken: (token) => parseToken(token.split('.').slice(0, 3).join('.')),
};

/** Ignores the scheme of the Authorization header. */
export const anyScheme: Wire = (handle) => (request) =>
  handle(withToken(request, requestHeader(request, 'authorization').split(' ')[1]));

/** Reads the token from a parameter of the query if the header has none. */
export function tokenInQuery(parameter: string): Wire {
  return (handle) => (request) => {
    const given = new URLSearchParams(request.path.split('?')[1]).get(parameter);
    return handle(requestHeader(request, 'authorization') === '' ? withToken(request, given) : request);
  };
}

/** The request with another token, if one is given. */
export function withToken(request: ServedRequest, token: string | null | undefined): ServedRequest {
  if (!token) return request;
  const headers = request.headers.filter(([name]) => name.toLowerCase() !== 'authorization');
  return { ...request, headers: [...headers, ['authorization', `Bearer ${token}`]] };
}

import { createHmac, createPublicKey, verify } from 'node:crypto';
import { type ParsedToken, publicKeyPem } from '../../../spec/family/reference/token.ts';
import type { Wire } from '../../../spec/http.ts';
import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import type { Behaviour } from '../../../spec/pure-bt/reference/decision.ts';
import type { Fields } from '../../../spec/pure-bt/reference/fields.ts';
import { anyScheme, signedIf, threeSegments, tokenInQuery, trusting, withToken } from '../../family/mutants/tokens.ts';
import { orAlso, readCode, requestHeader } from '../../mutants/operators.ts';
import { changed, changedBy, type Mutant, paths, readingFields } from './server.ts';

/** Tokens (status 5032, 5106): every request needs a valid access token in its header, signed with RS256. */
export const tokenMutants: readonly Mutant[] = [
  ...changed({
    'token/blank-is-bad: treats a blank Authorization header as a bad token -> token/blank': {
      token: (attempt, world) => (attempt.authorization === '' ? 'tokenBad' : correct.token(attempt, world)),
    },
    'token/claims-trusted-encrypted: checks no claims if the bindingCode is encrypted -> token-state/expired/encrypted':
      {
        token: (attempt, world) => {
          if (!paths.encrypted(attempt)) return correct.token(attempt, world);
          const trusted = { ...attempt, behaviour: { ...attempt.behaviour, claimsHold: () => true } };
          const refusal = correct.token(trusted, world);
          Object.assign(attempt, { user: trusted.user, domainSecret: trusted.domainSecret });
          return refusal;
        },
      },
    'token/two-parts: accepts a token without its signature part -> token/two-segments': {
      parseToken: (token) => correct.parseToken(token.split('.').length === 2 ? `${token}.` : token),
      tokenIsSigned: orAlso(correct.tokenIsSigned, ({ signature }) => signature.length === 0),
    },
    'token/four-parts: ignores a fourth part of a token -> token/four-segments': threeSegments,
  }),
  ...changedBy(userFromBody, {
    'token/user-uid: takes the user from uid in the body -> two-users/uid-in-body': 'uid',
    'token/user-userId: takes the user from userId in the body -> two-users/uid-in-body': 'userId',
    'token/user-user_id: takes the user from user_id in the body -> two-users/uid-in-body': 'user_id',
  }),
  ...changedBy(trusting, {
    'token/expired: does not check exp -> token-state/expired': () => ({ exp: Number.POSITIVE_INFINITY }),
    'token/expired-today: accepts a token for one day after it expired -> token-state/expired': ({ exp }) => ({
      exp: exp + 86_400,
    }),
    'token/not-yet-valid: does not check nbf -> token-state/not-yet-valid': () => ({ nbf: 0 }),
    'token/other-audience: does not check aud -> token-state/other-audience': () => ({ aud: 'Audience' }),
    'token/refresh: does not check the type of a token -> token-state/refresh': () => ({ type: 'AccessToken' }),
  }),
  ...changed({
    'token/any-scheme: does not check the scheme of a token -> token/good-under-other-scheme': anyScheme,
    'token/in-query: accepts a token from the query if the header has none -> token/in-query':
      tokenInQuery('access_token'),
    'token/header-exact: reads the header only as "authorization" in lower case -> transport/header-names-upper-case transport/header-names-mixed-case':
      (handle) => (request) => {
        const isKnown = (name: string): boolean => name === 'authorization' || name.toLowerCase() !== 'authorization';
        return handle({ ...request, headers: request.headers.filter(([name]) => isKnown(name)) });
      },
    'token/known-by-payload: recognises a verified token by only its header and payload -> token/other-signature-after-good':
      remembering(0, 2),
    'token/known-by-signature: recognises a verified token by only its signature -> token/tampered-after-good':
      remembering(2, 3),
  }),
  ...changedBy(signedIf, {
    'token/unsigned: does not verify the signature -> token/tampered-signature token/tampered-expiry': () => true,
    'token/any-signature: accepts any signature that is not empty -> token/foreign-key': ({ signature }) =>
      signature.length > 0,
    'token/empty-signature: accepts an empty signature -> token/empty-signature': ({ signature }) =>
      signature.length === 0,
    'token/alg-none: accepts alg none -> token/alg-none token/alg-none-signed': ({ header }) =>
      header['alg'] === 'none',
    'token/alg-none-cased: rejects alg none but accepts nOnE -> token/alg-none-cased': ({ header }) =>
      header['alg'] !== 'none' && String(header['alg']).toLowerCase() === 'none',
    'token/alg-none-signed: accepts alg none if there is a signature -> token/alg-none-signed': ({
      header,
      signature,
    }) => header['alg'] === 'none' && signature.length > 0,
    'token/hs256-public-key: accepts HS256 with the public key as the secret -> token/hs256-public-key': (token, key) =>
      isHmac(token, publicKeyPem(key)),
    'token/hs256-empty-key: accepts HS256 with an empty secret -> token/hs256-empty-key': (token) => isHmac(token, ''),
    'token/hs256-guessable-key: accepts HS256 with a secret from a tutorial -> token/hs256-guessable-keys': (token) =>
      isHmac(token, 'secret'),
    'token/embedded-key: trusts a key inside the token -> token/embedded-key': carriesOwnKey,
    'token/header-not-signed: verifies only the payload -> token/tampered-header': (token, key) =>
      correct.tokenIsSigned({ ...token, signed: withPlainHeader(token) }, key),
  }),
];

/** Remembers verified tokens by some of their three segments. */
function remembering(from: number, to: number): Wire {
  return (handle) => {
    const good = new Map<string, string>();
    return (request) => {
      const sent = requestHeader(request, 'authorization').split(' ')[1] ?? '';
      const known = sent.split('.').slice(from, to).join('.');
      const answer = handle(withToken(request, good.get(known)));
      if (readCode(answer) === 200) good.set(known, sent);
      return answer;
    };
  };
}

function userFromBody(member: string): Partial<Behaviour> {
  const named = new WeakMap<Fields, string>();
  return {
    ...readingFields((fields, body) => {
      const [, uid] = new RegExp(`"${member}":"([^"]*)"`).exec(body) ?? [];
      if (uid !== undefined) named.set(fields, uid);
      return fields;
    }),
    token: (attempt, world) => {
      const refusal = correct.token(attempt, world);
      const user = world.users.get(named.get(attempt.fields) ?? '');
      if (refusal === undefined && user !== undefined) attempt.user = user;
      return refusal;
    },
  };
}

function isHmac({ header, signed, signature }: ParsedToken, secret: string): boolean {
  return header['alg'] === 'HS256' && createHmac('sha256', secret).update(signed).digest().equals(signature);
}

function carriesOwnKey({ header, signed, signature }: ParsedToken): boolean {
  const { jwk } = header;
  if (typeof jwk !== 'object' || jwk === null) return false;
  return verify('RSA-SHA256', Buffer.from(signed), createPublicKey({ key: { ...jwk }, format: 'jwk' }), signature);
}

function withPlainHeader({ signed }: ParsedToken): string {
  const header = Buffer.from(JSON.stringify({ typ: 'JWT', alg: 'RS256' })).toString('base64url');
  return `${header}.${signed.slice(signed.indexOf('.') + 1)}`;
}

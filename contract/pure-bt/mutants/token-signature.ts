import { createHmac, createPublicKey, verify } from 'node:crypto';
import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import type { ParsedToken, TokenKey } from '../../../spec/pure-bt/reference/token.ts';
import { publicKeyPem } from '../../../spec/pure-bt/reference/token.ts';
import type { Mutant } from '../../mutants/mutant.ts';
import { codeOf, headerOf } from '../../mutants/wires.ts';

/** The signature of a token (status 5032): RS256 and nothing else, over three parts, each time. */
export const tokenSignatureMutants: readonly Mutant[] = [
  signedIf(
    'unsigned',
    'does not verify the signature',
    () => true,
    'token/tampered-signature',
    'token/tampered-expiry',
  ),
  signedIf(
    'any-signature',
    'takes any signature that is there',
    ({ signature }) => signature.length > 0,
    'token/foreign-key',
  ),
  signedIf(
    'empty-signature',
    'takes an empty signature',
    ({ signature }) => signature.length === 0,
    'token/empty-signature',
  ),
  signedIf(
    'alg-none',
    'takes alg none',
    ({ header }) => header['alg'] === 'none',
    'token/alg-none',
    'token/alg-none-signed',
  ),
  signedIf(
    'alg-none-cased',
    'refuses alg none, and takes nOnE',
    ({ header }) => header['alg'] !== 'none' && String(header['alg']).toLowerCase() === 'none',
    'token/alg-none-cased',
  ),
  signedIf(
    'alg-none-signed',
    'takes alg none where there is a signature',
    ({ header, signature }) => header['alg'] === 'none' && signature.length > 0,
    'token/alg-none-signed',
  ),
  signedIf(
    'hs256-public-key',
    'lets the token choose HS256, with the public key for a secret',
    (token, key) => isHmac(token, publicKeyPem(key)),
    'token/hs256-public-key',
  ),
  signedIf(
    'hs256-empty-key',
    'lets the token choose HS256 without a secret',
    (token) => isHmac(token, ''),
    'token/hs256-empty-key',
  ),
  signedIf(
    'hs256-guessable-key',
    'lets the token choose HS256, with a secret out of a tutorial',
    (token) => isHmac(token, 'secret'),
    'token/hs256-guessable-keys',
  ),
  signedIf('embedded-key', 'trusts the key that a token brings', bringsItsKey, 'token/embedded-key'),
  signedIf(
    'header-not-signed',
    'verifies the payload alone',
    (token, key) => correct.tokenIsSigned({ ...token, signed: withPlainHeader(token) }, key),
    'token/tampered-header',
  ),
  {
    id: 'token/two-parts',
    breaks: 'takes a token without its signature part',
    killedBy: ['token/two-segments'],
    override: {
      parseToken: (token) => correct.parseToken(token.split('.').length === 2 ? `${token}.` : token),
      tokenIsSigned: (token, key) => token.signature.length === 0 || correct.tokenIsSigned(token, key),
    },
  },
  {
    id: 'token/four-parts',
    breaks: 'does not look behind the third part of a token',
    killedBy: ['token/four-segments'],
    override: { parseToken: (token) => correct.parseToken(token.split('.').slice(0, 3).join('.')) },
  },
  remembered(
    'header and payload',
    'payload',
    (authorization) => authorization.split('.').slice(0, 2).join('.'),
    'token/other-signature-after-good',
  ),
  remembered(
    'signature',
    'signature',
    (authorization) => authorization.split('.')[2] ?? '',
    'token/tampered-after-good',
  ),
];

function signedIf(
  name: string,
  breaks: string,
  alsoSigned: (token: ParsedToken, key: TokenKey) => boolean,
  ...killedBy: Mutant['killedBy']
): Mutant {
  return {
    id: `token/${name}`,
    breaks,
    killedBy,
    override: { tokenIsSigned: (token, key) => correct.tokenIsSigned(token, key) || alsoSigned(token, key) },
  };
}

/** A server that remembers the tokens it has verified, by less than all of them. */
function remembered(what: string, name: string, key: (authorization: string) => string, killedBy: string): Mutant {
  return {
    id: `token/known-by-${name}`,
    breaks: `knows a token that it has verified by its ${what} again`,
    killedBy: [killedBy],
    wire: (handle) => {
      const good = new Map<string, string>();
      return (request) => {
        const sent = headerOf(request, 'authorization');
        const meant = good.get(key(sent)) ?? sent;
        const answer = handle({
          ...request,
          headers: [...request.headers.filter(([, value]) => value !== sent), ['authorization', meant]],
        });
        if (codeOf(answer) === 200) good.set(key(sent), sent);
        return answer;
      };
    },
  };
}

function isHmac({ header, signed, signature }: ParsedToken, secret: string): boolean {
  return header['alg'] === 'HS256' && createHmac('sha256', secret).update(signed).digest().equals(signature);
}

function bringsItsKey({ header, signed, signature }: ParsedToken): boolean {
  const { jwk } = header;
  if (typeof jwk !== 'object' || jwk === null) return false;
  return verify('RSA-SHA256', Buffer.from(signed), createPublicKey({ key: { ...jwk }, format: 'jwk' }), signature);
}

function withPlainHeader({ signed }: ParsedToken): string {
  const header = Buffer.from(JSON.stringify({ typ: 'JWT', alg: 'RS256' })).toString('base64url');
  return `${header}.${signed.slice(signed.indexOf('.') + 1)}`;
}

import { hmac } from '@noble/hashes/hmac.js';
import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { sha256Hex } from '../../../../generators/crypto.ts';
import { userDomainSecret } from '../../../../generators/family/devices.ts';
import { type PatternKey, replaceMiddleWith, sample } from '../../../../generators/family/malformed.ts';
import { field } from '../../../../generators/pure-bt/faults/fault.ts';
import {
  buildRequest,
  type Change,
  type RequestContext,
  signedFields,
  withBody,
} from '../../../../generators/pure-bt/request.ts';
import { encryptedCode, withDk, withPwd } from '../../../../generators/pure-bt/valid-forms.ts';
import { type BuiltRequest, withHeader, withHttp } from '../../../../generators/request.ts';
import { hs256Jwt, readSegment, splitJwt } from '../../../../generators/tokens.ts';
import {
  anyOfThese,
  binds,
  type Expectation,
  mayBind,
  refusedAnyhow,
  refusedUndocumented,
  refusedWith,
  underReading,
} from '../../../../spec/expectation.ts';
import { type Dialect, matchesPattern } from '../../../../spec/pure-bt/dialect.ts';
import { operation } from '../../../../spec/pure-bt/operation.ts';
import { expectedOutcomes } from '../../expected-outcomes.ts';
import {
  type Case,
  devices,
  type RequestBatch,
  send,
  sendAll,
  tested,
  unlessBound,
  whateverIsBound,
} from '../steps.ts';

/** Every printable ASCII character that is not a letter or a digit. */
const punctuation = Array.from({ length: 95 }, (_, at) => String.fromCharCode(0x20 + at)).filter(
  (character) => !/[0-9A-Za-z]/.test(character),
);

/** Characters that a bindingCode cannot have: lower-case letters, G to Z and punctuation. */
const noHex: readonly string[] = [...punctuation, ...'GHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'];

/** Keys that developers often use for HS256. */
const guesses = ['', ' ', '0', 'secret', 'password', 'key', 'jwt', 'changeme', '123456'];

const dkExpected = expectedOutcomes(
  { expect: refusedWith(5361, underReading('dk-format', 200)), names: 'another device' },
  { given: devices.ready },
);

/** Many values of one kind, more than the list of single faults has. All are refused, then the device binds. */
export const batchCases: readonly Case[] = [
  everyCharacter(
    'dk/every-punctuation',
    'a dk with any character that its format does not allow',
    'dkPattern',
    punctuation,
    // The comma separates PK,DK,bindingSecret: a server may find the new bindingSecret wrong.
    anyOfThese(dkExpected, refusedUndocumented(['bindingSecret'])),
    (character) => withDk(({ fixture }) => replaceMiddleWith(fixture.dk, character)),
  ),
  everyCharacter(
    'code/every-other-character',
    'a bindingCode with any character that its format does not allow',
    'bindingCodePattern',
    noHex,
    refusedWith(5213, { siblings: ['bindingCode'], anyRefusal: true, open: [200], reading: 'code-format' }),
    (character) => field('bindingCode', ({ fixture }) => replaceMiddleWith(fixture.bindingCode, character)),
  ),
  batchCase(
    'signature/every-other-formula',
    'a signature with any other formula',
    refusedUndocumented(['signature']),
    (context) => [...otherFormulas(context, [withPwd]), ...otherFormulas(context, [withPwd, encryptedCode])],
  ),
  {
    ...batchCase(
      'signature/other-apps-secret',
      "a signature with another app's secret",
      refusedUndocumented(['signature']),
      (context) => {
        const own = context.fixture.userDomainSecret;
        const others = context.other?.userDomainSecret ?? own;
        // A states handler may return two devices of one app: then the secret is invented.
        const secret = others === own ? userDomainSecret(context.random) : others;
        const built = buildRequest(context);
        const signed = signedParts(built, context).slice(0, -1).join('');
        return [withBody(built, { signature: sha256Hex(signed + secret) })];
      },
    ),
    secondState: devices.ready,
  },
  batchCase(
    'token/hs256-guessable-keys',
    'a token signed with HS256 and a guessable key',
    refusedWith(5032),
    (context) => {
      const { token, userDomainSecret: domainSecret, ps, pk, bindingSecret } = context.fixture;
      const keys = [...guesses, domainSecret, ps, pk, bindingSecret];
      return keys.map((key) => withAuthorization(context, `Bearer ${hs256Jwt(token, key)}`));
    },
  ),
  {
    ...batchCase('token/elsewhere', 'a token that is not in the Authorization header', refusedWith(5106), (context) => {
      const { token } = context.fixture;
      const uid = String(readSegment(splitJwt(token).payload)['uid'] ?? 'user');
      // Each is a separate request: a server may accept a random only once.
      const bare = (name: string, value: string): BuiltRequest =>
        withHeader(withAuthorization(context, undefined), name, value);
      return [
        ...['x-token', 'token', 'x-access-token', 'access-token'].map((name) => bare(name, token)),
        ...['uid', 'x-uid', 'x-user-id'].map((name) => bare(name, uid)),
        bare('cookie', `token=${token}; access_token=${token}`),
      ];
    }),
    rule: 'token-in-header',
  },
  {
    // A server may refuse any query before it checks the token.
    ...batchCase('token/in-query', 'a token in the query', { ...refusedAnyhow, codes: [5106] }, (context) => {
      const { token } = context.fixture;
      const bare = withAuthorization(context, undefined);
      return [withHttp(bare, { path: `${bare.http.path}?access_token=${token}&token=${token}` })];
    }),
    rule: 'token-in-header',
  },
];

function batchCase(id: string, what: string, expect: Expectation, requests: RequestBatch['requests']): Case {
  const sameDevice = mayBind(expect) ? unlessBound : binds;
  const after = id.startsWith('dk/') ? whateverIsBound : sameDevice;
  const steps = [sendAll(what, requests, expect), send('a correct request for the same device', [], after)];
  const rule = id.startsWith('token/') ? 'token-forged' : 'signature';
  return tested(id, `rejects ${what}`, rule, steps, { code: expect.codes[0] ?? 200 });
}

/** One request for each character that the pattern does not allow in the middle of a valid text. */
function everyCharacter(
  id: string,
  what: string,
  key: PatternKey,
  characters: readonly string[],
  expect: Expectation,
  change: (character: string) => Change,
): Case {
  const refused = (dialect: Dialect): readonly string[] => {
    const text = sample(key, dialect);
    return characters.filter((character) => !matchesPattern(replaceMiddleWith(text, character), key, dialect));
  };
  return {
    ...batchCase(id, what, expect, (context) =>
      refused(context.dialect).map((character) => buildRequest(context, [change(character)])),
    ),
    rule: key === 'dkPattern' ? 'dk-format' : 'code-format',
    unless: (dialect) => (refused(dialect).length === 0 ? `${key} ${dialect[key]} allows every character` : undefined),
  };
}

type Parts = readonly [pk: string, dk: string, code: string, pwd: string, secret: string];

/** The values that a request signs, and the secret. */
function signedParts({ body }: BuiltRequest, { fixture }: RequestContext): Parts {
  const { pk, dk, bindingCode, pwd } = signedFields(body, undefined, { signedBindingCode: 'transmitted' });
  return [pk, dk, bindingCode, pwd, fixture.userDomainSecret];
}

const separators = [',', '&', '|', ':', '+', ';', '-', '_', ' ', '\n'];

/** Wrong formulas that developers have used. */
const formulas: readonly ((parts: Parts) => string)[] = [
  ...separators.map((separator) => (parts: Parts) => sha256Hex(parts.join(separator))),
  ([pk, dk, code, pwd, secret]) => sha256Hex(dk + pk + code + pwd + secret),
  ([pk, dk, code, pwd, secret]) => sha256Hex(pk + code + dk + pwd + secret),
  ([pk, dk, code, pwd, secret]) => sha256Hex(pk + dk + pwd + code + secret),
  ([pk, dk, code, pwd, secret]) => sha256Hex(secret + pk + dk + code + pwd),
  ([pk, dk, code, pwd, secret]) => sha256Hex(secret + pk + dk + code + pwd + secret),
  ([pk, dk, code, pwd, secret]) => sha256Hex(pk + dk + code + pwd + secret.toUpperCase()),
  ([pk, dk, code, pwd, secret]) => sha256Hex(pk + dk + code + pwd + secret.toLowerCase()),
  ([pk, dk, code, pwd, secret]) => sha256Hex((pk + dk + code + pwd).toLowerCase() + secret),
  ([pk, dk, code, pwd, secret]) => sha256Hex((pk + dk + code + pwd).toUpperCase() + secret),
  ([pk, dk, code, , secret]) => sha256Hex(`${pk}${dk}${code}null${secret}`),
  ([pk, dk, code, pwd]) => sha256Hex(pk + dk + code + pwd),
  (parts) => sha256Hex(`${parts.join('')}\n`),
  (parts) => sha256Hex(sha256Hex(parts.join(''))),
  (parts) => bytesToHex(md5(utf8ToBytes(parts.join('')))),
  (parts) => bytesToHex(sha1(utf8ToBytes(parts.join('')))),
  (parts) => bytesToHex(sha512(utf8ToBytes(parts.join('')))),
  ([pk, dk, code, pwd, secret]) => bytesToHex(hmac(sha256, utf8ToBytes(secret), utf8ToBytes(pk + dk + code + pwd))),
  (parts) => Buffer.from(sha256(utf8ToBytes(parts.join('')))).toString('base64'),
];

/** One request for each wrong formula, with its signature. */
function otherFormulas(context: RequestContext, changes: readonly Change[]): readonly BuiltRequest[] {
  const built = buildRequest(context, changes);
  const right = operation.proofs(built.body, built.plaintexts, context.fixture);
  // A formula that changes the letter case is correct for values that already have that case.
  return formulas
    .map((formula) => formula(signedParts(built, context)))
    .filter((signature) => !right.includes(signature))
    .map((signature) => withBody(built, { signature }));
}

function withAuthorization(context: RequestContext, authorization: string | undefined): BuiltRequest {
  return buildRequest(context, [{ at: 'token', apply: () => authorization }]);
}

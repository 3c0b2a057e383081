import { sha256Hex } from '../../generators/crypto.ts';
import { dkOfLength } from '../../generators/devices.ts';
import { field, sealedField, signedField, textOf } from '../../generators/faults/fault.ts';
import { bothCodes, encryptedCode, withCode, withDk } from '../../generators/forms.ts';
import type { Body, BuiltRequest, Change, RequestContext } from '../../generators/request.ts';
import { buildRequest, withFields, withPlaintexts } from '../../generators/request.ts';
import { siblingCodes } from '../../spec/catalogue.ts';
import type { Dialect } from '../../spec/dialect.ts';
import type { Expectation } from '../../spec/expectation.ts';
import { binds, refusedSomehow, refusedWith } from '../../spec/expectation.ts';
import { secretPlaintext, textToSign } from '../../spec/formulas.ts';
import type { Fixture } from '../../spec/states.ts';
import type { Case } from '../case.ts';
import { sendAtOnce } from '../case.ts';

/** What the document leaves open: the dialect says what is expected, and the other reading is a warning. */
export const openCases: readonly Case[] = [
  open(
    'both-codes',
    'follows the dialect when both forms of the bindingCode are given',
    'request parameters bindingCode and encryptedBindingCode ("choose one"); dialect bothBindingCodes',
    [bothCodes],
    ({ bothBindingCodes }) =>
      bothBindingCodes === 'refuse'
        ? refusedSomehow(['bindingCode'], { open: [200] })
        : { ...binds, open: [5000, 5179, 5213, ...siblingCodes.bindingCode] },
  ),
  open(
    'unknown-dk',
    'follows the dialect for a dk the cloud has never seen',
    'status 5314; dialect unknownDk',
    [withDk(({ random }) => dkOfLength(random, 20))],
    ({ unknownDk }) =>
      unknownDk === 'refused'
        ? refusedWith(5314, { siblings: ['unknownDevice'], open: [200] })
        : { ...binds, open: [5213, 5314, ...siblingCodes.unknownDevice, ...siblingCodes.bindingCode] },
  ),
  open(
    'upper-case-signature',
    'follows the dialect for a signature in upper case',
    'request parameter signature (worked examples are lower case); dialect signatureCase',
    [signedField('signature', (body) => textOf(body, 'signature').toUpperCase())],
    ({ signatureCase }) =>
      signatureCase === 'lower'
        ? refusedSomehow(['signature'], { open: [200] })
        : { ...binds, open: [...siblingCodes.signature] },
  ),
  open(
    'other-signed-code',
    'follows the dialect in what of an encrypted code is signed',
    'request parameter signature ("use encryptedBindingCode"); dialect signedBindingCode',
    [encryptedCode, signedField('signature', otherSignature)],
    () => refusedSomehow(['signature'], { open: [200] }),
  ),
  open(
    'mixed-case-signature',
    'follows the dialect for a signature in mixed case',
    'request parameter signature (worked examples are lower case); dialect signatureCase',
    [signedField('signature', (body) => oneUpperCase(textOf(body, 'signature')))],
    // A server may take either case and not a mixture.
    () => refusedSomehow(['signature'], { open: [200] }),
  ),
  open(
    'wrong-code',
    'records what a well-formed bindingCode of no device earns',
    'request parameter bindingCode; whether a wrong one is refused is not said',
    [withCode('0123456789ABCDEF')],
    () => ({ ...binds, anyRefusal: true }),
  ),
  open(
    'pk-of-other-case',
    'records a pk in the other letter case',
    'request parameter pk; whether its case counts is not said',
    [
      {
        at: 'draft',
        apply: (draft, { fixture: { pk, dk, bindingSecret } }) => {
          const other = otherCase(pk);
          return withPlaintexts(withFields(draft, { pk: other }), {
            encryptedNewBindingSecret: secretPlaintext(other, dk, bindingSecret),
          });
        },
      },
    ],
    () => refusedWith(5314, { siblings: ['unknownDevice'], open: [200, 5041, 5229, 5327, 5358] }),
  ),
  open(
    'random-of-punctuation',
    'records a random of 16 bytes that are no letters',
    'request parameter random; sibling pages: 16 letters and digits',
    [field('random', ({ random }) => random.string.fromCharacters([...'!#$%()*+,-./:;<=>?@[]^_{|}~'], 16))],
    () => refusedSomehow(['bindingSecret'], { open: [200] }),
  ),
  ...Object.entries<readonly [title: string, change: (base64: string) => string]>({
    'base64-without-padding': ['Base64 without padding', (base64) => base64.replace(/=+$/, '')],
    'base64-url-alphabet': ['Base64 of the URL alphabet', urlAlphabet],
    'base64-on-two-lines': ['Base64 on two lines', (base64) => `${base64.slice(0, 20)}\n${base64.slice(20)}`],
  }).map(([name, [title, change]]) =>
    open(
      name,
      `records an encryptedBindingCode in ${title}`,
      'request parameter encryptedBindingCode (BASE64_ENCODE: standard, padded, one line)',
      [encryptedCode, sealedField('encryptedBindingCode', (body) => change(textOf(body, 'encryptedBindingCode')))],
      () => refusedWith(5213, { siblings: ['bindingCode'], open: [200] }),
      name === 'base64-url-alphabet' ? inUrlAlphabet : buildRequest,
    ),
  ),
  ...Object.entries<(fixture: Fixture) => string>({
    'space-after-commas': ({ pk, dk, bindingSecret }) => [pk, dk, bindingSecret].join(', '),
    'dk-of-other-case': ({ pk, dk, bindingSecret }) => secretPlaintext(pk, otherCase(dk), bindingSecret),
  }).map(([name, plaintext]) =>
    open(
      name,
      `records a secret with ${name.replaceAll('-', ' ')}`,
      'request parameter encryptedNewBindingSecret (PK,DK,bindingSecret)',
      [
        {
          at: 'draft',
          apply: (draft, { fixture }) => withPlaintexts(draft, { encryptedNewBindingSecret: plaintext(fixture) }),
        },
      ],
      () => refusedSomehow(['bindingSecret'], { open: [200] }),
    ),
  ),
];

/** The signature under the other reading of what stands for the code. */
function otherSignature(body: Body, { fixture, dialect }: RequestContext): string {
  const bindingCode =
    dialect.signedBindingCode === 'decrypted' ? textOf(body, 'encryptedBindingCode') : fixture.bindingCode;
  const fields = { pk: textOf(body, 'pk'), dk: textOf(body, 'dk'), bindingCode, pwd: textOf(body, 'pwd') };
  return sha256Hex(textToSign(fields, fixture.userDomainSecret));
}

function oneUpperCase(signature: string): string {
  return signature.replace(/[a-f]/, (letter) => letter.toUpperCase());
}

function urlAlphabet(base64: string): string {
  return base64.replaceAll('+', '-').replaceAll('/', '_');
}

/**
 * One text in four has neither + nor /: it is the same in both alphabets, and right. Another random makes another text.
 */
function inUrlAlphabet(context: RequestContext, changes: readonly Change[]): BuiltRequest {
  for (let left = 100; ; left -= 1) {
    const built = buildRequest(context, changes);
    if (left === 0 || /[-_]/.test(textOf(built.body, 'encryptedBindingCode'))) return built;
  }
}

function otherCase(dk: string): string {
  const lower = dk.toLowerCase();
  if (lower !== dk) return lower;
  return dk.toUpperCase() === dk ? `${dk}x` : dk.toUpperCase();
}

function open(
  name: string,
  title: string,
  clause: string,
  changes: readonly Change[],
  expect: (dialect: Dialect) => Expectation,
  build: (context: RequestContext, changes: readonly Change[]) => BuiltRequest = buildRequest,
): Case {
  return {
    id: `open/${name}`,
    code: 200,
    title,
    basis: 'inferred',
    given: 'a device ready to bind',
    clause,
    steps: [sendAtOnce(`a request with ${name.replaceAll('-', ' ')}`, (context) => [build(context, changes)], expect)],
  };
}

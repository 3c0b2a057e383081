import { sha256Hex } from '../../../generators/crypto.ts';
import { alike } from '../../../generators/pure-bt/devices.ts';
import { field, sealedField, signedField, textOf } from '../../../generators/pure-bt/faults/fault.ts';
import { bothCodes, encryptedCode, withDk } from '../../../generators/pure-bt/forms.ts';
import type { Change, RequestContext } from '../../../generators/pure-bt/request.ts';
import { buildRequest, withPlaintexts } from '../../../generators/pure-bt/request.ts';
import type { Body, BuiltRequest } from '../../../generators/request.ts';
import { withFields } from '../../../generators/request.ts';
import type { Expectation } from '../../../spec/expectation.ts';
import { binds, eitherWay, refusedSomehow, refusedWith } from '../../../spec/expectation.ts';
import type { Dialect } from '../../../spec/pure-bt/dialect.ts';
import { secretPlaintext, textToSign } from '../../../spec/pure-bt/formulas.ts';
import type { RuleId } from '../../../spec/pure-bt/rules.ts';
import type { Fixture } from '../../../spec/pure-bt/states.ts';
import type { Case } from './steps.ts';
import { sendAll } from './steps.ts';

/** What the document leaves open: the dialect says what is expected, and the other reading is a warning. */
export const openCases: readonly Case[] = [
  open(
    'both-codes',
    'follows the dialect when both forms of the bindingCode are given',
    'both-codes',
    [bothCodes],
    ({ bothBindingCodes }) =>
      bothBindingCodes === 'refuse'
        ? refusedSomehow(['bindingCode'], { open: [200] })
        : { ...binds, open: [5179, 5213], openRefusals: 'undocumented' },
  ),
  open(
    'unknown-dk',
    'follows the dialect for a dk the cloud has never seen',
    'dk-unknown',
    [withDk(({ random, fixture }) => alike(fixture.dk, random))],
    ({ unknownDk }) =>
      unknownDk === 'refused'
        ? refusedWith(5314, { siblings: ['unknownDevice'], open: [200], openRefusals: 'undocumented' })
        : { ...binds, open: [5213, 5314], openRefusals: 'undocumented' },
  ),
  open(
    'upper-case-signature',
    'follows the dialect for a signature in upper case',
    'signature-case',
    [signedField('signature', (body) => textOf(body, 'signature').toUpperCase())],
    ({ signatureCase }) =>
      signatureCase === 'lower'
        ? refusedSomehow(['signature'], { open: [200] })
        : { ...binds, openRefusals: 'undocumented' },
  ),
  open(
    'other-signed-code',
    'follows the dialect in what of an encrypted code is signed',
    'signed-code',
    [encryptedCode, signedField('signature', otherSignature)],
    () => refusedSomehow(['signature'], { open: [200] }),
  ),
  open(
    'mixed-case-signature',
    'follows the dialect for a signature in mixed case',
    'signature-case',
    [signedField('signature', (body) => oneUpperCase(textOf(body, 'signature')))],
    // A server may take either case and not a mixture.
    ({ signatureCase }) => (signatureCase === 'any' ? eitherWay : refusedSomehow(['signature'], { open: [200] })),
  ),
  open(
    'wrong-code',
    'records what a well-formed bindingCode of no device earns',
    'code-wrong',
    [
      {
        at: 'draft',
        apply: (draft, { fixture, random }) => withFields(draft, { bindingCode: alike(fixture.bindingCode, random) }),
      },
    ],
    () => ({ ...binds, anyRefusal: true }),
  ),
  open(
    'pk-of-other-case',
    'records a pk in the other letter case',
    'pk-case',
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
    () =>
      refusedWith(5314, {
        siblings: ['unknownDevice'],
        open: [200, 5041, 5229, 5327, 5358],
        openRefusals: 'undocumented',
      }),
  ),
  open(
    'random-of-punctuation',
    'records a random of 16 bytes that are no letters',
    'random-alphabet',
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
      'base64-form',
      [encryptedCode, sealedField('encryptedBindingCode', (body) => change(textOf(body, 'encryptedBindingCode')))],
      () => refusedSomehow(['bindingCode'], { open: [200] }),
      name === 'base64-url-alphabet' ? inUrlAlphabet : buildRequest,
    ),
  ),
  ...Object.entries<(fixture: Fixture) => string>({
    'space-after-commas': ({ pk, dk, bindingSecret }) => [pk, dk, bindingSecret].join(', '),
    'dk-of-other-case': ({ pk, dk, bindingSecret }) => secretPlaintext(pk, otherCase(dk), bindingSecret),
    'empty-secret': ({ pk, dk }) => secretPlaintext(pk, dk, ''),
  }).map(([name, plaintext]) =>
    open(
      name,
      `records a secret with ${name.replaceAll('-', ' ')}`,
      'new-secret-content',
      [
        {
          at: 'draft',
          apply: (draft, { fixture }) => withPlaintexts(draft, { encryptedNewBindingSecret: plaintext(fixture) }),
        },
      ],
      // That a bindingSecret may be empty is no fault: nothing says that it may not.
      () => (name === 'empty-secret' ? eitherWay : refusedSomehow(['bindingSecret'], { open: [200] })),
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
  rule: RuleId,
  changes: readonly Change[],
  expect: (dialect: Dialect) => Expectation,
  build: (context: RequestContext, changes: readonly Change[]) => BuiltRequest = buildRequest,
): Case {
  return {
    id: `open/${name}`,
    code: 200,
    title,
    rule,
    given: 'a device ready to bind',
    steps: [
      sendAll(
        `a request with ${name.replaceAll('-', ' ')}`,
        (context) => [build(context, changes)],
        (dialect) => ({ ...expect(dialect), reading: rule }),
      ),
    ],
  };
}

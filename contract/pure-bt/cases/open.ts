import { sha256Hex } from '../../../generators/crypto.ts';
import { similarText } from '../../../generators/family/devices.ts';
import { field, fieldText, sealedField, signedField, withPlaintext } from '../../../generators/pure-bt/faults/fault.ts';
import { buildRequest, type Change, type RequestContext, signedFields } from '../../../generators/pure-bt/request.ts';
import { bothCodes, encryptedCode, withDk, withPk } from '../../../generators/pure-bt/valid-forms.ts';
import type { Body, BuiltRequest } from '../../../generators/request.ts';
import {
  binds,
  type Expectation,
  eitherWay,
  refusedUndocumented,
  refusedWith,
  underReading,
} from '../../../spec/expectation.ts';
import type { Fixture } from '../../../spec/family/states.ts';
import type { Dialect } from '../../../spec/pure-bt/dialect.ts';
import { secretPlaintext, textToSign } from '../../../spec/pure-bt/formulas.ts';
import type { RuleId } from '../../../spec/pure-bt/rules.ts';
import { type Case, sendAll, tested } from './steps.ts';

const signatureRefused = refusedUndocumented(['signature'], { open: [200] });
const secretRefused = refusedUndocumented(['bindingSecret'], { open: [200] });

/** A request that one reading accepts and another refuses, with the expectation under the dialect. */
type Row = readonly [
  name: string,
  title: string,
  reading: RuleId,
  changes: readonly Change[],
  expect: (dialect: Dialect) => Expectation,
];

const rows: readonly Row[] = [
  [
    'both-codes',
    'follows the dialect when both forms of the bindingCode are given',
    'both-codes',
    bothCodes,
    ({ bothBindingCodes }) =>
      bothBindingCodes === 'refuse'
        ? refusedUndocumented(['bindingCode'], { open: [200] })
        : { ...binds, open: [5179, 5213], openRefusals: 'undocumented' },
  ],
  [
    'unknown-dk',
    'follows the dialect for a dk that the cloud does not know',
    'dk-unknown',
    [withDk(({ random, fixture }) => similarText(fixture.dk, random))],
    ({ unknownDk }) =>
      unknownDk === 'refused'
        ? // The setting declares the refusal, not its code.
          refusedWith(5314, {
            siblings: ['unknownDevice'],
            ...underReading('dk-unknown-code', 5041, 5229, 5327, 5358),
          })
        : { ...binds, open: [5213, 5314], openRefusals: 'undocumented' },
  ],
  [
    'upper-case-signature',
    'follows the dialect for a signature in upper case',
    'signature-case',
    [signature((good) => good.toUpperCase())],
    ({ signatureCase }) => (signatureCase === 'lower' ? signatureRefused : { ...binds, openRefusals: 'undocumented' }),
  ],
  [
    'other-signed-code',
    'follows the dialect for the signed form of an encrypted code',
    'signed-code',
    [encryptedCode, signedField('signature', otherSignature)],
    () => signatureRefused,
  ],
  [
    'mixed-case-signature',
    'follows the dialect for a signature in mixed case',
    'signature-case',
    [signature((good) => good.replace(/[a-f]/, (letter) => letter.toUpperCase()))],
    // A server may accept both cases but not a mixture.
    ({ signatureCase }) => (signatureCase === 'any' ? eitherWay : signatureRefused),
  ],
  [
    'wrong-code',
    'records the answer to a bindingCode that belongs to no device',
    'code-wrong',
    [field('bindingCode', ({ fixture, random }) => similarText(fixture.bindingCode, random))],
    () => ({ ...binds, anyRefusal: true }),
  ],
  [
    'pk-of-other-case',
    'records the answer to a pk in the other letter case',
    'pk-case',
    [withPk(({ fixture }) => otherCase(fixture.pk))],
    () =>
      refusedWith(5314, {
        siblings: ['unknownDevice'],
        open: [200, 5041, 5229, 5327, 5358],
        openRefusals: 'undocumented',
      }),
  ],
  [
    'random-of-punctuation',
    'records the answer to a random of 16 punctuation characters',
    'random-alphabet',
    [field('random', ({ random }) => random.string.fromCharacters([...'!#$%()*+,-./:;<=>?@[]^_{|}~'], 16))],
    () => secretRefused,
  ],
  base64('without-padding', 'without padding', (text) => text.replace(/=+$/, '')),
  base64('url-alphabet', 'with the URL-safe alphabet', (text) => text.replaceAll('+', '-').replaceAll('/', '_')),
  base64('on-two-lines', 'on two lines', (text) => `${text.slice(0, 20)}\n${text.slice(20)}`),
  secret('space-after-commas', ({ pk, dk, bindingSecret }) => [pk, dk, bindingSecret].join(', ')),
  secret('dk-of-other-case', ({ pk, dk, bindingSecret }) => secretPlaintext(pk, otherCase(dk), bindingSecret)),
  // An empty bindingSecret is not a fault: the document does not forbid it.
  secret('empty-secret', ({ pk, dk }) => secretPlaintext(pk, dk, ''), eitherWay),
];

/** Questions that the document leaves open: the dialect sets the expected answer; the other reading is a warning. */
export const openCases: readonly Case[] = rows.map(([name, title, reading, changes, expect]) => {
  const build = name === 'base64-url-alphabet' ? inUrlAlphabet : buildRequest;
  return tested(`open/${name}`, title, reading, [
    sendAll(
      `a request with ${name.replaceAll('-', ' ')}`,
      (context) => [build(context, changes)],
      (dialect) => ({ reading, ...expect(dialect) }),
    ),
  ]);
});

function base64(name: string, form: string, change: (text: string) => string): Row {
  const written = sealedField('encryptedBindingCode', (body) => change(fieldText(body, 'encryptedBindingCode')));
  const title = `records the answer to an encryptedBindingCode in Base64 ${form}`;
  const expect = refusedUndocumented(['bindingCode'], { open: [200] });
  return [`base64-${name}`, title, 'base64-form', [encryptedCode, written], () => expect];
}

function secret(name: string, plaintext: (fixture: Fixture) => string, expect: Expectation = secretRefused): Row {
  const held = withPlaintext('encryptedNewBindingSecret', ({ fixture }) => plaintext(fixture));
  return [
    name,
    `records the answer to a bindingSecret: ${name.replaceAll('-', ' ')}`,
    'new-secret-content',
    [held],
    () => expect,
  ];
}

function signature(change: (good: string) => string): Change {
  return signedField('signature', (body) => change(fieldText(body, 'signature')));
}

/** The signature under the other reading of which form of the code is signed. */
function otherSignature(body: Body, { fixture, dialect }: RequestContext): string {
  const signedBindingCode = dialect.signedBindingCode === 'decrypted' ? 'transmitted' : 'decrypted';
  const fields = signedFields(body, fixture.bindingCode, { signedBindingCode });
  return sha256Hex(textToSign(fields, fixture.userDomainSecret));
}

/**
 * One text in four has no + and no /: it is the same in both alphabets, so it is correct. Another random gives another text.
 */
function inUrlAlphabet(context: RequestContext, changes: readonly Change[]): BuiltRequest {
  for (let left = 100; ; left -= 1) {
    const built = buildRequest(context, changes);
    if (left === 0 || /[-_]/.test(fieldText(built.body, 'encryptedBindingCode'))) return built;
  }
}

function otherCase(dk: string): string {
  const lower = dk.toLowerCase();
  if (lower !== dk) return lower;
  return dk.toUpperCase() === dk ? `${dk}x` : dk.toUpperCase();
}

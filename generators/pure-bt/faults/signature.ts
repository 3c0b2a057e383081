import { refusedSomehow } from '../../../spec/expectation.ts';
import type { SignedFields } from '../../../spec/pure-bt/formulas.ts';
import { textToSign } from '../../../spec/pure-bt/formulas.ts';
import { sha256Hex } from '../../crypto.ts';
import type { Body, Json } from '../../request.ts';
import { encryptedCode } from '../forms.ts';
import { userDomainSecret } from '../products.ts';
import type { RequestContext } from '../request.ts';
import type { Fault } from './fault.ts';
import { field, signedField, textOf } from './fault.ts';
import { middleReplaced, replacedAt } from './tamper.ts';

/** Tried again over an encrypted bindingCode: a check that one path skips is a check that an attacker skips. */
const alsoEncrypted = ['absent', 'empty', 'middle-digit', 'of-nothing', 'other-secret', 'without-code'];

const plainFaults: readonly Fault[] = [
  signature('absent', 'a request without a signature', () => undefined),
  signature('null', 'a null signature', () => null),
  signature('empty', 'an empty signature', () => ''),
  signature('first-digit', 'a signature whose first digit differs', (good) => replacedAt(good, 0)),
  signature('middle-digit', 'a signature whose middle digit differs', middleReplaced),
  signature('last-digit', 'a signature whose last digit differs', (good) => replacedAt(good, good.length - 1)),
  signature('truncated', 'a signature of 63 digits', (good) => good.slice(0, -1)),
  signature('prefix', 'the first half of the signature', (good) => good.slice(0, 32)),
  signature('suffix', 'the second half of the signature', (good) => good.slice(32)),
  signature('reversed', 'the digits of the signature in reverse', (good) => [...good].reverse().join('')),
  signature('rotated', 'the signature turned by one digit', (good) => good.slice(1) + good.slice(0, 1)),
  trimmed(signature('space-before', 'a signature with a space before it', (good) => ` ${good}`)),
  trimmed(signature('newline-behind', 'a signature with a newline after it', (good) => `${good}\n`)),
  signature('space-inside', 'a signature in two groups', (good) => `${good.slice(0, 32)} ${good.slice(32)}`),
  signature('0x', 'a signature that starts with 0x', (good) => `0x${good}`),
  signature('extended', 'a signature with a digit more', (good) => `${good}0`),
  signature('base64', 'a signature in Base64', (good) => Buffer.from(good, 'hex').toString('base64')),
  signature('zeros', 'a signature of zeros', (good) => '0'.repeat(good.length)),
  signature('of-nothing', 'the digest of the empty string', () => sha256Hex('')),
  signature('other-secret', "a signature under another app's secret", (_, { body, context }) =>
    signedWith(body, userDomainSecret(context.random)),
  ),
  signature('without-secret', 'a signature without the userDomainSecret', (_, { body }) => signedWith(body, '')),
  signature('without-pk', 'a signature that leaves out pk', (_, made) => leavingOut('pk', made)),
  signature('without-dk', 'a signature that leaves out dk', (_, made) => leavingOut('dk', made)),
  signature('without-code', 'a signature that leaves out the bindingCode', (_, made) =>
    leavingOut('bindingCode', made),
  ),
  {
    ...signature('without-pwd', 'a signature that leaves out pwd', (_, made) => leavingOut('pwd', made)),
    changes: [
      field('pwd', ({ fixture }) => fixture.pwd ?? 'Secret123'),
      signedField('signature', (body, context) => leavingOut('pwd', { body, context })),
    ],
  },
  signature('secret-first', 'a signature over the secret first', (_, { body, context }) =>
    sha256Hex(`${context.fixture.userDomainSecret}${textToSign(signedValues(body), '')}`),
  ),
  signature('product-secret', "a signature under the product's secret", (_, { body, context }) =>
    signedWith(body, context.fixture.ps),
  ),
  signature('hashed-twice', 'a digest of the digest', (good) => sha256Hex(good)),
  signature('other-order', 'a signature over dk before pk', (_, { body, context }) =>
    sha256Hex(
      `${textOf(body, 'dk')}${textOf(body, 'pk')}${textOf(body, 'bindingCode')}${textOf(body, 'pwd')}${context.fixture.userDomainSecret}`,
    ),
  ),
];

/** Faults of `signature`. The document has no code for them (siblings: 5420 wrong, 5550 missing): any refusal is right. */
export const signatureFaults: readonly Fault[] = [
  ...plainFaults,
  ...plainFaults
    .filter(({ id }) => alsoEncrypted.some((name) => id === `signature/${name}`))
    .map((fault) => ({
      ...fault,
      id: `${fault.id}-encrypted`,
      title: `${fault.title}, with an encrypted bindingCode`,
      changes: [encryptedCode, ...fault.changes],
    })),
];

function signature(
  name: string,
  title: string,
  change: (good: string, made: { body: Body; context: RequestContext }) => Json | undefined,
): Fault {
  return {
    id: `signature/${name}`,
    title,
    breaks: 'signature',
    changes: [signedField('signature', (body, context) => change(textOf(body, 'signature'), { body, context }))],
    expect: refusedSomehow(['signature', 'signatureMissing']),
    rule: 'signature',
  };
}

/** White space around a signature, which a server may take away. */
function trimmed(fault: Fault): Fault {
  return { ...fault, rule: 'signature-form', expect: { ...fault.expect, open: [200], reading: 'signature-form' } };
}

function signedWith(body: Body, secret: string): string {
  return sha256Hex(textToSign(signedValues(body), secret));
}

function leavingOut(name: keyof SignedFields, { body, context }: { body: Body; context: RequestContext }): string {
  return sha256Hex(textToSign({ ...signedValues(body), [name]: '' }, context.fixture.userDomainSecret));
}

function signedValues(body: Body): SignedFields {
  const bindingCode = textOf(body, 'encryptedBindingCode') || textOf(body, 'bindingCode');
  return { pk: textOf(body, 'pk'), dk: textOf(body, 'dk'), bindingCode, pwd: textOf(body, 'pwd') };
}

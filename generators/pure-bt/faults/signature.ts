import { refusedUndocumented } from '../../../spec/expectation.ts';
import type { SignedFields } from '../../../spec/pure-bt/formulas.ts';
import { textToSign } from '../../../spec/pure-bt/formulas.ts';
import { sha256Hex } from '../../crypto.ts';
import type { Body } from '../../request.ts';
import { userDomainSecret } from '../devices.ts';
import type { RequestContext } from '../request.ts';
import { encryptedCode, withPwd } from '../valid-forms.ts';
import type { Fault, Kind, Row } from './fault.ts';
import { fieldText, makeFault, missing, signedField } from './fault.ts';
import { replaceAt, replaceMiddle } from './tamper.ts';

/** Tried again over an encrypted bindingCode: a check that one path skips is a check that an attacker skips. */
const alsoEncrypted = ['absent', 'empty', 'middle-digit', 'of-nothing', 'other-secret', 'without-code'];

const kind: Kind = {
  prefix: 'signature',
  breaks: 'signature',
  expect: refusedUndocumented(['signature', 'signatureMissing']),
  rule: 'signature',
};

/** White space around a signature, which a server may take away. */
const trimmed: Kind = {
  ...kind,
  rule: 'signature-form',
  expect: { ...kind.expect, open: [200], reading: 'signature-form' },
};

type Make = (good: string, body: Body, context: RequestContext) => string;

const rows: readonly Row<Make>[] = [
  ['first-digit', 'a signature whose first digit differs', (good) => replaceAt(good, 0)],
  ['middle-digit', 'a signature whose middle digit differs', replaceMiddle],
  ['last-digit', 'a signature whose last digit differs', (good) => replaceAt(good, good.length - 1)],
  ['truncated', 'a signature of 63 digits', (good) => good.slice(0, -1)],
  ['prefix', 'the first half of the signature', (good) => good.slice(0, 32)],
  ['suffix', 'the second half of the signature', (good) => good.slice(32)],
  ['reversed', 'the digits of the signature in reverse', (good) => [...good].reverse().join('')],
  ['rotated', 'the signature turned by one digit', (good) => good.slice(1) + good.slice(0, 1)],
  ['space-before', 'a signature with a space before it', (good) => ` ${good}`],
  ['newline-behind', 'a signature with a newline after it', (good) => `${good}\n`],
  ['space-inside', 'a signature in two groups', (good) => `${good.slice(0, 32)} ${good.slice(32)}`],
  ['0x', 'a signature that starts with 0x', (good) => `0x${good}`],
  ['extended', 'a signature with a digit more', (good) => `${good}0`],
  ['base64', 'a signature in Base64', (good) => Buffer.from(good, 'hex').toString('base64')],
  ['zeros', 'a signature of zeros', (good) => '0'.repeat(good.length)],
  ['of-nothing', 'the digest of the empty string', () => sha256Hex('')],
  [
    'other-secret',
    "a signature under another app's secret",
    (_, body, { random }) => signedWith(body, userDomainSecret(random)),
  ],
  ['without-secret', 'a signature without the userDomainSecret', (_, body) => signedWith(body, '')],
  ['without-pk', 'a signature that leaves out pk', withoutField('pk')],
  ['without-dk', 'a signature that leaves out dk', withoutField('dk')],
  ['without-code', 'a signature that leaves out the bindingCode', withoutField('bindingCode')],
  ['without-pwd', 'a signature that leaves out pwd', withoutField('pwd')],
  [
    'secret-first',
    'a signature over the secret first',
    (_, body, { fixture }) => sha256Hex(`${fixture.userDomainSecret}${textToSign(signedValues(body), '')}`),
  ],
  ['product-secret', "a signature under the product's secret", (_, body, { fixture }) => signedWith(body, fixture.ps)],
  ['hashed-twice', 'a digest of the digest', (good) => sha256Hex(good)],
  [
    'other-order',
    'a signature over dk before pk',
    (_, body, { fixture }) => {
      const { pk, dk, ...others } = signedValues(body);
      return sha256Hex(textToSign({ ...others, pk: dk, dk: pk }, fixture.userDomainSecret));
    },
  ],
];

const plainFaults: readonly Fault[] = [
  ...missing(kind, 'signature', signedField, { without: 'without a signature' }),
  ...rows.map(([name, title, make]) =>
    makeFault(
      name === 'space-before' || name === 'newline-behind' ? trimmed : kind,
      name,
      title,
      ...(name === 'without-pwd' ? [withPwd] : []),
      signedField('signature', (body, context) => make(fieldText(body, 'signature'), body, context)),
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

function signedWith(body: Body, secret: string): string {
  return sha256Hex(textToSign(signedValues(body), secret));
}

function withoutField(name: keyof SignedFields): Make {
  return (_, body, { fixture }) =>
    sha256Hex(textToSign({ ...signedValues(body), [name]: '' }, fixture.userDomainSecret));
}

function signedValues(body: Body): SignedFields {
  const bindingCode = fieldText(body, 'encryptedBindingCode') || fieldText(body, 'bindingCode');
  return { pk: fieldText(body, 'pk'), dk: fieldText(body, 'dk'), bindingCode, pwd: fieldText(body, 'pwd') };
}

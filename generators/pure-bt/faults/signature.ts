import { refusedUndocumented } from '../../../spec/expectation.ts';
import { type SignedFields, textToSign } from '../../../spec/pure-bt/formulas.ts';
import { sha256Hex } from '../../crypto.ts';
import { userDomainSecret } from '../../family/devices.ts';
import { replaceAt, replaceMiddle } from '../../family/tamper.ts';
import { type RequestContext, signedFields } from '../request.ts';
import { encryptedCode, withPwd } from '../valid-forms.ts';
import { type Fault, fieldText, type Kind, makeFault, missing, type Row, signedField } from './fault.ts';

/** Tried again with an encrypted bindingCode: a server may forget the check on that path. */
const alsoEncrypted = [
  ...['absent', 'empty', 'middle-digit', 'of-nothing', 'other-secret'],
  ...['without-pk', 'without-dk', 'without-code', 'without-pwd'],
];

const kind: Kind = {
  prefix: 'signature',
  breaks: 'signature',
  expect: refusedUndocumented(['signature', 'signatureMissing']),
  rule: 'signature',
};

/** White space around a signature, which a server may trim. */
const trimmed: Kind = {
  ...kind,
  rule: 'signature-form',
  expect: { ...kind.expect, open: [200], reading: 'signature-form' },
};

/**
 * What a wrong signature is made from: the right one, the values that it covers, and the context. Without the value that a
 * fault leaves out, a server without that check binds.
 */
type Source = RequestContext & { readonly good: string; readonly fields: SignedFields; readonly secret: string };

const rows: readonly Row<(source: Source) => string>[] = [
  ['first-digit', 'a signature with a different first digit', ({ good }) => replaceAt(good, 0)],
  ['middle-digit', 'a signature with a different middle digit', ({ good }) => replaceMiddle(good)],
  ['last-digit', 'a signature with a different last digit', ({ good }) => replaceAt(good, good.length - 1)],
  ['truncated', 'a signature of 63 digits', ({ good }) => good.slice(0, -1)],
  ['prefix', 'the first half of the signature', ({ good }) => good.slice(0, 32)],
  ['suffix', 'the second half of the signature', ({ good }) => good.slice(32)],
  ['reversed', 'the signature in reverse order', ({ good }) => [...good].reverse().join('')],
  ['rotated', 'the signature rotated by one digit', ({ good }) => good.slice(1) + good.slice(0, 1)],
  ['space-before', 'a signature with a space before it', ({ good }) => ` ${good}`],
  ['newline-behind', 'a signature with a newline after it', ({ good }) => `${good}\n`],
  ['space-inside', 'a signature with a space inside', ({ good }) => `${good.slice(0, 32)} ${good.slice(32)}`],
  ['0x', 'a signature that starts with 0x', ({ good }) => `0x${good}`],
  ['extended', 'a signature with one extra digit', ({ good }) => `${good}0`],
  ['base64', 'a signature in Base64', ({ good }) => Buffer.from(good, 'hex').toString('base64')],
  ['zeros', 'a signature of zeros', ({ good }) => '0'.repeat(good.length)],
  ['of-nothing', 'the digest of an empty text as signature', () => sha256Hex('')],
  [
    'other-secret',
    "a signature made with another app's secret",
    ({ fields, random }) => sign(fields, userDomainSecret(random)),
  ],
  ['without-secret', 'a signature made without the userDomainSecret', ({ fields }) => sign(fields, '')],
  ['without-pk', 'a signature made without pk', ({ fields, secret }) => sign({ ...fields, pk: '' }, secret)],
  ['without-dk', 'a signature made without dk', ({ fields, secret }) => sign({ ...fields, dk: '' }, secret)],
  [
    'without-code',
    'a signature made without the bindingCode',
    ({ fields, secret }) => sign({ ...fields, bindingCode: '' }, secret),
  ],
  ['without-pwd', 'a signature made without pwd', ({ fields, secret }) => sign({ ...fields, pwd: '' }, secret)],
  [
    'secret-first',
    'a signature made with the secret first',
    ({ fields, secret }) => sha256Hex(secret + textToSign(fields, '')),
  ],
  ['product-secret', "a signature made with the product's secret", ({ fields, fixture }) => sign(fields, fixture.ps)],
  ['hashed-twice', 'a signature that is hashed twice', ({ good }) => sha256Hex(good)],
  [
    'other-order',
    'a signature made with dk before pk',
    ({ fields, secret }) => sign({ ...fields, pk: fields.dk, dk: fields.pk }, secret),
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
      signedField('signature', (body, context) => {
        const { bindingCode, userDomainSecret: secret } = context.fixture;
        const fields = signedFields(body, bindingCode, context.dialect);
        return make({ ...context, good: fieldText(body, 'signature'), fields, secret });
      }),
    ),
  ),
];

/** Faults of `signature`. The document has no code for them (sibling pages: 5420 wrong, 5550 missing); any refusal is right. */
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

function sign(fields: SignedFields, secret: string): string {
  return sha256Hex(textToSign(fields, secret));
}

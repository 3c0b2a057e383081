import { defaultDialect } from '../../../spec/pure-bt/dialect.ts';
import { textToSign } from '../../../spec/pure-bt/formulas.ts';
import { operation } from '../../../spec/pure-bt/operation.ts';
import { sha256Hex } from '../../crypto.ts';
import { seededRandom } from '../../random.ts';
import { faultsNamed } from '../faults/all-faults.ts';
import { field, signedField } from '../faults/fault.ts';
import { buildRequest, type Change, signedFields } from '../request.ts';
import { encryptedCode, forms, inHome, notCommon, withOldSecret } from '../valid-forms.ts';
import { device, type Flag, type ValidRow } from './device.ts';
import type { RequestTest } from './vectors.generated.ts';

const { random, pwd, ...secrets } = device;
const token = 'made.up.token';
const fixture = { ...secrets, token, fid: 'f2041993355', frid: 'r7300185216' };

const set = (name: string, value: string | number | boolean | null): Change => field(name, () => value);
const withPwd = set('pwd', pwd);

const validRows: readonly ValidRow<readonly Change[]>[] = [
  ['plain', 'a plain bindingCode and no optional field', []],
  ['encrypted', 'an encrypted bindingCode', [encryptedCode], 'Reading'],
  ['pwd', 'a pwd', [withPwd]],
  ['encrypted-pwd', 'an encrypted bindingCode and a pwd', [encryptedCode, withPwd], 'Reading'],
  ['old-secret', 'the old bindingSecret', [withOldSecret]],
  ['home', 'a home and a room', [inHome]],
  ['not-common', 'isCommonDevice false', [notCommon]],
  ['capabilities', 'capabilitiesBitmask 4', [set('capabilitiesBitmask', 4)]],
  ['name-chinese', 'a Chinese deviceName, which is not signed', [set('deviceName', '厨房秤')], 'Utf8'],
  ['name-emoji', 'an emoji in the deviceName', [set('deviceName', 'Kettle 🫖')], 'Utf8'],
  ['name-symbols', 'quotes and backslashes in the deviceName', [set('deviceName', '"Kettle" \\ \'2\'')]],
  [
    'everything',
    'an encrypted bindingCode and every optional field',
    [
      encryptedCode,
      withOldSecret,
      withPwd,
      inHome,
      set('deviceName', 'Kitchen scale'),
      set('capabilitiesBitmask', 4),
      set('isCommonDevice', true),
    ],
    'Reading',
  ],
  ...[
    'code/encrypted-plain-null',
    'code/plain-encrypted-null',
    'pwd/null',
    'pwd/empty',
    'fid/null',
    'old-secret/null',
  ].map((id): ValidRow<readonly Change[]> => {
    const { title, changes } = formNamed(id);
    return [id, title, changes, 'Reading'];
  }),
];

/** Faults of the catalogue, by what they break. Faults that only the records of a server show are left out. */
const faultIds: Readonly<Partial<Record<Flag, readonly string[]>>> = {
  Field: [
    'token/missing',
    'pk/absent',
    'dk/absent',
    'dk/too-short',
    'dk/too-long',
    'dk/colons',
    'dk/non-ascii',
    'code/absent',
    'code/too-short',
    'code/lower-case',
    'new-secret/absent',
    'random/absent',
    'random/too-short',
    'signature/absent',
    'name/too-long',
    'pwd/malformed',
  ],
  Text: [
    'encrypted-code/lower-case',
    'new-secret/swapped',
    'new-secret/semicolons',
    'new-secret/other-dk',
    'old-secret/wrong',
    'signature/other-order',
    'signature/without-code-encrypted',
  ],
  Secret: ['encrypted-code/wrong-iv', 'new-secret/wrong-key', 'signature/without-secret'],
  Algorithm: ['encrypted-code/bad-padding', 'signature/of-nothing'],
  Encoding: ['encrypted-code/not-base64'],
  Changed: ['random/changed', 'signature/middle-digit'],
};

/** Fields that were changed after signing; `bindgate payload` has no such fault. */
const tampered: readonly (readonly [name: string, comment: string, changes: readonly Change[]])[] = [
  ['dk-changed', 'dk changed after signing', [signedField('dk', () => 'A4C138F20B7F')]],
  ['code-changed', 'bindingCode changed after signing', [signedField('bindingCode', () => '3F9A0C5D71E2B865')]],
  ['pwd-removed', 'pwd removed after signing', [withPwd, signedField('pwd', () => undefined)]],
  [
    'boundary-moved',
    'the last character of pk moved to the start of dk keeps the signature, not the secret',
    [signedField('pk', () => device.pk.slice(0, -1)), signedField('dk', () => device.pk.slice(-1) + device.dk)],
  ],
];

/** The tests of whole requests. */
export const requestTests: readonly RequestTest[] = [
  ...validRows.map(([name, comment, changes, ...flags]): RequestTest => {
    const { id, built, ...rest } = build(name, changes);
    return { id, comment, valid: true, flags, ...rest, plaintexts: built.plaintexts, codes: [200] };
  }),
  ...Object.entries(faultIds).flatMap(([flag, ids]) =>
    faultsNamed(...ids).map(({ id: fault, title, changes, expect }): RequestTest => {
      const { id, built: _, ...rest } = build(fault, changes);
      return { id, comment: title, valid: false, flags: [flag], ...rest, reason: fault, codes: expect.codes };
    }),
  ),
  ...tampered.map(([name, comment, changes]): RequestTest => {
    const { id, built: _, ...rest } = build(name, changes);
    return { id, comment, valid: false, flags: ['Changed'], ...rest, reason: name, codes: [] };
  }),
];

function formNamed(id: string): (typeof forms)[number] {
  const form = forms.find((one) => one.id === id);
  if (form === undefined) throw new Error(`no form is called "${id}"`);
  return form;
}

function build(name: string, changes: readonly Change[]) {
  const context = { fixture, dialect: defaultDialect, random: seededRandom(1, 'vectors', name), keys: {} };
  const built = buildRequest(context, [set('random', random), ...changes]);
  const { body, http } = built;
  const signed = textToSign(signedFields(body, undefined, defaultDialect), device.userDomainSecret);
  return {
    id: `request/${name}`,
    built,
    secrets,
    request: {
      method: operation.method,
      path: operation.path,
      headers: Object.fromEntries(http.headers),
      body: body as RequestTest['request']['body'],
    },
    textToSign: signed,
    result: sha256Hex(signed),
  };
}

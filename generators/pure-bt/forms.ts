import { secretPlaintext } from '../../spec/pure-bt/formulas.ts';
import type { RuleId } from '../../spec/pure-bt/rules.ts';
import type { Fixture } from '../../spec/pure-bt/states.ts';
import { withFields } from '../request.ts';
import { capabilityBitmasks, capabilityNames } from './capabilities.ts';
import { deviceNameKinds, deviceNameOfLength, withinLimit } from './device-names.ts';
import type { Change, Draft, RequestContext } from './request.ts';
import { withPlaintexts } from './request.ts';

/** A form of a valid request that the document allows. */
export type Form = {
  /** Stable name, such as `code/encrypted`. */
  readonly id: string;
  /** What the request is, after "binds with": `an encrypted bindingCode`. */
  readonly title: string;
  readonly change: Change;
  /** The reading without which it is no valid form: the document does not mention it. */
  readonly reading?: RuleId;
};

/** Valid requests in every form the document allows, beside the plain one. A menu: each form is one row. */
export const forms: readonly Form[] = [
  form('code/encrypted', 'an encrypted bindingCode', encryptCode),
  absent('code/encrypted-plain-null', 'an encrypted bindingCode and a null plain one', (draft) =>
    withFields(encryptCode(draft), { bindingCode: null }),
  ),
  absent('code/plain-encrypted-null', 'a plain bindingCode and a null encrypted one', (draft) =>
    withFields(draft, { encryptedBindingCode: null }),
  ),
  absent('pwd/null', 'a null pwd', (draft) => withFields(draft, { pwd: null })),
  absent('pwd/empty', 'an empty pwd', (draft) => withFields(draft, { pwd: '' })),
  absent('pwd/absent', 'no pwd', (draft) => withFields(draft, { pwd: undefined })),
  absent('fid/null', 'a null fid and a null frid', (draft) => withFields(draft, { fid: null, frid: null })),
  ...Object.entries({
    'digits-only': '0123456789',
    'hex-like': '0123456789abcdef',
    'upper-case': 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  }).map(
    ([kind, alphabet]): Form => ({
      id: `random/${kind}`,
      title: `a random: ${kind.replaceAll('-', ' ')}`,
      change: {
        at: 'draft',
        apply: (draft, { random }) => withFields(draft, { random: random.string.fromCharacters([...alphabet], 16) }),
      },
    }),
  ),
  absent('old-secret/null', 'a null encryptedOldBindingSecret', (draft) =>
    withFields(draft, { encryptedOldBindingSecret: null }),
  ),
  form('common/true', 'isCommonDevice true', (draft) => withFields(draft, { isCommonDevice: true })),
  form('common/false', 'isCommonDevice false', (draft) => withFields(draft, { isCommonDevice: false })),
  absent('common/null', 'isCommonDevice null', (draft) => withFields(draft, { isCommonDevice: null })),
  absent('name/null', 'a null deviceName', (draft) => withFields(draft, { deviceName: null })),
  {
    id: 'name/longest',
    title: 'a deviceName at the limit',
    reading: 'name-limit',
    change: {
      at: 'draft',
      apply: (draft, { random, dialect }) =>
        withFields(draft, { deviceName: deviceNameOfLength(random, dialect.deviceNameLimit) }),
    },
  },
  ...Object.entries(deviceNameKinds).map(
    ([kind, make]): Form => ({
      id: `name/${kind}`,
      title: `a deviceName: ${kind.replaceAll('-', ' ')}`,
      change: {
        at: 'draft',
        apply: (draft, { random, dialect }) =>
          withFields(draft, { deviceName: withinLimit(make(random), dialect.deviceNameLimit) }),
      },
    }),
  ),
  ...capabilityBitmasks.map((bitmask) =>
    form(`capabilities/${bitmask}`, `capabilitiesBitmask ${bitmask} (${capabilityNames(bitmask)})`, (draft) =>
      withFields(draft, { capabilitiesBitmask: bitmask }),
    ),
  ),
];

/** The bindingCode sent encrypted, in place of the plain one. */
export const encryptedCode: Change = { at: 'draft', apply: encryptCode };

/** The bindingCode sent in both forms. */
export const bothCodes: Change = {
  at: 'draft',
  apply: (draft, { fixture }) => withFields(encryptCode(draft), { bindingCode: fixture.bindingCode }),
};

/** The fixture's home and room sent along. */
export const inHome: Change = {
  at: 'draft',
  apply: (draft, { fixture }) => withFields(draft, { fid: fixture.fid, frid: fixture.frid }),
};

/** The fixture's old bindingSecret sent along, encrypted. */
export const withOldSecret: Change = {
  at: 'draft',
  apply: (draft, { fixture }) => withPlaintexts(draft, { encryptedOldBindingSecret: oldSecretPlaintext(fixture) }),
};

/** Another dk than the fixture's, everywhere in the request; the fixture's pwd is that of its own device, and is left out. */
export function withDk(dk: (context: RequestContext) => string): Change {
  return {
    at: 'draft',
    apply: (draft, context) => {
      const { pk, bindingSecret } = context.fixture;
      const value = dk(context);
      return withPlaintexts(withFields(draft, { dk: value, pwd: undefined }), {
        encryptedNewBindingSecret: secretPlaintext(pk, value, bindingSecret),
      });
    },
  };
}

/** Another bindingCode than the fixture's, in whichever form the request sends it. */
export function withCode(code: string): Change {
  return {
    at: 'draft',
    apply: (draft) =>
      draft.plaintexts.encryptedBindingCode === undefined
        ? withFields(draft, { bindingCode: code })
        : withPlaintexts(draft, { encryptedBindingCode: code }),
  };
}

/** The plaintext of the fixture's old secret; its new secret stands in where the fixture has none. */
export function oldSecretPlaintext({ pk, dk, oldBindingSecret, bindingSecret }: Fixture): string {
  return secretPlaintext(pk, dk, oldBindingSecret ?? bindingSecret);
}

function encryptCode(draft: Draft): Draft {
  const code = draft.fields['bindingCode'];
  return withPlaintexts(withFields(draft, { bindingCode: undefined }), {
    encryptedBindingCode: typeof code === 'string' ? code : '',
  });
}

/** A form that is valid where null and empty count as absent. */
function absent(id: string, title: string, apply: (draft: Draft) => Draft): Form {
  return { ...form(id, title, apply), reading: 'null-fields' };
}

function form(id: string, title: string, apply: (draft: Draft) => Draft): Form {
  return { id, title, change: { at: 'draft', apply } };
}

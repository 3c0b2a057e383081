import type { Fixture } from '../../spec/family/states.ts';
import { type Dialect, matchesPattern } from '../../spec/pure-bt/dialect.ts';
import { secretPlaintext } from '../../spec/pure-bt/formulas.ts';
import type { RuleId } from '../../spec/pure-bt/rules.ts';
import { capabilityBitmasks, capabilityNames, deviceNameKinds, withinLimit } from '../family/optional-fields.ts';
import { patternLengths, textOfLength } from '../pattern.ts';
import { seededRandom } from '../random.ts';
import { type Form, type Json, withFields } from '../request.ts';
import { draftChange, field, withPlaintext } from './faults/fault.ts';
import { type Change, type RequestContext, withPlaintexts } from './request.ts';

/** Sends the bindingCode encrypted instead of plain. */
export const encryptedCode: Change = draftChange((draft) => {
  const code = draft.fields['bindingCode'];
  const encryptedBindingCode = typeof code === 'string' ? code : '';
  return withPlaintexts(withFields(draft, { bindingCode: undefined }), { encryptedBindingCode });
});

/** Sends the bindingCode in both forms. */
export const bothCodes: readonly Change[] = [encryptedCode, field('bindingCode', ({ fixture }) => fixture.bindingCode)];

/** Adds the fixture's home. */
export const inFid: Change = field('fid', ({ fixture }) => fixture.fid);

/** Adds the fixture's home and room. */
export const inHome: Change = draftChange((draft, { fixture: { fid, frid } }) => withFields(draft, { fid, frid }));

/** Sets isCommonDevice to false. */
export const notCommon: Change = field('isCommonDevice', () => false);

/** Adds the fixture's old bindingSecret, encrypted. */
export const withOldSecret: Change = withPlaintext('encryptedOldBindingSecret', ({ fixture }) =>
  oldSecretPlaintext(fixture),
);

/** Adds the device's pwd, or an invented one if it has none. */
export const withPwd: Change = field('pwd', ({ fixture, dialect }) => fixture.pwd ?? inventedPwd(dialect));

/** A well-formed pwd: a malformed one would be a fault of its own. Six digits suit most formats that no one has declared. */
export function inventedPwd(dialect: Dialect): string {
  const usual = '482913';
  if (matchesPattern(usual, 'pwdPattern', dialect)) return usual;
  const { shortest = 1 } = patternLengths(dialect.pwdPattern) ?? {};
  return textOfLength(dialect.pwdPattern, Math.max(shortest, 1), seededRandom(0, usual)) ?? usual;
}

/** Replaces the fixture's pk everywhere in the request. */
export function withPk(pk: (context: RequestContext) => string): Change {
  return draftChange((draft, context) => {
    const { dk, bindingSecret } = context.fixture;
    const value = pk(context);
    return withPlaintexts(withFields(draft, { pk: value }), {
      encryptedNewBindingSecret: secretPlaintext(value, dk, bindingSecret),
    });
  });
}

/** Replaces the fixture's dk everywhere in the request, and removes pwd, which belongs to the fixture's device. */
export function withDk(dk: (context: RequestContext) => string): Change {
  return draftChange((draft, context) => {
    const { pk, bindingSecret } = context.fixture;
    const value = dk(context);
    return withPlaintexts(withFields(draft, { dk: value, pwd: undefined }), {
      encryptedNewBindingSecret: secretPlaintext(pk, value, bindingSecret),
    });
  });
}

/** Replaces the bindingCode, in the form that the request sends. */
export function withCode(code: string): Change {
  return draftChange((draft) =>
    draft.plaintexts.encryptedBindingCode === undefined
      ? withFields(draft, { bindingCode: code })
      : withPlaintexts(draft, { encryptedBindingCode: code }),
  );
}

/** The plaintext of the fixture's old secret; uses the new secret if the fixture has no old one. */
export function oldSecretPlaintext({ pk, dk, oldBindingSecret, bindingSecret }: Fixture): string {
  return secretPlaintext(pk, dk, oldBindingSecret ?? bindingSecret);
}

/** The forms of a valid request, in addition to the plain one. Each form is one row. */
export const forms: readonly Form<Change, RuleId>[] = [
  { id: 'code/encrypted', title: 'an encrypted bindingCode', changes: [encryptedCode] },
  absent(
    'code/encrypted-plain-null',
    'an encrypted bindingCode and a null plain one',
    encryptedCode,
    setField('bindingCode', null),
  ),
  absent(
    'code/plain-encrypted-null',
    'a plain bindingCode and a null encrypted one',
    setField('encryptedBindingCode', null),
  ),
  absent('pwd/null', 'a null pwd', setField('pwd', null)),
  absent('pwd/empty', 'an empty pwd', setField('pwd', '')),
  absent('pwd/absent', 'no pwd', setField('pwd', undefined)),
  absent('fid/null', 'a null fid and a null frid', setField('fid', null), setField('frid', null)),
  ...Object.entries({
    'digits-only': '0123456789',
    'hex-like': '0123456789abcdef',
    'upper-case': 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  }).map(([kind, alphabet]) => ({
    id: `random/${kind}`,
    title: `a random: ${kind.replaceAll('-', ' ')}`,
    changes: [field('random', ({ random }) => random.string.fromCharacters([...alphabet], 16))],
  })),
  absent('old-secret/null', 'a null encryptedOldBindingSecret', setField('encryptedOldBindingSecret', null)),
  { id: 'common/true', title: 'isCommonDevice true', changes: [setField('isCommonDevice', true)] },
  { id: 'common/false', title: 'isCommonDevice false', changes: [notCommon] },
  absent('common/null', 'isCommonDevice null', setField('isCommonDevice', null)),
  absent('name/null', 'a null deviceName', setField('deviceName', null)),
  {
    id: 'name/longest',
    title: 'a deviceName at the limit',
    reading: 'name-limit',
    changes: [field('deviceName', ({ random, dialect }) => random.string.alpha(dialect.deviceNameLimit))],
  },
  ...Object.entries(deviceNameKinds).map(([kind, make]) => ({
    id: `name/${kind}`,
    title: `a deviceName: ${kind.replaceAll('-', ' ')}`,
    changes: [field('deviceName', ({ random, dialect }) => withinLimit(make(random), dialect.deviceNameLimit))],
  })),
  ...capabilityBitmasks.map((bitmask) => ({
    id: `capabilities/${bitmask}`,
    title: `capabilitiesBitmask ${bitmask} (${capabilityNames(bitmask)})`,
    changes: [setField('capabilitiesBitmask', bitmask)],
  })),
];

/** A form that is valid if null and empty count as absent. */
function absent(id: string, title: string, ...changes: readonly Change[]): Form<Change, RuleId> {
  return { id, title, changes, reading: 'null-fields' };
}

function setField(name: string, value: Json | undefined): Change {
  return field(name, () => value);
}

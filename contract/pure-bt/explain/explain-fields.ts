import { isRecord } from '../../../spec/is-record.ts';
import { defaultDialect, matchesPattern } from '../../../spec/pure-bt/dialect.ts';
import { describeJson } from '../../read-request/found-request.ts';
import { judgePart, mistake, note, type PartExplanation, type Remark } from './explanation.ts';
import { fields, meantField, mostNames, wrapperOf } from './field-names.ts';
import { display, fieldText, type Known, readDevice } from './known.ts';
import { isMasked, maskedValues } from './masked.ts';
import { codeRemarks } from './plaintext/code.ts';

/** Required fields, with the code that a server answers without them. */
const required = { pk: ' (5066)', dk: ' (5067)', random: '', encryptedNewBindingSecret: '' };

/** Checks the fields one by one, and the names under which they were sent; needs no secret. */
export function explainFields(
  known: Known,
  sent: Known['request']['body'] = known.request.body,
): PartExplanation<Remark> {
  const findings = [
    ...wrongNames(known, sent),
    ...Object.entries(fields).map(([name, type]) => wrongType(known, name, type)),
    ...Object.entries(required).map(
      ([name, code]) =>
        fieldText(known, name) === '' && mistake('field/missing', `${name} is missing or empty${code}`, `send ${name}`),
    ),
    wrongRandom(known),
    ...wrongCodes(known),
    ...wrongFormats(known),
    ...repeatedNames(known),
    ...maskedValues(known),
    ...otherOrigin(known),
  ].filter((finding) => finding !== false);
  return judgePart('fields', findings, 'every field has the right format');
}

function wrongNames(known: Known, sent: Known['request']['body']): readonly (Remark | false)[] {
  const wrapper = wrapperOf(sent);
  const inner = wrapper === undefined ? {} : sent[wrapper];
  const names = Object.keys({ ...sent, ...(isRecord(inner) ? inner : {}) }).filter(
    (name) => name !== wrapper && !Object.hasOwn(fields, name),
  );
  const wrapped = `the fields are in "${wrapper}", not at the top of the body`;
  const more = names.length - mostNames;
  return [
    wrapper !== undefined && mistake('field/wrapped', wrapped, `send {"pk": …}, not {"${wrapper}": {"pk": …}}`),
    ...names.slice(0, mostNames).map((name) => {
      const meant = meantField(name);
      const says = `"${display(known, name, 60)}" is not a field of this operation`;
      return meant === undefined
        ? note('field/unknown', says, 'remove it')
        : mistake('field/typo', says, `did you mean "${meant}"?`);
    }),
    more > 0 && note('field/unknown', `${more} more fields are not of this operation`, 'remove them'),
  ];
}

function wrongType({ request }: Known, name: string, type: string): Remark | false {
  const value = request.body[name];
  if (value === undefined || value === null || typeof value === type) return false;
  return mistake('field/type', `${name} is ${describeJson(value)}, not a ${type}`, `send ${name} as a JSON ${type}`);
}

/** RFC 8259, section 4: what a receiver makes of a name that is not unique is not predictable. */
function repeatedNames(known: Known): readonly Remark[] {
  return (known.request.repeated ?? []).slice(0, mostNames).map((name) => {
    const says = `${display(known, name, 60)} is given more than once; servers differ in which one they use`;
    return note('field/repeated', says, 'send it once');
  });
}

function wrongRandom(known: Known): Remark | false {
  const random = fieldText(known, 'random');
  const bytes = Buffer.byteLength(random);
  const fix = 'send 16 letters and digits, and use the same 16 bytes as the IV';
  if (random === '' || /^[0-9A-Za-z]{16}$/.test(random) || isMasked(known.request, 'random')) return false;
  if (bytes === 16) return note('field/random-characters', 'random has characters that are not letters or digits', fix);
  const encoded = /^[0-9a-f]{32}$/i.test(random) || /^[A-Za-z0-9+/]{22}==$/.test(random);
  const why = encoded ? ': it looks like 16 bytes in hex or Base64, but servers do not decode it' : '';
  return mistake('field/random-length', `random has ${bytes} bytes, but an IV has 16${why}`, fix);
}

function wrongCodes(known: Known): readonly Remark[] {
  const plain = fieldText(known, 'bindingCode');
  const encrypted = fieldText(known, 'encryptedBindingCode');
  const missing = 'bindingCode and encryptedBindingCode are both missing (5179)';
  if (plain === '') return encrypted === '' ? [mistake('field/no-code', missing, 'send one of them')] : [];
  const both = 'bindingCode and encryptedBindingCode are both given';
  const oneFix = 'send only one; the document does not say which one a server uses';
  const remarks = isMasked(known.request, 'bindingCode') ? [] : codeRemarks(known, plain);
  return [
    ...(encrypted === '' ? [] : [mistake('field/both-codes', both, oneFix)]),
    ...remarks.map((remark) => ({ ...remark, says: `bindingCode is wrong: ${remark.says}` })),
  ];
}

function wrongFormats(known: Known): readonly (Remark | false)[] {
  const { dialect, request } = known;
  const { deviceNameLimit, pwdPattern } = dialect;
  const { dk } = readDevice(known);
  const pwd = fieldText(known, 'pwd');
  const { length } = fieldText(known, 'deviceName');
  const bitmask = request.body['capabilitiesBitmask'];
  const wrongPwd = `pwd does not match the dialect's pattern ${display(known, pwdPattern)} (5357)`;
  return [
    dk !== '' && !isMasked(request, 'dk') && !matchesPattern(dk, 'dkPattern', dialect) && wrongDk(known, dk),
    length > deviceNameLimit &&
      mistake(
        'field/name-length',
        `deviceName has ${length} characters; the limit is ${deviceNameLimit} (5333)`,
        `shorten deviceName to ${deviceNameLimit} characters`,
      ),
    pwd !== '' &&
      !isMasked(request, 'pwd') &&
      !matchesPattern(pwd, 'pwdPattern', dialect) &&
      mistake('field/pwd-format', wrongPwd, 'change pwd, or set --dialect pwdPattern=…'),
    typeof bitmask === 'number' &&
      !(Number.isInteger(bitmask) && bitmask >= 1 && bitmask <= 15) &&
      // The document's own example has 0.
      (bitmask === 0 ? note : mistake)(
        'field/bitmask',
        `capabilitiesBitmask is ${bitmask}, which is not a sum of 1, 2, 4 and 8`,
        'send a whole number from 1 to 15',
      ),
  ];
}

function wrongDk(known: Known, dk: string): Remark {
  const { dkPattern } = known.dialect;
  const mac = /^[0-9A-Fa-f]{2}([:-][0-9A-Fa-f]{2})+$/.test(dk) ? ': it looks like a MAC address with separators' : '';
  if (dkPattern === defaultDialect.dkPattern) {
    const says = `dk is not 4 to 32 letters and digits (5361)${mac}`;
    return mistake('field/dk-format', says, 'send only the letters and digits');
  }
  const says = `dk does not match the dialect's pattern ${display(known, dkPattern)} (5361)${mac}`;
  return mistake('field/dk-format', says, 'change dk, or set --dialect dkPattern=…');
}

/** Signs that the request and the secrets belong to different devices. */
function otherOrigin(known: Known): readonly (Remark | false)[] {
  const { secrets } = known;
  const others = { pk: 'product: its PS may differ', dk: 'device: its secrets may differ' };
  return (['pk', 'dk'] as const).map((field) => {
    const given = fieldText(known, field);
    const differs = secrets[field] !== undefined && given !== '' && given !== secrets[field];
    const says = `the fixture belongs to another ${others[field]}`;
    return differs && note(`field/${field}-other`, says, `use the fixture of this ${field}`);
  });
}

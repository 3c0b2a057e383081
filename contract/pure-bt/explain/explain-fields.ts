import { isRecord } from '../../../spec/is-record.ts';
import { defaultDialect, matchesPattern } from '../../../spec/pure-bt/dialect.ts';
import type { BindingRequest } from '../../../spec/pure-bt/types.ts';
import { describeJson } from '../../read-request/found-request.ts';
import type { Finding, PartExplanation } from './explanation.ts';
import { decideVerdict } from './explanation.ts';
import { meantField, mostNames, wrapperOf } from './field-names.ts';
import type { Known } from './known.ts';
import { display, fieldText, readDevice } from './known.ts';
import { isMasked, maskFindings } from './masked.ts';
import { codeRemarks } from './plaintext/code.ts';
import { toFinding } from './plaintext/remark.ts';

/** Every field of the request and its JSON type. Source: the document's request parameters. */
const fields: { readonly [Name in keyof BindingRequest]-?: 'string' | 'number' | 'boolean' } = {
  pk: 'string',
  dk: 'string',
  bindingCode: 'string',
  encryptedBindingCode: 'string',
  encryptedNewBindingSecret: 'string',
  encryptedOldBindingSecret: 'string',
  random: 'string',
  signature: 'string',
  pwd: 'string',
  deviceName: 'string',
  fid: 'string',
  frid: 'string',
  capabilitiesBitmask: 'number',
  isCommonDevice: 'boolean',
};

/** The names of the fields. */
export const fieldNames: readonly string[] = Object.keys(fields);

/** Required fields, with the code that a server answers without them. */
const required = { pk: ' (5066)', dk: ' (5067)', random: '', encryptedNewBindingSecret: '' };

/** Checks the fields one by one, and the names under which they were sent; needs no secret. */
export function explainFields(known: Known, sent: Known['request']['body'] = known.request.body): PartExplanation {
  const findings = [
    ...wrongNames(known, sent),
    ...Object.entries(fields).map(([name, type]) => typeFinding(known, name, type)),
    ...Object.entries(required).map(
      ([name, code]) =>
        fieldText(known, name) === '' && fieldFinding('missing', `${name} is missing or empty${code}`, `send ${name}`),
    ),
    randomFinding(known),
    ...codeFindings(known),
    ...formatFindings(known),
    ...repeatedFindings(known),
    ...maskFindings(known),
    ...originFindings(known),
  ].filter((finding) => finding !== false);
  const [first, ...others] = findings.filter(({ kind }) => kind !== 'note');
  const one = first?.says ?? 'every field has the right format';
  const says = others.length > 0 ? `${others.length + 1} mistakes; fix each of them` : one;
  return { part: 'fields', verdict: decideVerdict(findings), says, findings };
}

function fieldFinding(id: string, says: string, fix: string, kind: Finding['kind'] = 'mistake'): Finding {
  return { part: 'fields', id: `field/${id}`, kind, says, fix };
}

function wrongNames(known: Known, sent: Known['request']['body']): readonly Finding[] {
  const wrapper = wrapperOf(sent);
  const inner = wrapper === undefined ? {} : sent[wrapper];
  const names = Object.keys({ ...sent, ...(isRecord(inner) ? inner : {}) }).filter(
    (name) => name !== wrapper && !fieldNames.includes(name),
  );
  const wrapped = `the fields are in "${wrapper}", not at the top of the body`;
  return [
    ...(wrapper === undefined
      ? []
      : [fieldFinding('wrapped', wrapped, `send {"pk": …}, not {"${wrapper}": {"pk": …}}`)]),
    ...names.slice(0, mostNames).map((name) => {
      const meant = meantField(name, fieldNames);
      const shown = display(known, name, 60);
      return meant === undefined
        ? fieldFinding('unknown', `"${shown}" is not a field of this operation`, 'remove it', 'note')
        : fieldFinding('typo', `"${shown}" is not a field of this operation`, `did you mean "${meant}"?`);
    }),
    ...(names.length <= mostNames
      ? []
      : [
          fieldFinding(
            'unknown',
            `${names.length - mostNames} more fields are not of this operation`,
            'remove them',
            'note',
          ),
        ]),
  ];
}

function typeFinding({ request }: Known, name: string, type: string): Finding | false {
  const value = request.body[name];
  if (value === undefined || value === null || typeof value === type) return false;
  return fieldFinding('type', `${name} is ${describeJson(value)}, not a ${type}`, `send ${name} as a JSON ${type}`);
}

/** RFC 8259, section 4: what a receiver makes of a name that is not unique is not predictable. */
function repeatedFindings(known: Known): readonly Finding[] {
  return (known.request.repeated ?? []).slice(0, mostNames).map((name) => {
    const says = `${display(known, name, 60)} is given more than once; servers differ in which one they use`;
    return fieldFinding('repeated', says, 'send it once', 'note');
  });
}

function randomFinding(known: Known): Finding | false {
  const random = fieldText(known, 'random');
  const bytes = Buffer.byteLength(random);
  const fix = 'send 16 letters and digits, and use the same 16 bytes as the IV';
  if (random === '' || /^[0-9A-Za-z]{16}$/.test(random) || isMasked(known.request, 'random')) return false;
  if (bytes === 16) {
    return fieldFinding('random-characters', 'random has characters that are not letters or digits', fix, 'note');
  }
  const encoded = /^[0-9a-f]{32}$/i.test(random) || /^[A-Za-z0-9+/]{22}==$/.test(random);
  const why = encoded ? ': it looks like 16 bytes in hex or Base64, but servers do not decode it' : '';
  return fieldFinding('random-length', `random has ${bytes} bytes, but an IV has 16${why}`, fix);
}

function codeFindings(known: Known): readonly Finding[] {
  const plain = fieldText(known, 'bindingCode');
  const encrypted = fieldText(known, 'encryptedBindingCode');
  if (plain === '' && encrypted === '') {
    return [
      fieldFinding('no-code', 'bindingCode and encryptedBindingCode are both missing (5179)', 'send one of them'),
    ];
  }
  if (plain === '') return [];
  const both = 'bindingCode and encryptedBindingCode are both given';
  return [
    ...(encrypted === ''
      ? []
      : [fieldFinding('both-codes', both, 'send only one; the document does not say which one a server uses')]),
    ...(isMasked(known.request, 'bindingCode') ? [] : codeRemarks(known, plain)).map((remark) =>
      toFinding('fields', { ...remark, says: `bindingCode is wrong: ${remark.says}` }),
    ),
  ];
}

function formatFindings(known: Known): readonly (Finding | false)[] {
  const { dialect } = known;
  const { deviceNameLimit, pwdPattern } = dialect;
  const { dk } = readDevice(known);
  const pwd = fieldText(known, 'pwd');
  const { length } = fieldText(known, 'deviceName');
  const bitmask = known.request.body['capabilitiesBitmask'];
  return [
    dk !== '' && !isMasked(known.request, 'dk') && !matchesPattern(dk, 'dkPattern', dialect) && dkFinding(known, dk),
    length > deviceNameLimit &&
      fieldFinding(
        'name-length',
        `deviceName has ${length} characters; the limit is ${deviceNameLimit} (5333)`,
        `shorten deviceName to ${deviceNameLimit} characters`,
      ),
    pwd !== '' &&
      !isMasked(known.request, 'pwd') &&
      !matchesPattern(pwd, 'pwdPattern', dialect) &&
      fieldFinding(
        'pwd-format',
        `pwd does not match the dialect's pattern ${display(known, pwdPattern)} (5357)`,
        'change pwd, or set --dialect pwdPattern=…',
      ),
    typeof bitmask === 'number' &&
      !(Number.isInteger(bitmask) && bitmask >= 1 && bitmask <= 15) &&
      fieldFinding(
        'bitmask',
        `capabilitiesBitmask is ${bitmask}, which is not a sum of 1, 2, 4 and 8`,
        'send a whole number from 1 to 15',
        // The document's own example has 0.
        bitmask === 0 ? 'note' : 'mistake',
      ),
  ];
}

function dkFinding(known: Known, dk: string): Finding {
  const { dkPattern } = known.dialect;
  const mac = /^[0-9A-Fa-f]{2}([:-][0-9A-Fa-f]{2})+$/.test(dk) ? ': it looks like a MAC address with separators' : '';
  if (dkPattern === defaultDialect.dkPattern) {
    const says = `dk is not 4 to 32 letters and digits (5361)${mac}`;
    return fieldFinding('dk-format', says, 'send only the letters and digits');
  }
  const says = `dk does not match the dialect's pattern ${display(known, dkPattern)} (5361)${mac}`;
  return fieldFinding('dk-format', says, 'change dk, or set --dialect dkPattern=…');
}

/** Signs that the request and the secrets belong to different devices. */
function originFindings(known: Known): readonly (Finding | false)[] {
  const { secrets } = known;
  const others = { pk: 'product: its PS may differ', dk: 'device: its secrets may differ' };
  return (['pk', 'dk'] as const).map((field) => {
    const given = fieldText(known, field);
    const differs = secrets[field] !== undefined && given !== '' && given !== secrets[field];
    return (
      differs &&
      fieldFinding(
        `${field}-other`,
        `the fixture belongs to another ${others[field]}`,
        `use the fixture of this ${field}`,
        'note',
      )
    );
  });
}

import type { BindingRequest } from '../../../spec/pure-bt/types.ts';
import { nearest } from '../../nearest.ts';
import type { Finding, PartExplanation } from './explanation.ts';
import { verdictOf } from './explanation.ts';
import type { Known } from './known.ts';
import { display, fieldText } from './known.ts';
import { codeRemarks } from './plaintext/code.ts';

/** Every field of the request, and what JSON value it takes. Source: the document's request parameters. */
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

const required = ['pk', 'dk', 'random', 'encryptedNewBindingSecret'] as const;

/** What can be said of the fields one by one, without any secret. */
export function explainFields(known: Known): PartExplanation {
  const findings = [
    ...unknownFields(known),
    ...Object.entries(fields).flatMap(([name, type]) => typeFinding(known, name, type)),
    ...required.filter((name) => fieldText(known, name) === '').map(missing),
    ...randomFindings(known),
    ...dkFindings(known),
    ...codeFindings(known),
    ...formatFindings(known),
    ...originFindings(known),
  ];
  const mistakes = findings.filter(({ kind }) => kind !== 'note');
  const [first] = mistakes;
  const says =
    mistakes.length > 1
      ? `${mistakes.length} mistakes, each to be mended`
      : (first?.says ?? 'every field is well formed');
  return { part: 'fields', verdict: verdictOf(findings), says, findings };
}

function finding(id: string, says: string, fix: string, kind: Finding['kind'] = 'mistake'): Finding {
  return { part: 'fields', id: `field/${id}`, kind, says, fix };
}

function unknownFields(known: Known): readonly Finding[] {
  return Object.keys(known.request.body)
    .filter((name) => !Object.hasOwn(fields, name))
    .map((name) => {
      const meant = nearest(name, Object.keys(fields));
      const shown = display(known, name, 60);
      return meant === undefined
        ? finding('unknown', `"${shown}" is no field of this operation`, 'leave it out', 'note')
        : finding('typo', `"${shown}" is no field; "${meant}" is`, `write "${meant}"`);
    });
}

function typeFinding({ request }: Known, name: string, type: string): readonly Finding[] {
  const value = request.body[name];
  if (value === undefined || value === null) return [];
  const given = Array.isArray(value) ? 'list' : typeof value;
  if (given === type) return [];
  return [finding('type', `${name} is a ${given}, not a ${type}`, `send ${name} as a JSON ${type}`)];
}

const missingCodes: Readonly<Record<string, string>> = { pk: ' (5066)', dk: ' (5067)' };

function missing(name: string): Finding {
  return finding('missing', `${name} is missing or empty${missingCodes[name] ?? ''}`, `send ${name}`);
}

function randomFindings(known: Known): readonly Finding[] {
  const random = fieldText(known, 'random');
  if (random === '') return [];
  const bytes = Buffer.byteLength(random);
  const fix = 'send 16 letters and digits, and use the same 16 bytes as the IV';
  if (bytes !== 16) {
    const encoded = /^[0-9a-f]{32}$/i.test(random) || /^[A-Za-z0-9+/]{22}==$/.test(random);
    const why = encoded ? ': it looks like 16 bytes in hex or Base64, and is taken as it stands' : '';
    return [finding('random-length', `random has ${bytes} bytes, and an IV has 16${why}`, fix)];
  }
  if (/^[0-9A-Za-z]{16}$/.test(random)) return [];
  return [finding('random-characters', 'random has other characters than letters and digits', fix, 'note')];
}

function dkFindings(known: Known): readonly Finding[] {
  const dk = fieldText(known, 'dk');
  if (dk === '' || /^[0-9A-Za-z]{4,32}$/.test(dk)) return [];
  const why = /^[0-9A-Fa-f]{2}([:-][0-9A-Fa-f]{2})+$/.test(dk) ? ': it is a MAC address with separators' : '';
  return [
    finding('dk-format', `dk is not 4 to 32 letters and digits (5361)${why}`, 'send the letters and digits alone'),
  ];
}

function codeFindings(known: Known): readonly Finding[] {
  const plain = fieldText(known, 'bindingCode');
  const encrypted = fieldText(known, 'encryptedBindingCode');
  if (plain === '' && encrypted === '') {
    return [finding('no-code', 'neither bindingCode nor encryptedBindingCode is given (5179)', 'send one of them')];
  }
  const both =
    plain === '' || encrypted === ''
      ? []
      : [
          finding(
            'both-codes',
            'bindingCode and encryptedBindingCode are both given',
            'choose one; the document does not say which one wins',
          ),
        ];
  const remarks = plain === '' ? [] : codeRemarks(known, plain);
  return [
    ...both,
    ...remarks.map((remark): Finding => ({ ...remark, part: 'fields', says: `bindingCode is wrong: ${remark.says}` })),
  ];
}

function formatFindings(known: Known): readonly Finding[] {
  const { dialect, request } = known;
  const findings: Finding[] = [];
  const { length } = fieldText(known, 'deviceName');
  if (length > dialect.deviceNameLimit) {
    const says = `deviceName has ${length} characters, more than ${dialect.deviceNameLimit} (5333)`;
    findings.push(finding('name-length', says, 'shorten it'));
  }
  const pwd = fieldText(known, 'pwd');
  if (pwd !== '' && !new RegExp(`^(?:${dialect.pwdPattern})$`).test(pwd)) {
    const says = `pwd does not fit the dialect's pattern ${display(known, dialect.pwdPattern)} (5357)`;
    findings.push(finding('pwd-format', says, 'correct it, or set --dialect pwdPattern=…'));
  }
  const { capabilitiesBitmask: bitmask } = request.body as { capabilitiesBitmask?: unknown };
  if (typeof bitmask === 'number' && !(Number.isInteger(bitmask) && bitmask >= 1 && bitmask <= 15)) {
    const says = `capabilitiesBitmask is ${bitmask}, no sum of 1, 2, 4 and 8`;
    // The page's own example shows 0.
    const kind = bitmask === 0 ? 'note' : 'mistake';
    findings.push(finding('bitmask', says, 'send a whole number from 1 to 15', kind));
  }
  return findings;
}

/** What makes it likely that request and secrets do not belong together. */
function originFindings(known: Known): readonly Finding[] {
  const { request, secrets } = known;
  const findings: Finding[] = [];
  if (Object.values(request.body).some((value) => typeof value === 'string' && /«.+»/.test(value))) {
    const fix = 'take the request from a run with --show-secrets';
    findings.push(finding('masked', 'values are masked («…»), as a report shows them', fix));
  }
  for (const field of ['pk', 'dk'] as const) {
    const other = secrets[field];
    const value = fieldText(known, field);
    if (other === undefined || value === '' || value === other) continue;
    const what = field === 'pk' ? 'product: its PS may be another one' : 'device: its secrets may be others';
    const says = `the fixture is of another ${what}`;
    findings.push(finding(`${field}-other`, says, `give the fixture of this ${field}`, 'note'));
  }
  return findings;
}

import type { Behaviour } from '../../../../spec/pure-bt/reference/behaviour.ts';
import type { Fields } from '../../../../spec/pure-bt/reference/fields.ts';
import { coerced, hasOtherKeys, objectIn } from '../variants/leniency.ts';
import type { Reading } from './reading.ts';

/** How the fields of a request may look, and what null and empty mean. */
export const fieldReadings: readonly Reading[] = [
  dkFormat('separators', 'accepts colons, hyphens and underscores in a dk', /^[0-9A-Za-z:_-]{3,48}$/),
  dkFormat('printable', 'accepts any printable dk', /^[\x21-\x7e](?:[\x20-\x7e]{0,62}[\x21-\x7e])?$/),
  dkFormat('hex', 'accepts a dk of 12 to 16 hex digits', /^[0-9A-Fa-f]{12,16}$/),
  dkFormat('longer', 'accepts a dk of 8 to 64 letters and digits', /^[0-9A-Za-z]{8,64}$/),
  dkFormat('upper-case', 'accepts digits and upper-case letters in a dk', /^[0-9A-Z]{4,32}$/),
  codeFormat('any-case', 'accepts a bindingCode in either case', /^[0-9A-Fa-f]{16}$/),
  codeFormat('letters', 'accepts 8 to 32 letters and digits for a bindingCode', /^[0-9A-Za-z]{8,32}$/),
  codeFormat('any-length', 'accepts a bindingCode of any length', /^[0-9A-Fa-f]{1,64}$/),
  codeFormat('printable', 'accepts any printable bindingCode', /^[\x21-\x7e]{1,128}$/),
  ...[32, 64, 255, 1_000, 4_000].map((limit) => nameLimit(limit)),
  {
    id: 'name-unit/bytes',
    differs: 'counts the bytes of a deviceName',
    override: () => ({
      deviceNameFormat: ({ fields, behaviour }) =>
        Buffer.byteLength(fields.deviceName ?? '') <= behaviour.deviceNameLimit ? undefined : 'deviceNameTooLong',
    }),
  },
  {
    id: 'name-unit/characters',
    differs: 'counts the characters of a deviceName',
    override: () => ({
      deviceNameFormat: ({ fields, behaviour }) =>
        [...(fields.deviceName ?? '')].length <= behaviour.deviceNameLimit ? undefined : 'deviceNameTooLong',
    }),
  },
  pwdFormat('six-digits', 'wants passwords of six digits', /^[0-9]{6}$/),
  pwdFormat('any-script', 'accepts a pwd in any script', /^\P{Cc}{1,100}$/u),
  pwdFormat('long', 'accepts a pwd of 6 to 128 characters', /^[\x20-\x7e]{6,128}$/),
  {
    id: 'pwd-empty/refused',
    differs: 'takes an empty pwd for a malformed one',
    override: () => ({
      pwdFormat: ({ fields, behaviour }) =>
        fields.pwd === undefined || behaviour.pwdPattern.test(fields.pwd) ? undefined : 'pwdFormat',
    }),
  },
  {
    id: 'random-format/bytes',
    differs: 'accepts any 16 ASCII characters for random',
    override: () => ({ randomPattern: /^[\x21-\x7e]{16}$/ }),
  },
  reads('nulls/refused', 'refuses null for an optional field', (inner) => (body) => {
    const optional =
      /"(?:fid|frid|pwd|deviceName|isCommonDevice|capabilitiesBitmask|encrypted(?:Old|Binding)\w+)":\s*null/;
    return optional.test(textOf(body)) ? undefined : inner.readFields(body);
  }),
  reads('nulls/as-text', 'takes null for the text "null"', (inner) => (body) => {
    const fields = inner.readFields(body);
    if (fields === undefined) return undefined;
    const named = (['fid', 'pwd', 'deviceName'] as const).filter((name) => isNull(body, name));
    return { ...fields, ...Object.fromEntries(named.map((name) => [name, 'null'])) };
  }),
  reads('common-null/false', 'takes a null isCommonDevice for false', (inner) => (body) => {
    const fields = inner.readFields(body);
    return fields !== undefined && isNull(body, 'isCommonDevice') ? { ...fields, isCommonDevice: false } : fields;
  }),
  reads('spaces/trimmed', 'takes white space away from the ends of every text', (inner) => (body) => {
    const fields = inner.readFields(body);
    if (fields === undefined) return undefined;
    const entries = Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.trim() : value,
    ]);
    return Object.fromEntries(entries) as Fields;
  }),
  reads(
    'keys/strict',
    'refuses unknown and repeated keys',
    (inner) => (body) => (hasOtherKeys(textOf(body)) ? undefined : inner.readFields(body)),
  ),
  reads(
    'types/coerced',
    'makes the expected type out of other scalars',
    (inner) => (body) => coerced(body) ?? inner.readFields(body),
  ),
  reads(
    'text-around/ignored',
    'ignores text before and after the JSON object',
    (inner) => (body) => inner.readFields(body) ?? inner.readFields(objectIn(body)),
  ),
  reads('bitmask-0/refused', 'refuses a capabilitiesBitmask of 0', (inner) => (body) => {
    const fields = inner.readFields(body);
    return fields?.capabilitiesBitmask === 0 ? undefined : fields;
  }),
  reads('control-characters/refused', 'refuses control characters in a deviceName', (inner) => (body) => {
    const fields = inner.readFields(body);
    return /\p{Cc}|\p{Cs}/u.test(fields?.deviceName ?? '') ? undefined : fields;
  }),
];

function dkFormat(name: string, differs: string, dkPattern: RegExp): Reading {
  return { id: `dk-format/${name}`, differs, override: () => ({ dkPattern }) };
}

function codeFormat(name: string, differs: string, bindingCodePattern: RegExp): Reading {
  // Of any length, and compared with no record, a code could give a character to the pwd under the same signature.
  const excludes = name === 'any-case' ? [] : ['wrong-code/accepted'];
  return { id: `code-format/${name}`, differs, override: () => ({ bindingCodePattern }), excludes };
}

function pwdFormat(name: string, differs: string, pwdPattern: RegExp): Reading {
  return { id: `pwd-format/${name}`, differs, override: () => ({ pwdPattern }) };
}

function nameLimit(limit: number): Reading {
  const override = (): Partial<Behaviour> => ({ deviceNameLimit: limit });
  return { id: `name-limit/${limit}`, differs: `accepts a deviceName of ${limit}`, override };
}

function reads(id: string, differs: string, readFields: (inner: Behaviour) => Behaviour['readFields']): Reading {
  return { id, differs, override: (inner) => ({ readFields: readFields(inner) }) };
}

function textOf(body: Uint8Array): string {
  return Buffer.from(body).toString();
}

function isNull(body: Uint8Array, name: string): boolean {
  return new RegExp(`"${name}":\\s*null`).test(textOf(body));
}

import type { Fields } from '../../../../spec/pure-bt/reference/fields.ts';
import { edited, parseJson } from '../../../mutants/operators.ts';
import { type Change, makeReadings, nullsIn, type Reading, readingFields, reads, refusingFields } from '../server.ts';
import { giving } from './http.ts';

/** The formats of fields, and the meaning of null and empty. */
export const fieldReadings: readonly Reading[] = [
  ...makeReadings({
    'dk-format/separators: accepts colons, hyphens and underscores in a dk': format(
      'dkPattern',
      /^[0-9A-Za-z:_-]{3,48}$/,
    ),
    'dk-format/printable: accepts any printable dk': format(
      'dkPattern',
      /^[\x21-\x7e](?:[\x20-\x7e]{0,62}[\x21-\x7e])?$/,
    ),
    'dk-format/hex: accepts a dk of 12 to 16 hex digits': format('dkPattern', /^[0-9A-Fa-f]{12,16}$/),
    'dk-format/longer: accepts a dk of 8 to 64 letters and digits': format('dkPattern', /^[0-9A-Za-z]{8,64}$/),
    'dk-format/upper-case: accepts digits and upper-case letters in a dk': format('dkPattern', /^[0-9A-Z]{4,32}$/),
    'code-format/any-case: accepts a bindingCode in either case': format('bindingCodePattern', /^[0-9A-Fa-f]{16}$/),
    'code-format/letters: accepts a bindingCode of 8 to 32 letters and digits': format(
      'bindingCodePattern',
      /^[0-9A-Za-z]{8,32}$/,
    ),
    'code-format/any-length: accepts a bindingCode of any length': format('bindingCodePattern', /^[0-9A-Fa-f]{1,64}$/),
    'code-format/printable: accepts any printable bindingCode': format('bindingCodePattern', /^[\x21-\x7e]{1,128}$/),
    // Formats that the team declares.
    'dk-format/wide: says that a dk has 1 to 64 letters and digits': saying('dkPattern', '[0-9A-Za-z]{1,64}'),
    'code-format/wide: says that a bindingCode has 1 to 64 printable characters': saying(
      'bindingCodePattern',
      '[\\x21-\\x7e]{1,64}',
    ),
    'code-format/six-digits: says that a bindingCode has six digits': {
      ...saying('bindingCodePattern', '[0-9]{6}'),
      override: (inner) => ({
        ...saying('bindingCodePattern', '[0-9]{6}').override?.(inner),
        bindingCodeIsDevices: ({ device, ...attempt }, world) => {
          const { bindingCode } = device ?? {};
          const known = device && { ...device, bindingCode: bindingCode && sixDigits(bindingCode) };
          return inner.bindingCodeIsDevices({ ...attempt, device: known }, world);
        },
      }),
      ...giving(({ bindingCode }) => ({ bindingCode: sixDigits(bindingCode) })),
    },
    'pwd-format/wide: says that a pwd has 1 to 256 characters of any script': {
      ...saying('pwdPattern', '[^\\x00-\\x1f\\x7f]{1,256}'),
      // Such a pwd may begin or end with spaces, so a server that says so keeps them.
      excludes: ['spaces/trimmed'],
    },
  }),
  ...[32, 64, 255, 1_000, 4_000].flatMap((deviceNameLimit) =>
    makeReadings({
      [`name-limit/${deviceNameLimit}: accepts a deviceName of up to ${deviceNameLimit} characters`]: reads(() => ({
        deviceNameLimit,
      })),
    }),
  ),
  ...makeReadings({
    'name-unit/bytes: counts the bytes of a deviceName': nameUnit((name) => Buffer.byteLength(name)),
    'name-unit/characters: counts the characters of a deviceName': nameUnit((name) => [...name].length),
    'pwd-format/six-digits: requires a pwd of six digits': format('pwdPattern', /^[0-9]{6}$/),
    'pwd-format/any-script: accepts a pwd in any script': format('pwdPattern', /^\P{Cc}{1,100}$/u),
    'pwd-format/long: accepts a pwd of 6 to 128 characters': format('pwdPattern', /^[\x20-\x7e]{6,128}$/),
    'pwd-empty/refused: treats an empty pwd as malformed': reads(() => ({
      pwdFormat: ({ fields, behaviour }) =>
        fields.pwd === undefined || behaviour.pwdPattern.test(fields.pwd) ? undefined : 'pwdFormat',
    })),
    'random-format/bytes: accepts any 16 ASCII characters as random': format('randomPattern', /^[\x21-\x7e]{16}$/),
    'nulls/refused: rejects null in an optional field': refuses((_, body) =>
      /"(?:fid|frid|pwd|deviceName|isCommonDevice|capabilitiesBitmask|encrypted(?:Old|Binding)\w+)":\s*null/.test(body),
    ),
    'nulls/as-text: reads null as the text "null"': reads((inner) =>
      nullsIn(['fid', 'pwd', 'deviceName'], 'null', inner),
    ),
    'common-null/false: reads a null isCommonDevice as false': reads((inner) =>
      nullsIn(['isCommonDevice'], false, inner),
    ),
    'spaces/trimmed: trims every text': reads((inner) =>
      readingFields((fields) => {
        const trim = (value: unknown): unknown => (typeof value === 'string' ? value.trim() : value);
        return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, trim(value)]));
      }, inner),
    ),
    'keys/strict: rejects unknown and repeated keys': refuses((_, body) => hasOtherKeys(body)),
    'types/coerced: converts other scalars to the expected type': reads((inner) => ({
      readFields: (body) => inner.readFields(edited(body, coerced)) ?? inner.readFields(body),
    })),
    'text-around/ignored: ignores text before and after the JSON object': reads((inner) => ({
      readFields: (body) => inner.readFields(body) ?? inner.readFields(edited(body, objectIn)),
    })),
    'bitmask-0/refused: rejects a capabilitiesBitmask of 0': refuses((fields) => fields.capabilitiesBitmask === 0),
    'name-empty/refused: rejects an empty deviceName': refuses(({ deviceName }) => deviceName?.trim() === ''),
    'control-characters/refused: rejects control characters in a deviceName': refuses(({ deviceName = '' }) =>
      /\p{Cc}|\p{Cs}/u.test(deviceName),
    ),
  }),
];

function format(key: 'dkPattern' | 'bindingCodePattern' | 'pwdPattern' | 'randomPattern', pattern: RegExp): Change {
  return { override: () => ({ [key]: pattern }) };
}

/** A format that is also declared. */
function saying(key: 'dkPattern' | 'bindingCodePattern' | 'pwdPattern', pattern: string): Change {
  return { ...format(key, new RegExp(`^(?:${pattern})$`)), dialect: { [key]: pattern } };
}

/** The six digits that a device has in place of a code of the reference. */
function sixDigits(bindingCode: string): string {
  const digits = Array.from(bindingCode, (digit) => Number.parseInt(digit, 16) % 10);
  return digits.slice(0, 6).join('');
}

function nameUnit(count: (name: string) => number): Change {
  return reads(() => ({
    deviceNameFormat: ({ fields, behaviour }) =>
      count(fields.deviceName ?? '') <= behaviour.deviceNameLimit ? undefined : 'deviceNameTooLong',
  }));
}

function refuses(isRefused: (fields: Fields, body: string) => boolean): Change {
  return reads((inner) => refusingFields(isRefused, inner));
}

/** The JSON object in a text, without text before and after it; a list is not changed. */
function objectIn(text: string): string {
  return text.startsWith('[') ? text : text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1);
}

/** Converts numbers and booleans in a body to the expected types; a body without an object is not changed. */
function coerced(text: string): string {
  const fields = parseJson(text);
  if (fields === undefined) return text;
  const scalars = Object.entries(fields).map(([name, value]) => {
    if (typeof value === 'object') return [name, value];
    if (name === 'capabilitiesBitmask') return [name, Math.trunc(Math.abs(Number(value))) % 16 || 0];
    if (name === 'isCommonDevice') return [name, value !== false && value !== 'false' && value !== 0];
    return [name, String(value)];
  });
  return JSON.stringify(Object.fromEntries(scalars));
}

/** Whether a body has unknown keys, or deviceName or signature twice. */
function hasOtherKeys(text: string): boolean {
  const fields = parseJson(text);
  if (fields === undefined) return false;
  const known =
    /^(pk|dk|fid|frid|pwd|random|signature|deviceName|isCommonDevice|capabilitiesBitmask|bindingCode|encrypted\w+)$/;
  const single = ['deviceName', 'signature'].filter((name) => name in fields);
  const twice = (text.match(/"(?:deviceName|signature)":/g) ?? []).length > single.length;
  return twice || Object.keys(fields).some((name) => !known.test(name));
}

import type { CipherField } from '../../../../generators/pure-bt/request.ts';
import { isRecord } from '../../../../spec/is-record.ts';
import { matchesPattern } from '../../../../spec/pure-bt/dialect.ts';
import { mistake, note, type Remark } from '../explanation.ts';
import { type Device, display, type Known, namedValues, readDevice } from '../known.ts';
import { findForm, nullWords } from '../value-forms.ts';
import { alphanumeric, aroundRows, escapePattern, type Repair, repairText } from '../wrappings.ts';

const fix = 'encrypt PK,DK,bindingSecret: only three values and two English commas';
const sameDevice = 'use exactly the values of the fields pk and dk of this request';

/** What is wrong with the plaintext of an encrypted bindingSecret. Source: the rows of these fields, "includes English comma". */
export function secretRemarks(known: Known, field: CipherField, plaintext: string): readonly Remark[] {
  const device = readDevice(known);
  const { text, remarks } = repairText(plaintext, repairsFor(device), fix);
  const values = text.split(',');
  const [first = '', second = '', secret = ''] = values;
  const arrangement = arrangementRemark(device, values);
  const content =
    arrangement === undefined
      ? [
          ...deviceRemarks(known, device, first, second),
          ...valueRemarks(known, field === 'encryptedNewBindingSecret', secret),
        ]
      : [arrangement];
  return [...remarks, ...content].map((remark) => ({ ...remark, id: `plaintext/${remark.id}` }));
}

function repairsFor(device: Device): readonly Repair[] {
  return [
    ...aroundRows,
    ['json', 'it is JSON', withoutJson],
    [
      'key-value',
      'there are names before the values',
      (text) => (/^\w+[=:].*[,&;]/.test(text) ? text.replace(/(^|[,&;]\s*)\w+[=:]/g, '$1') : text),
    ],
    ['full-width-commas', 'its commas are full-width (，), not English', (text) => text.replace(/[，、]/g, ',')],
    [
      'separator',
      'the separator between the values is not a comma',
      (text) => withCommas(text, device, '([^0-9A-Za-z]{1,3})'),
    ],
    ['no-commas', 'there are no commas between the values', (text) => withCommas(text, device, '()')],
    ['spaces', 'there are spaces next to the commas', (text) => text.replace(/\s*,\s*/g, ',')],
    ['quoted-values', 'the values are in quotes', (text) => text.replace(/(^|,)(["'])([^,"']*)\2(?=,|$)/g, '$1$3')],
  ];
}

function withoutJson(text: string): string {
  if (!/^[[{]/.test(text)) return text;
  try {
    const value: unknown = JSON.parse(text);
    return Object.values(isRecord(value) || Array.isArray(value) ? value : {})
      .map(String)
      .join(',');
  } catch {
    return text;
  }
}

/** Puts commas between the values of a text that starts with pk and dk, in either order. */
function withCommas(text: string, { pk, dk }: Device, between: string): string {
  if (text.includes(',') || pk === '' || dk === '' || text.length < pk.length + dk.length) return text;
  const either = `(${escapePattern(pk)}|${escapePattern(dk)})`;
  const [, first, separator, second, rest] = new RegExp(`^${either}${between}${either}\\2(.*)$`, 'is').exec(text) ?? [];
  return separator === undefined ? text : [first, second, rest].join(',');
}

/** A wrong number or order of the values; undefined if both are right. */
function arrangementRemark({ pk, dk }: Device, values: readonly string[]): Remark | undefined {
  const [first = '', second, third] = values;
  if (values.length > 3) return mistake('four-parts', `it has ${values.length} values, not three`, fix, 'unlikely');
  if (third !== undefined) return orderRemark({ pk, dk }, values);
  if (values.join('') === '') return mistake('empty', 'it is empty', fix);
  if (second === undefined)
    return mistake('secret-alone', 'it has only one value: PK and DK are missing', fix, 'unlikely');
  if (first === pk && second === dk) {
    return mistake('secret-missing', 'it has only PK and DK: the bindingSecret is missing', fix);
  }
  if (first === pk) return mistake('dk-missing', 'it is PK and one other value: DK is missing', fix, 'unlikely');
  if (first === dk) return mistake('pk-missing', 'it is DK and one other value: PK is missing', fix);
  return mistake('two-parts', 'it has two values, not three', fix, 'unlikely');
}

function orderRemark(device: Device, values: readonly string[]): Remark | undefined {
  const words = 'PK,DK,bindingSecret';
  if (values.join() === words) return mistake('literal', `it is the text "${words}" itself, not the values`, fix);
  const places = [device.pk, device.dk].map((expected) =>
    values.findIndex((value) => equalIgnoringFormat(value, expected)),
  );
  if (places.includes(-1) || !places.includes(2)) return undefined;
  return mistake('order', `its values are not in the order ${words}`, fix);
}

function deviceRemarks(known: Known, device: Device, first: string, second: string): readonly Remark[] {
  const { pk, dk } = device;
  const swapped = equalIgnoringFormat(first, dk) && equalIgnoringFormat(second, pk) && !equalIgnoringFormat(pk, dk);
  const [heldPk, heldDk] = swapped ? [second, first] : [first, second];
  return [
    ...(swapped ? [mistake('swapped', 'it is DK,PK,…: the first two values are swapped', fix)] : []),
    ...(['pk', 'dk'] as const).flatMap((name) => {
      const held = name === 'pk' ? heldPk : heldDk;
      return held === device[name] ? [] : [deviceRemark(known, name, held, device[name])];
    }),
  ];
}

function deviceRemark(known: Known, name: 'pk' | 'dk', held: string, expected: string): Remark {
  const words = name.toUpperCase();
  if (name === 'pk' && held.toLowerCase() === expected.toLowerCase()) {
    return mistake('pk-case', 'its PK and the field pk differ in letter case', sameDevice);
  }
  if (name === 'dk' && held === expected.toLowerCase()) {
    return mistake('dk-lower-case', 'its DK is in lower case, but the field dk is not', sameDevice);
  }
  const form = findForm(held, expected, name);
  if (form !== undefined) return mistake(`${name}-form`, `its ${words} is ${form.words}`, sameDevice);
  if (equalIgnoringFormat(held, expected))
    return mistake(`${name}-form`, `its ${words} and the field ${name} are written differently`, sameDevice);
  return mistake(
    `other-${name}`,
    `its ${words} is not the value of ${name}: ${shownAs(known, held, expected)}`,
    sameDevice,
    alphanumeric.test(held) && (name === 'pk' || matchesPattern(held, 'dkPattern', known.dialect))
      ? 'possible'
      : 'unlikely',
  );
}

function valueRemarks(known: Known, isNew: boolean, secret: string): readonly Remark[] {
  const { bindingSecret, oldBindingSecret } = known.secrets;
  const [expected, other] = isNew ? [bindingSecret, oldBindingSecret] : [oldBindingSecret, bindingSecret];
  if (secret === expected) return [];
  if (secret === '') return [mistake('empty-secret', 'its bindingSecret is empty', fix)];
  if (nullWords.includes(secret)) return [mistake('secret-null', `its bindingSecret is the word "${secret}"`, fix)];
  const named = namedValues(known, ['binding-secret', 'old-binding-secret', 'random', 'token']);
  const name = named.find(({ value }) => value === secret)?.name;
  if (name !== undefined) return [mistake('secret-is-other', `its bindingSecret is the ${name}`, fix)];
  if (secret === other) {
    const [held, wanted] = isNew ? ['old', 'new'] : ['new', 'old'];
    return [
      mistake(`secret-is-${held}`, `it contains the ${held} bindingSecret`, `encrypt the ${wanted} one in this field`),
    ];
  }
  if (expected === undefined) return [];
  const form = findForm(secret, expected, 'the bindingSecret');
  if (form !== undefined) return [mistake('secret-form', `it contains ${form.words}`, fix)];
  const says = `its bindingSecret (${secret.length} characters) is not the fixture's (${expected.length} characters)`;
  if (!isNew)
    return [mistake('secret-other', says, 'send the bindingSecret that was stored at the last bind', 'possible')];
  return [note('secret-other', says, 'this is correct if the app generates a new one for each bind')];
}

function equalIgnoringFormat(a: string, b: string): boolean {
  const bare = (text: string): string => text.toLowerCase().replace(/[:-]/g, '');
  return bare(a) === bare(b);
}

/** Shows a value that looks like the expected one; any other may be a secret, so only its length is shown. */
function shownAs(known: Known, value: string, expected: string): string {
  const fits = value.length === expected.length && /^[\w:-]+$/.test(value);
  return fits
    ? `"${display(known, value, 64)}", not "${display(known, expected, 64)}"`
    : `it has ${value.length} characters`;
}

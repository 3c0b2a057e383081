import type { CipherField } from '../../../../generators/pure-bt/request.ts';
import { isRecord } from '../../../../spec/is-record.ts';
import type { Device, Known } from '../known.ts';
import { display, namedValues, readDevice } from '../known.ts';
import { findForm, nullWords } from '../value-forms.ts';
import type { Remark, Repair } from './remark.ts';
import { aroundRows, escapePattern, mistake, repairText } from './remark.ts';

const fix = 'encrypt PK,DK,bindingSecret: three values, two English commas, nothing else';
const sameDevice = 'take PK and DK exactly as the fields pk and dk of this request have them';

/** What is wrong with the plaintext of an encrypted bindingSecret. Source: the rows of those fields, "includes English comma". */
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
      'names stand before the values',
      (text) => (/^\w+[=:].*[,&;]/.test(text) ? text.replace(/(^|[,&;]\s*)\w+[=:]/g, '$1') : text),
    ],
    ['full-width-commas', 'its commas are full-width (，), not English', (text) => text.replace(/[，、]/g, ',')],
    [
      'separator',
      'something else than a comma stands between the values',
      (text) => withCommas(text, device, '([^0-9A-Za-z]{1,3})'),
    ],
    ['no-commas', 'there are no commas between the values', (text) => withCommas(text, device, '()')],
    ['spaces', 'there are spaces beside the commas', (text) => text.replace(/\s*,\s*/g, ',')],
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

/** A text that begins with pk and dk, in either order, with commas in place of what stands between them. */
function withCommas(text: string, { pk, dk }: Device, between: string): string {
  if (text.includes(',') || pk === '' || dk === '') return text;
  const either = `(${escapePattern(pk)}|${escapePattern(dk)})`;
  const [, first, separator, second, rest] = new RegExp(`^${either}${between}${either}\\2(.*)$`, 'is').exec(text) ?? [];
  return separator === undefined ? text : [first, second, rest].join(',');
}

/** What is wrong with the values as a whole: their number or their order; undefined where each stands in its place. */
function arrangementRemark({ pk, dk }: Device, values: readonly string[]): Remark | undefined {
  const [first = '', second, third] = values;
  if (values.length > 3) return mistake('four-parts', `it has ${values.length} values, not three`, fix);
  if (third !== undefined) return orderRemark({ pk, dk }, values);
  if (first === '') return mistake('empty', 'it is empty', fix);
  if (second === undefined) return mistake('secret-alone', 'it is one value alone: PK and DK are missing', fix);
  if (first === pk && second === dk) {
    return mistake('secret-missing', 'it is PK and DK alone: the bindingSecret is missing', fix);
  }
  if (first === pk) return mistake('dk-missing', 'it is PK and one value more: DK is missing', fix);
  if (first === dk) return mistake('pk-missing', 'it is DK and one value more: PK is missing', fix);
  return mistake('two-parts', 'it has two values, not three', fix);
}

function orderRemark(device: Device, values: readonly string[]): Remark | undefined {
  const words = 'PK,DK,bindingSecret';
  if (values.join() === words) return mistake('literal', `it is the words "${words}", not their values`, fix);
  const places = [device.pk, device.dk].map((expected) =>
    values.findIndex((value) => equalIgnoringFormat(value, expected)),
  );
  if (places.includes(-1) || !places.includes(2)) return undefined;
  return mistake('order', `its values stand in another order than ${words}`, fix);
}

/** What is wrong with PK and DK. */
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
    return mistake('pk-case', 'its PK is in another letter case than pk', sameDevice);
  }
  if (name === 'dk' && held === expected.toLowerCase()) {
    return mistake('dk-lower-case', 'its DK is in lower case, and dk is not', sameDevice);
  }
  const form = findForm(held, expected, name);
  if (form !== undefined) return mistake(`${name}-form`, `its ${words} is ${form.words}`, sameDevice);
  if (equalIgnoringFormat(held, expected))
    return mistake(`${name}-form`, `its ${words} is written otherwise than ${name}`, sameDevice);
  return mistake(
    `other-${name}`,
    `its ${words} is another one than ${name}: ${shownAs(known, held, expected)}`,
    sameDevice,
  );
}

/** What is wrong with the bindingSecret. */
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
      mistake(`secret-is-${held}`, `it holds the ${held} bindingSecret`, `encrypt the ${wanted} one in this field`),
    ];
  }
  if (expected === undefined) return [];
  const form = findForm(secret, expected, 'the bindingSecret');
  if (form !== undefined) return [mistake('secret-form', `it holds ${form.words}`, fix)];
  const says = `its bindingSecret (${secret.length} characters) is another one than the fixture's (${expected.length})`;
  if (!isNew) return [mistake('secret-other', says, 'send the bindingSecret that was stored at the last bind')];
  return [{ id: 'secret-other', kind: 'note', says, fix: 'that is right if the app draws a new one for each bind' }];
}

/** The same value but for letter case and separators. */
function equalIgnoringFormat(a: string, b: string): boolean {
  const bare = (text: string): string => text.toLowerCase().replace(/[:-]/g, '');
  return bare(a) === bare(b);
}

/** A value of another device is shown where it is like one; a secret in its place is not. */
function shownAs(known: Known, value: string, expected: string): string {
  const fits = value.length === expected.length && /^[\w:-]+$/.test(value);
  return fits
    ? `"${display(known, value, 64)}", not "${display(known, expected, 64)}"`
    : `it has ${value.length} characters`;
}

import type { CipherField } from '../../../../generators/pure-bt/request.ts';
import type { Known } from '../known.ts';
import { fieldText } from '../known.ts';
import { isObject } from '../read-request/json.ts';
import type { Mend, Remark } from './remark.ts';
import { aroundRows, mended } from './remark.ts';
import type { Device } from './secret-values.ts';
import { arrangementRemark, deviceRemarks, plaintextFix, valueRemarks } from './secret-values.ts';

/** A field whose plaintext is `PK,DK,bindingSecret`. */
export type SecretField = Exclude<CipherField, 'encryptedBindingCode'>;

const fix = plaintextFix;

const mends: readonly Mend<Device>[] = [
  ...aroundRows,
  { id: 'json', says: 'it is JSON', fix, mend: withoutJson },
  {
    id: 'key-value',
    says: 'names stand before the values',
    fix,
    mend: (text) => (/^\w+[=:].*[,&;]/.test(text) ? text.replace(/(^|[,&;]\s*)\w+[=:]/g, '$1') : text),
  },
  {
    id: 'full-width-commas',
    says: 'its commas are full-width (，), not English',
    fix,
    mend: (text) => text.replace(/[，、]/g, ','),
  },
  { id: 'separator', says: 'something else than a comma stands between the values', fix, mend: withCommas },
  { id: 'no-commas', says: 'there are no commas between the values', fix, mend: withMissingCommas },
  { id: 'spaces', says: 'there are spaces beside the commas', fix, mend: (text) => text.replace(/\s*,\s*/g, ',') },
  {
    id: 'quoted-values',
    says: 'the values are in quotes',
    fix,
    mend: (text) => text.replace(/(^|,)(["'])([^,"']*)\2(?=,|$)/g, '$1$3'),
  },
];

/** What is wrong with the plaintext of an encrypted bindingSecret. Source: the rows of those fields, "includes English comma". */
export function secretRemarks(known: Known, field: SecretField, plaintext: string): readonly Remark[] {
  const device = { pk: fieldText(known, 'pk'), dk: fieldText(known, 'dk') };
  const { text, remarks } = mended(plaintext, device, mends);
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

function withoutJson(text: string): string {
  if (!/^[[{]/.test(text)) return text;
  try {
    const value: unknown = JSON.parse(text);
    return Object.values(isObject(value) || Array.isArray(value) ? value : {})
      .map(String)
      .join(',');
  } catch {
    return text;
  }
}

function withCommas(text: string, { pk, dk }: Device): string {
  if (text.includes(',') || pk === '' || dk === '') return text;
  const [, first, separator, second, rest] =
    new RegExp(`^(${literal(pk)}|${literal(dk)})([^0-9A-Za-z]{1,3})(${literal(pk)}|${literal(dk)})\\2(.*)$`, 'is').exec(
      text,
    ) ?? [];
  return separator === undefined ? text : [first, second, rest].join(',');
}

function withMissingCommas(text: string, { pk, dk }: Device): string {
  if (text.includes(',') || pk === '' || dk === '') return text;
  const start = [
    [pk, dk],
    [dk, pk],
  ].find(([a = '', b = '']) => text.toLowerCase().startsWith((a + b).toLowerCase()));
  if (start === undefined) return text;
  const [a = '', b = ''] = start;
  return [text.slice(0, a.length), text.slice(a.length, a.length + b.length), text.slice(a.length + b.length)].join(
    ',',
  );
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

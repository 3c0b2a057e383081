import type { Known } from '../known.ts';
import { readDevice } from '../known.ts';
import { findForm } from '../value-forms.ts';
import { joinedDigits, withoutPrefix } from '../wrappings.ts';
import type { Remark, Repair } from './remark.ts';
import { aroundRows, mistake, repairText } from './remark.ts';

const fix = 'a bindingCode is 16 characters 0-9 and A-F';

const repairs: readonly Repair[] = [
  ...aroundRows,
  ['hex-prefix', 'it starts with 0x', withoutPrefix],
  ['separated', 'there are separators between its digits', joinedDigits],
  ['lower-case', 'it is in lower case', (text) => (/^[0-9a-f]+$/i.test(text) ? text.toUpperCase() : text)],
];

/** What is wrong with a bindingCode, sent plain or decrypted. Source: status 5213; sibling pages for the format. */
export function codeRemarks(known: Known, code: string): readonly Remark[] {
  const { text, remarks } = repairText(code, repairs, fix);
  const content = contentRemark(known, text, code);
  const all = content === undefined ? remarks : [...remarks, content];
  return all.map((remark) => ({ ...remark, id: `code/${remark.id}` }));
}

function contentRemark(known: Known, text: string, sent: string): Remark | undefined {
  const { secrets } = known;
  const { pk, dk } = readDevice(known);
  if (text === '') return mistake('empty', 'it is empty', fix);
  if (text.includes(',') && text.startsWith(pk)) {
    return mistake('holds-secret', 'it is "PK,DK,…", which belongs in an encrypted bindingSecret', fix);
  }
  const others = { bindingSecret: secrets.bindingSecret, PS: secrets.ps, dk };
  const [other] = Object.entries(others).find(([, value]) => value === text && value !== '') ?? [];
  if (other !== undefined) return mistake('holds-other', `it is the ${other}, not the bindingCode`, fix);
  const expected = secrets.bindingCode ?? '';
  if (expected === text) return undefined;
  const form = findForm(text, expected, 'bindingCode') ?? findForm(sent, expected, 'bindingCode');
  if (form !== undefined) return mistake('form', `it is ${form.words}`, fix);
  if (!/^[0-9A-F]*$/.test(text)) return mistake('not-hex', 'it has characters other than 0-9 and A-F', fix);
  if (text.length !== 16) return mistake('length', `it has ${text.length} characters, not 16`, fix);
  if (expected === '') return undefined;
  return mistake('other-code', "it is not the fixture's bindingCode", 'use the bindingCode of this device');
}

import { defaultDialect, matchesPattern } from '../../../../spec/pure-bt/dialect.ts';
import { mistake, type Remark } from '../explanation.ts';
import { display, type Known, readDevice } from '../known.ts';
import { findForm, nullWords } from '../value-forms.ts';
import { alphanumeric, aroundRows, joinedDigits, type Repair, repairText, withoutPrefix } from '../wrappings.ts';

function fixFor({ dialect }: Known): string {
  return hasDefaultPattern(dialect)
    ? 'a bindingCode is 16 characters 0-9 and A-F'
    : 'change bindingCode, or set --dialect bindingCodePattern=…';
}

function hasDefaultPattern({ bindingCodePattern }: Known['dialect']): boolean {
  return bindingCodePattern === defaultDialect.bindingCodePattern;
}

/** Mistakes in hex digits; another pattern than the document's may allow such a code. */
const hexRows: readonly Repair[] = [
  ['hex-prefix', 'it starts with 0x', withoutPrefix],
  ['separated', 'there are separators between its digits', joinedDigits],
  ['lower-case', 'it is in lower case', (text) => (/^[0-9a-f]+$/i.test(text) ? text.toUpperCase() : text)],
];

/** What is wrong with a bindingCode, sent plain or decrypted. Source: status 5213; sibling pages for the format. */
export function codeRemarks(known: Known, code: string): readonly Remark[] {
  const { dialect } = known;
  const possible = hasDefaultPattern(dialect) ? [...aroundRows, ...hexRows] : aroundRows;
  const rows = matchesPattern(code, 'bindingCodePattern', dialect) ? [] : possible;
  const { text, remarks } = repairText(code, rows, fixFor(known));
  const content = contentRemark(known, text, code);
  const all = content === undefined ? remarks : [...remarks, content];
  return all.map((remark) => ({ ...remark, id: `code/${remark.id}` }));
}

function contentRemark(known: Known, text: string, sent: string): Remark | undefined {
  const { secrets } = known;
  const { pk, dk } = readDevice(known);
  const fix = fixFor(known);
  if (text === '') return mistake('empty', 'it is empty', fix);
  if (pk !== '' && text.includes(',') && text.startsWith(pk)) {
    return mistake('holds-secret', 'it is "PK,DK,…", which belongs in an encrypted bindingSecret', fix);
  }
  const others = { bindingSecret: secrets.bindingSecret, PS: secrets.ps, dk };
  const [other] = Object.entries(others).find(([, value]) => value === text && value !== '') ?? [];
  if (other !== undefined) return mistake('holds-other', `it is the ${other}, not the bindingCode`, fix);
  const expected = secrets.bindingCode ?? '';
  if (expected === text) return undefined;
  const form = findForm(text, expected, 'bindingCode') ?? findForm(sent, expected, 'bindingCode');
  if (form !== undefined) return mistake('form', `it is ${form.words}`, fix);
  if (nullWords.includes(text)) return mistake('null', `it is the word "${text}"`, fix);
  const format = formatRemark(known, text);
  if (format !== undefined) return format;
  if (expected === '') return undefined;
  return mistake('other-code', "it is not the fixture's bindingCode", 'use the bindingCode of this device', 'possible');
}

function formatRemark(known: Known, text: string): Remark | undefined {
  const { dialect } = known;
  const fix = fixFor(known);
  const doubt = alphanumeric.test(text) ? 'possible' : 'unlikely';
  if (matchesPattern(text, 'bindingCodePattern', dialect)) return undefined;
  if (!hasDefaultPattern(dialect)) {
    const pattern = display(known, dialect.bindingCodePattern);
    return mistake('pattern', `it does not match the dialect's pattern ${pattern}`, fix, doubt);
  }
  if (!/^[0-9A-F]*$/.test(text)) return mistake('not-hex', 'it has characters other than 0-9 and A-F', fix, doubt);
  return mistake('length', `it has ${text.length} characters, not 16`, fix, doubt);
}

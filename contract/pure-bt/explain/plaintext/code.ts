import type { Known } from '../known.ts';
import { fieldText } from '../known.ts';
import type { Mend, Remark } from './remark.ts';
import { aroundRows, mended } from './remark.ts';

const fix = 'a bindingCode is 16 characters 0-9 and A-F';

const mends: readonly Mend<unknown>[] = [
  ...aroundRows,
  { id: 'hex-prefix', says: 'it starts with 0x', fix, mend: (text) => text.replace(/^0x/i, '') },
  {
    id: 'separated',
    says: 'its digits are separated',
    fix,
    mend: (text) => (/^[0-9a-f]+([:\- ][0-9a-f]+)+$/i.test(text) ? text.replace(/[:\- ]/g, '') : text),
  },
  {
    id: 'lower-case',
    says: 'it is in lower case',
    fix,
    mend: (text) => (/^[0-9a-f]+$/i.test(text) ? text.toUpperCase() : text),
  },
];

/** What is wrong with a bindingCode, sent in clear or decrypted. Source: status 5213; sibling pages for the format. */
export function codeRemarks(known: Known, code: string): readonly Remark[] {
  const { text, remarks } = mended(code, undefined, mends);
  const content = contentRemark(known, text);
  const all = [...remarks, ...(content === undefined ? [] : [content])];
  return all.map((remark) => ({ ...remark, id: `code/${remark.id}` }));
}

function contentRemark(known: Known, text: string): Remark | undefined {
  const mistake = (id: string, says: string, mend = fix): Remark => ({ id, kind: 'mistake', says, fix: mend });
  const { secrets } = known;
  if (text === '') return mistake('empty', 'it is empty');
  if (text.includes(',') && text.startsWith(fieldText(known, 'pk'))) {
    return mistake('holds-secret', 'it is "PK,DK,…", which belongs into the encrypted bindingSecrets');
  }
  const others = { bindingSecret: secrets.bindingSecret, PS: secrets.ps, dk: fieldText(known, 'dk') };
  const [other] = Object.entries(others).find(([, value]) => value === text && value !== '') ?? [];
  if (other !== undefined) return mistake('holds-other', `it is the ${other}, not the bindingCode`);
  if (!/^[0-9A-F]*$/.test(text)) return mistake('not-hex', 'it has other characters than 0-9 and A-F');
  if (text.length !== 16) return mistake('length', `it has ${text.length} characters, not 16`);
  const due = secrets.bindingCode;
  if (due !== undefined && due !== text) {
    return mistake('other-code', "it is another bindingCode than the fixture's", 'take the bindingCode of this device');
  }
  return undefined;
}

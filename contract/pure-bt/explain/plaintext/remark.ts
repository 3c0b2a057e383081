import type { Finding } from '../explanation.ts';
import { unquoted } from '../wrappings.ts';

/** What is wrong with a plaintext, or only worth knowing about it. */
export type Remark = Omit<Finding, 'part' | 'fix'> & { readonly fix: string };

/** One thing that can be mended in a text, and so is known to be wrong with it; `repair` gives the same text where it is not. */
export type Repair = readonly [id: string, says: string, mend: (text: string) => string, fix?: string];

/** A remark that something is wrong. */
export function mistake(id: string, says: string, fix: string): Remark {
  return { id, kind: 'mistake', says, fix };
}

/** Mends a text row by row; every row that changed it is a remark. */
export function repairText(
  text: string,
  rows: readonly Repair[],
  usualFix: string,
): { readonly text: string; readonly remarks: readonly Remark[] } {
  let rest = text;
  const remarks: Remark[] = [];
  for (const [id, says, repair, fix = usualFix] of rows) {
    const better = repair(rest);
    if (better !== rest) remarks.push(mistake(id, says, fix));
    rest = better;
  }
  return { text: rest, remarks };
}

/** What may stand around any text. */
export const aroundRows: readonly Repair[] = [
  [
    'byte-order-mark',
    'a byte order mark or another invisible character stands in it',
    (text) => text.replace(/[\ufeff\u200b]/g, ''),
    'encode in UTF-8 without a byte order mark',
  ],
  [
    'trailing-newline',
    'a line break stands at its end, as echo and println write it',
    (text) => text.replace(/[\r\n]+$/, ''),
    'encrypt the text without a line break',
  ],
  [
    'surrounding-space',
    'there are spaces around it',
    (text) => text.trim(),
    'encrypt the text without spaces around it',
  ],
  ['quoted', 'quotes stand around it', unquoted, 'encrypt the text itself; a JSON library quotes a string'],
];

/** A text as a part of a regular expression. */
export function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

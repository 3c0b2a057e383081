import type { Remark } from '../explanation.ts';
import { mistake } from '../explanation.ts';
import { unquoted } from '../wrappings.ts';

/** A mistake that can be repaired: `repair` returns the same text if the text does not have the mistake. */
export type Repair = readonly [id: string, says: string, repair: (text: string) => string, fix?: string];

/** Letters and digits: what a value of the right kind has. */
export const alphanumeric: RegExp = /^[0-9A-Za-z]+$/;

/** Repairs a text row by row; each row that changes it gives a remark. */
export function repairText(
  text: string,
  rows: readonly Repair[],
  usualFix: string,
): { readonly text: string; readonly remarks: readonly Remark[] } {
  let rest = text;
  const remarks: Remark[] = [];
  for (const [id, says, repair, fix = usualFix] of rows) {
    const repaired = repair(rest);
    if (repaired !== rest) remarks.push(mistake(id, says, fix));
    rest = repaired;
  }
  return { text: rest, remarks };
}

/** Extra characters that any text can have. */
export const aroundRows: readonly Repair[] = [
  [
    'byte-order-mark',
    'it contains a byte order mark or another invisible character',
    (text) => text.replace(/[\ufeff\u200b]/g, ''),
    'encode in UTF-8 without a byte order mark',
  ],
  [
    'trailing-newline',
    'there is a line break at its end, as echo and println write it',
    (text) => text.replace(/[\r\n]+$/, ''),
    'encrypt the text without a line break',
  ],
  [
    'surrounding-space',
    'there are spaces around it',
    (text) => text.trim(),
    'encrypt the text without spaces around it',
  ],
  [
    'quoted',
    'there are quotes around it',
    unquoted,
    'encrypt the text without quotes; a JSON library adds quotes to a string',
  ],
];

/** Escapes a text for a regular expression. */
export function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

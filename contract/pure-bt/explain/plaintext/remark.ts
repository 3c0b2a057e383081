import type { Finding, Part } from '../explanation.ts';
import { unquoted } from '../wrappings.ts';

/**
 * A mistake in a plaintext, or a note about it. Without a `doubt`, every character is explained.
 * `possible`: it has another value of the right format. `unlikely`: it has characters that no value has, or no value is in its place.
 */
export type Remark = Omit<Finding, 'part' | 'fix'> & { readonly fix: string; readonly doubt?: 'possible' | 'unlikely' };

/** A mistake that can be repaired: `repair` returns the same text if the text does not have the mistake. */
export type Repair = readonly [id: string, says: string, repair: (text: string) => string, fix?: string];

/** A remark about a mistake. */
export function mistake(id: string, says: string, fix: string, doubt?: Remark['doubt']): Remark {
  return { id, kind: 'mistake', says, fix, ...(doubt === undefined ? {} : { doubt }) };
}

/** How sure it is that these mistakes were made, if the bytes may also come from something else. */
export function doubtAbout(remarks: readonly Remark[]): 'sure' | 'possible' | 'unlikely' {
  const mistakes = remarks.filter(({ kind }) => kind === 'mistake');
  const doubts = mistakes.flatMap(({ doubt }) => doubt ?? []);
  if (doubts.length === 0) return 'sure';
  // A repair of a text that still has a wrong value was hardly the right one.
  return doubts.includes('unlikely') || doubts.length < mistakes.length ? 'unlikely' : 'possible';
}

/** Whether there is a mistake among remarks. */
export function hasMistake(remarks: readonly Pick<Finding, 'kind'>[]): boolean {
  return remarks.some(({ kind }) => kind !== 'note');
}

/** A remark as a finding about a part. */
export function toFinding(part: Part, { doubt: _, ...remark }: Remark): Finding {
  return { ...remark, part };
}

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

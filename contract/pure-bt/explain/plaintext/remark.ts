/** What is wrong with a plaintext, or only worth knowing about it. */
export type Remark = {
  readonly id: string;
  readonly kind: 'mistake' | 'note';
  readonly says: string;
  readonly fix: string;
};

/** One thing that can be mended in a text, and so is known to be wrong with it. */
export type Mend<About> = {
  readonly id: string;
  readonly says: string;
  readonly fix: string;
  /** The text without this mistake; the same text where it does not have it. */
  readonly mend: (text: string, about: About) => string;
};

/** Mends a text row by row; every row that changed it is a remark. */
export function mended<About>(
  text: string,
  about: About,
  rows: readonly Mend<About>[],
): { readonly text: string; readonly remarks: readonly Remark[] } {
  let rest = text;
  const remarks: Remark[] = [];
  for (const { id, says, fix, mend } of rows) {
    const better = mend(rest, about);
    if (better !== rest) remarks.push({ id, kind: 'mistake', says, fix });
    rest = better;
  }
  return { text: rest, remarks };
}

/** What may stand around any text. */
export const aroundRows: readonly Mend<unknown>[] = [
  {
    id: 'byte-order-mark',
    says: 'a byte order mark or another invisible character stands in it',
    fix: 'encode in UTF-8 without a byte order mark',
    mend: (text) => text.replace(/[\ufeff\u200b]/g, ''),
  },
  {
    id: 'trailing-newline',
    says: 'a line break stands at its end, as echo and println write it',
    fix: 'encrypt the text without a line break',
    mend: (text) => text.replace(/[\r\n]+$/, ''),
  },
  {
    id: 'surrounding-space',
    says: 'there are spaces around it',
    fix: 'encrypt the text without spaces around it',
    mend: (text) => text.trim(),
  },
  {
    id: 'quoted',
    says: 'quotes stand around it',
    fix: 'encrypt the text itself; a JSON library quotes a string',
    mend: (text) => text.replace(/^(["'])([^"']*)\1$/, '$2'),
  },
];

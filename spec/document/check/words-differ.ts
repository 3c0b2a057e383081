import type { DocumentedOption } from '../model.ts';
import { optionsOf } from '../options.ts';
import { isChinese } from '../words.ts';

/** Whether two texts of the page's language say different things; line breaks and runs of spaces are the same. */
export function textsDiffer(some: string, other: string): boolean {
  return plain(some) !== plain(other);
}

/**
 * Whether two texts differ where their languages differ: in what no translator touches, the formulas
 * (`SHA256(pk+dk+…)`), with spaces left out.
 */
export function formulasDiffer(some: string, other: string): boolean {
  return formulasOf(some).join('\n') !== formulasOf(other).join('\n');
}

/** The values of an enumeration that differ, each with what both sides say. */
export type OptionDifference = { readonly value: string; readonly page?: string; readonly contract?: string };

/** How two enumerations differ. Where a meaning is in Chinese, only the values are compared. */
export function optionDifferences(
  page: readonly DocumentedOption[],
  contract: readonly DocumentedOption[],
): readonly OptionDifference[] {
  const values = [...new Set([...contract, ...page].map(({ value }) => value))];
  return values.flatMap((value) => {
    const said = page.find((option) => option.value === value)?.meaning;
    const known = contract.find((option) => option.value === value)?.meaning;
    const same = said !== undefined && known !== undefined && (isChinese(said) || !textsDiffer(said, known));
    return same
      ? []
      : [{ value, ...(said === undefined ? {} : { page: said }), ...(known === undefined ? {} : { contract: known }) }];
  });
}

/** A description without the enumeration it ends in. */
export function withoutOptions(description: string): string {
  const [first] = optionsOf(description);
  if (first === undefined) return description;
  const at = description.search(new RegExp(`(^|[^\\w])${first.value}\\W`));
  return at < 0 ? description : description.slice(0, at);
}

/** Calls of a function in capitals, brackets balanced. */
function formulasOf(text: string): readonly string[] {
  const found: string[] = [];
  const name = /[A-Z][A-Z0-9_]{4,}\(/g;
  for (let match = name.exec(text); match !== null; match = name.exec(text)) {
    const end = closingBracket(text, match.index + match[0].length);
    found.push(text.slice(match.index, end).replace(/\s/g, ''));
    name.lastIndex = end;
  }
  return found;
}

function closingBracket(text: string, from: number): number {
  let depth = 1;
  let index = from;
  for (; index < text.length && depth > 0; index++) {
    if (text[index] === '(') depth++;
    if (text[index] === ')') depth--;
  }
  return index;
}

function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

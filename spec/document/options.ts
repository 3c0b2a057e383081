import type { DocumentField } from './model.ts';

/** The start of a value: at the beginning or after a separator, as in `1-WAN`, `1 WAN`, `0：否`, `true-filter`, `1=Video`. */
const start = /(?:^|[\s,，、;；:：(（])(-?\d{1,9}|true|false)(\s*[-–—:：=]\s*|\s+)(?=[^\s\d,，;；)）])/giu;

/** What Swagger appends to the description of an enumerated type, in Chinese or English. */
const available = /[,，]?\s*(?:可用值|available values|allowable values)\s*[:：]\s*(.+)$/isu;

/**
 * The enumeration in a description, in its order; empty if the description has none.
 * A single value, a list with a duplicate value, or numbers in a sentence are not an enumeration.
 */
export function readListedOptions(description: string): DocumentField['options'] {
  const listed = available.exec(description)?.[1];
  if (listed !== undefined) return listedOptions(listed);
  const found = [...description.matchAll(start)];
  const options = found.map((match, index) => ({
    value: match[1] ?? '',
    meaning: description
      .slice(match.index + match[0].length, found[index + 1]?.index)
      .trim()
      .replace(/[,，、;；.]$/u, '')
      .trim(),
  }));
  const distinct = new Set(options.map(({ value }) => value)).size === options.length;
  // `1 one 2 two` may be a sentence with numbers, unless the numbers count up.
  const spaced = found.some((match) => match[2]?.trim() === '');
  const first = Number(options[0]?.value);
  const counts = first <= 1 && options.every(({ value }, index) => Number(value) === first + index);
  return options.length > 1 && distinct && (counts || !spaced) ? options : [];
}

/** Reads a list such as `A,B,C`, or Java objects such as `{text=off, value=0}`. */
function listedOptions(listed: string): DocumentField['options'] {
  const objects = [...listed.matchAll(/\{([^{}]*)\}/g)].map(([, inner = '']) => ({
    value: /\bvalue=([^,}]*)/.exec(inner)?.[1]?.trim() ?? inner.trim(),
    meaning: /\btext=([^,}]*)/.exec(inner)?.[1]?.trim() ?? '',
  }));
  if (objects.length > 0) return objects;
  const values = listed.split(/[,，、]/).map((value) => value.trim());
  return values.filter((value) => value !== '').map((value) => ({ value, meaning: '' }));
}

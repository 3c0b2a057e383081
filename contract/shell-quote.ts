import { inert } from './inert.ts';

/**
 * A text as one word of a shell command. Text that must not reach a terminal as it is (control characters, line breaks,
 * direction overrides) becomes bash's `$'…'`, so the command stays inert and still means the same.
 */
export function shellQuote(text: string): string {
  if (/^[\w./:=@%+,-]+$/.test(text)) return text;
  if (inert(text, Number.POSITIVE_INFINITY) === text) return `'${text.replaceAll("'", `'\\''`)}'`;
  return `$'${[...text].map(inAnsiQuotes).join('')}'`;
}

function inAnsiQuotes(character: string): string {
  if (character === "'" || character === '\\') return `\\${character}`;
  if (inert(character) === character) return character;
  return [...Buffer.from(character)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
}

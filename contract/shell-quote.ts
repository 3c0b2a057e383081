import { inert } from './inert.ts';

/**
 * Quotes a text as one word of a shell command. Control characters, line breaks and direction overrides are written in
 * bash's `$'…'`, so the command is safe to show and still means the same.
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

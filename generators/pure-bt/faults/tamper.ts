/** Ways to spoil a text so that the result surely differs in meaning. */

/**
 * The text with its middle character replaced by another of the same kind.
 * The middle, because the last character of a Base64 text may decode to the same bytes.
 */
export function middleReplaced(text: string): string {
  const at = Math.floor(text.length / 2);
  return `${text.slice(0, at)}${another(text[at] ?? '')}${text.slice(at + 1)}`;
}

/** The text with the character at a position replaced by another of the same kind (hex digits stay hex digits). */
export function replacedAt(text: string, at: number): string {
  return `${text.slice(0, at)}${another(text[at] ?? '')}${text.slice(at + 1)}`;
}

function another(character: string): string {
  if (/[0-8]/.test(character)) return String(Number(character) + 1);
  if (character === '9') return '0';
  if (character === 'f' || character === 'z') return 'a';
  if (character === 'F' || character === 'Z') return 'A';
  if (/[a-yA-Y]/.test(character)) return String.fromCharCode(character.charCodeAt(0) + 1);
  return 'A';
}

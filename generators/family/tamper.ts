/** Ways to change a text so that its meaning always changes. */

/**
 * The text with its middle character replaced by another of the same kind.
 * Not the last character: in Base64, a different one may decode to the same bytes.
 */
export function replaceMiddle(text: string): string {
  return replaceAt(text, Math.floor(text.length / 2));
}

/** The text with one character replaced by another of the same kind (hex digits stay hex digits). */
export function replaceAt(text: string, at: number): string {
  return `${text.slice(0, at)}${otherCharacter(text[at] ?? '')}${text.slice(at + 1)}`;
}

/**
 * Flips one bit of one character of a `random`, which still has only letters and digits. The same bit flips in the
 * plaintext: a hex digit becomes another character, and a letter never becomes its other case. So a bindingCode becomes
 * malformed, and a server that ignores the case of PK and DK sees the change too.
 */
export function flipBit(iv: string): string {
  const flipped = [...iv].map((character) =>
    String.fromCharCode(character.charCodeAt(0) ^ (/\d/.test(character) ? 0x40 : 0x10)),
  );
  const at = flipped.findIndex((character) => /[0-9A-Za-z]/.test(character));
  return at < 0 ? iv : `${iv.slice(0, at)}${flipped[at] ?? ''}${iv.slice(at + 1)}`;
}

/**
 * A different secret of the same length and kind of characters: a server may limit both. The numbers from 1 give different
 * secrets.
 */
export function otherSecret(secret: string, number = 1): string {
  const ordinary = [...secret.matchAll(/[0-9A-Za-z]/g)].map(({ index }) => index);
  const changed = ordinary.length === 0 ? [0] : ordinary;
  const next = (text: string): string => changed.reduce(replaceAt, text);
  return Array.from({ length: number }).reduce<string>(next, secret);
}

function otherCharacter(character: string): string {
  if (/[0-8]/.test(character)) return String(Number(character) + 1);
  if (character === '9') return '0';
  if (character === 'f' || character === 'z') return 'a';
  if (character === 'F' || character === 'Z') return 'A';
  if (/[a-yA-Y]/.test(character)) return String.fromCharCode(character.charCodeAt(0) + 1);
  return 'A';
}

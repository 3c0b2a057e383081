/**
 * Normalises the appearance of a text: full-width forms (NFKC), `<br/>`, white space, typographic quotes and dashes.
 * Paragraph breaks and `<br/>` become one line break, all other white space becomes one space.
 */
export function cosmetic(text: string): string {
  return text
    .replace(/["“＂]([^\p{L}\p{N}\s]{1,3})["”＂]/gu, (_, sign: string) => `"${spelt(sign)}"`)
    .normalize('NFKC')
    .replace(/<br\s*\/?>|&emsp;|\r?\n\s*\n/gi, (found) => (found === '&emsp;' ? ' ' : lineBreak))
    .replace(/[\u200b-\u200d\u2060\ufeff\u00ad]/g, '')
    .replace(/[“”„‟「」『』]/g, '"')
    .replace(/[‘’‛]/g, "'")
    .replace(/[‐‑‒–—―−]/g, '-')
    .replace(/[。]/g, '. ')
    .replace(/[、]/g, ', ')
    .replace(/\s+/g, ' ')
    .replaceAll(brokenLine, '\n')
    .trim();
}

/** A private-use character in place of a line break, while white space is replaced by spaces. */
const lineBreak = '\ue000';
const brokenLine = / ?\ue000 ?/g;

/** A quoted sign as its code point: in "English comma ','", the width of the comma has a meaning. */
function spelt(sign: string): string {
  return [...sign].map((character) => `u${character.codePointAt(0)?.toString(16)}`).join('');
}

/** The words of a text in lower case, without punctuation. Signs of numbers and signs such as `<` are kept. */
export function words(text: string): readonly string[] {
  return wordsIn(cosmetic(text).toLowerCase());
}

/** The words of a normalised text, with their case. */
export function wordsIn(text: string): readonly string[] {
  return text.match(wordsAndSigns) ?? [];
}

const wordsAndSigns = /(?<=^|[\s(=:])-\d+|[<>≤≥≠]|[\p{L}\p{N}_]+/gu;

/** Whether two texts have the same words in the same order. */
export function sameWords(one: string, other: string): boolean {
  return words(one).join(' ') === words(other).join(' ');
}

/** Whether two texts are in different languages, judged by their script. */
export function otherScript(one: string, other: string): boolean {
  return one !== '' && other !== '' && /\p{Script=Han}/u.test(one) !== /\p{Script=Han}/u.test(other);
}

/** Whether two texts are the same, ignoring white space and line breaks. */
export function sameSigns(one: string, other: string): boolean {
  const [flat, otherFlat] = [one, other].map((text) => text.replace(/(?:<br\/>|\s)+/g, ' ').trim());
  return flat === otherFlat;
}

/**
 * One form of text at a place: a sticky expression, what it is, and what its first group means, if not itself.
 * `open`: a quote without its end. `cut`: an escape with nothing after it.
 */
export type Rule<Kind extends string> = readonly [form: RegExp, kind: Kind, meaning?: (inside: string) => string];

/** The piece of a text at a place: that of the first rule that matches. The last rule has to match any character. */
export function readPiece<Kind extends string>(
  rules: readonly Rule<Kind>[],
  text: string,
  at: number,
): { readonly kind: Kind; readonly piece: string; readonly meaning: string } {
  for (const [form, kind, meaning] of rules) {
    form.lastIndex = at;
    const [piece, inside = ''] = form.exec(text) ?? [];
    if (piece !== undefined) return { kind, piece, meaning: meaning?.(inside) ?? inside };
  }
  throw new Error(`no rule for the character at ${at}`);
}

/** What a piece of a command line is. */
export type WordKind = 'gap' | 'end' | 'word' | 'open' | 'cut';

/**
 * Splits a text into commands and their words.
 * @param rules the rules for a place, in a word or between two words.
 * @returns the commands, or one text that says why they cannot be read.
 */
export function splitCommands(
  text: string,
  rules: (inWord: boolean) => readonly Rule<WordKind>[],
): string[][] | string {
  const commands: string[][] = [[]];
  let word: string | undefined;
  for (let at = 0; at < text.length; ) {
    const { kind, piece, meaning } = readPiece(rules(word !== undefined), text, at);
    const quote = piece.replace('$', '');
    if (kind === 'open') return unreadable(`a quote (${quote}) is opened but not closed`);
    if (kind === 'cut') return unreadable('it ends with a backslash');
    at += piece.length;
    if (kind === 'word') word = (word ?? '') + meaning;
    else if (word !== undefined) {
      commands.at(-1)?.push(word);
      word = undefined;
    }
    if (kind === 'end') commands.push([]);
  }
  if (word !== undefined) commands.at(-1)?.push(word);
  return commands.filter(({ length }) => length > 0);
}

/** What the letters of an escape mean in bash (`$'\n'`) and in PowerShell (`` `n ``). */
export const escapeLetters: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** The character of a number in an escape; U+FFFD for a number that no character has. */
export function fromCodePoint(point: number): string {
  return point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd';
}

/** What is wrong with a command, after its name. */
export function unreadable(why: string): string {
  return `cannot be read: ${why}; copy the whole command`;
}

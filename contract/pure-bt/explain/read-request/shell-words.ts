/** The words of a shell command, or why it has none. */
export type ShellWords = { readonly words: readonly string[] } | { readonly problem: string };

/**
 * Splits a command into words as a POSIX shell does, with bash's `$'…'`; nothing is expanded or run.
 * Reads up to a pipe or the next command. Line breaks count as spaces: a pasted command has often lost its backslashes.
 * Source: POSIX shell language, section 2.2 (quoting); bash manual, 3.1.2.4 (ANSI-C quoting).
 */
export function shellWords(text: string): ShellWords {
  const words: string[] = [];
  let word: string | undefined;
  let rest = text.replace(/^\$\s+/, '');
  while (rest !== '') {
    const piece = nextPiece(rest);
    if ('problem' in piece) return piece;
    rest = rest.slice(piece.length);
    if (piece.text !== undefined) {
      word = (word ?? '') + piece.text;
      continue;
    }
    if (word !== undefined) words.push(word);
    word = undefined;
    if (piece.ends) break;
  }
  if (word !== undefined) words.push(word);
  return { words };
}

/** How much was read and what it stands for; a piece without text is a gap between words. */
type Piece = { readonly length: number; readonly text?: string; readonly ends?: boolean };

function nextPiece(rest: string): Piece | { readonly problem: string } {
  const [blank] = /^(?:\s|\\\r?\n)+/.exec(rest) ?? [];
  if (blank !== undefined) return { length: blank.length };
  if (/^(\||&&|;\s)/.test(rest)) return { length: rest.length, ends: true };
  const [single, singleText] = /^'([^']*)'/.exec(rest) ?? [];
  if (single !== undefined && singleText !== undefined) return { length: single.length, text: singleText };
  const [double, doubleText] = /^\$?"((?:[^"\\]|\\[\s\S])*)"/.exec(rest) ?? [];
  if (double !== undefined && doubleText !== undefined) return { length: double.length, text: inDouble(doubleText) };
  const [ansi, ansiText] = /^\$'((?:[^'\\]|\\[\s\S])*)'/.exec(rest) ?? [];
  if (ansi !== undefined && ansiText !== undefined) return { length: ansi.length, text: inAnsi(ansiText) };
  const quote = rest.replace(/^\$/, '').charAt(0);
  if (quote === "'" || quote === '"') return { problem: `a quote (${quote}) is opened and not closed` };
  if (rest.startsWith('\\')) return { length: 2, text: rest.charAt(1) };
  return { length: 1, text: rest.charAt(0) };
}

/** Inside double quotes a backslash is special before $ ` " \ and a line break only. */
function inDouble(text: string): string {
  return text.replace(/\\(\r?\n|[$`"\\])/g, (_, escaped: string) => (escaped.endsWith('\n') ? '' : escaped));
}

const ansiLetters: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

function inAnsi(text: string): string {
  const escapes = /\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})|([0-7]{1,3})|([\s\S]))/g;
  return text.replace(escapes, (whole: string, x, u, long, octal, letter) => {
    const hex = (x ?? u ?? long) as string | undefined;
    if (hex !== undefined) return fromPoint(Number.parseInt(hex, 16));
    if (octal !== undefined) return fromPoint(Number.parseInt(String(octal), 8));
    const known = ansiLetters[String(letter)];
    if (known !== undefined) return known;
    return /[\\'"?]/.test(String(letter)) ? String(letter) : whole;
  });
}

function fromPoint(point: number): string {
  return point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd';
}

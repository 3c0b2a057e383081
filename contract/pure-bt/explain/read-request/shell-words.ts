/**
 * Splits a command into words like a POSIX shell, with bash's `$'…'`. It expands and runs nothing.
 * Stops at a pipe or the next command. Line breaks count as spaces: a pasted command often has lost its backslashes.
 * Source: POSIX shell language, section 2.2 (quoting); bash manual, 3.1.2.4 (ANSI-C quoting).
 * @returns the words, or one text that says why the command cannot be read.
 */
export function shellWords(text: string): readonly string[] | string {
  const words: string[] = [];
  let word: string | undefined;
  let rest = text.replace(/^\$\s+/, '');
  while (rest !== '' && !/^(?:\||&&|;\s)/.test(rest)) {
    const [piece, meaning] = nextPiece(rest);
    if (piece === '') return `a quote (${meaning}) is opened but not closed`;
    rest = rest.slice(piece.length);
    if (meaning === undefined && word !== undefined) words.push(word);
    word = meaning === undefined ? undefined : (word ?? '') + meaning;
  }
  return word === undefined ? words : [...words, word];
}

const quoted: readonly (readonly [piece: RegExp, meaning: (inside: string) => string])[] = [
  [/^'([^']*)'/, (inside) => inside],
  // In double quotes, a backslash is special only before $ ` " \ and a line break.
  [
    /^\$?"((?:[^"\\]|\\[\s\S])*)"/,
    (inside) => inside.replace(/\\(\r?\n|[$`"\\])/g, (_, escaped: string) => (escaped.endsWith('\n') ? '' : escaped)),
  ],
  [/^\$'((?:[^'\\]|\\[\s\S])*)'/, inAnsi],
];

/** The next piece of a command and its meaning. A gap between words has no meaning; an open quote has no piece. */
function nextPiece(rest: string): readonly [piece: string, meaning: string | undefined] {
  const [blank] = /^(?:\s|\\\r?\n)+/.exec(rest) ?? [];
  if (blank !== undefined) return [blank, undefined];
  for (const [form, meaning] of quoted) {
    const [piece, inside = ''] = form.exec(rest) ?? [];
    if (piece !== undefined) return [piece, meaning(inside)];
  }
  const [, open] = /^\$?(["'])/.exec(rest) ?? [];
  if (open !== undefined) return ['', open];
  return rest.startsWith('\\') ? [rest.slice(0, 2), rest.charAt(1)] : [rest.charAt(0), rest.charAt(0)];
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
    return known ?? (/[\\'"?]/.test(String(letter)) ? String(letter) : whole);
  });
}

function fromPoint(point: number): string {
  return point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd';
}

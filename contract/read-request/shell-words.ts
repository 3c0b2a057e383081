import { escapeLetters, fromCodePoint, type Rule, splitCommands, unreadable, type WordKind } from './split-words.ts';

/** A prompt that was copied with a command: `$ `, `PS C:\\> `. */
const prompt = String.raw`(?:[^\n'"#]{0,80}[$%>][ \t]+)?`;

/** Whether a line of a text starts with a program (a pattern), also after a prompt, variables or another command. */
export function hasCommand(text: string, program: string): boolean {
  const before = String.raw`^[ \t]*(?:[^\n'"#]{0,80}(?:[$%>]|&&|;|\|)[ \t]+)?(?:\w+=\S*[ \t]+)*`;
  return new RegExp(`${before}(?:${program})(?=[\\s\\\\^])`, 'm').test(text);
}

/**
 * Splits a text into commands and words like a POSIX shell, with bash's `$'…'`. It expands and runs nothing.
 * A line break ends a command only before the next `curl`: a pasted command often has lost its backslashes.
 * Source: POSIX shell language, sections 2.2 (quoting) and 2.9 (commands); bash manual, 3.1.2.4 (ANSI-C quoting).
 * @returns the commands, or one text that says why they cannot be read.
 */
export function shellCommands(text: string): string[][] | string {
  const withoutPrompt = text.replace(new RegExp(`^${nextCommand}`), '');
  return splitCommands(withoutPrompt, (inWord) => (inWord ? rules : rulesBetweenWords));
}

const nextCommand = String.raw`[ \t]*${prompt}(?=(?:\w+=\S*[ \t]+)*(?:curl(?:\.exe)?|https?|xhs?)[ \t\\])`;

const rules: readonly Rule<WordKind>[] = [
  [new RegExp(`\\s*\\n${nextCommand}`, 'y'), 'end'],
  [/(?:\s|\\\r?\n)+/y, 'gap'],
  [/&&|\|\|?|[;&](?=\s|$)/y, 'end'],
  [/'([^']*)'/y, 'word'],
  // In double quotes, a backslash is special only before $ ` " \ and a line break.
  [
    /\$?"((?:[^"\\]|\\[\s\S])*)"/y,
    'word',
    (inside) => inside.replace(/\\(\r?\n|[$`"\\])/g, (_, escaped: string) => (escaped.endsWith('\n') ? '' : escaped)),
  ],
  [/\$'((?:[^'\\]|\\[\s\S])*)'/y, 'word', inAnsi],
  [/\$?["']/y, 'open'],
  [/\\$/y, 'cut'],
  [/\\([\s\S])/y, 'word'],
  [/([^\s'"\\;&|$]+|[\s\S])/y, 'word'],
];
const rulesBetweenWords: readonly Rule<WordKind>[] = [[/#[^\n]*/y, 'gap'], ...rules];
const ansiLetters: Readonly<Record<string, string>> = { ...escapeLetters, E: '\x1b' };

function inAnsi(text: string): string {
  const escapes = /\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})|([0-7]{1,3})|([\s\S]))/g;
  return text.replace(escapes, (whole: string, x, u, long, octal, letter) => {
    const hex = (x ?? u ?? long) as string | undefined;
    if (hex !== undefined) return fromCodePoint(Number.parseInt(hex, 16));
    if (octal !== undefined) return fromCodePoint(Number.parseInt(String(octal), 8));
    const known = ansiLetters[String(letter)];
    return known ?? (/[\\'"?]/.test(String(letter)) ? String(letter) : whole);
  });
}

/**
 * Splits a text into commands and words as cmd.exe and a program's start-up code do: first `^` is resolved outside plain
 * quotes, then `"` and `\\"`. Browsers escape every special character with `^` in "Copy as cURL (cmd)".
 * Source: help of cmd.exe (`cmd /?`); Microsoft C runtime, parsing of command-line arguments.
 * @returns the commands, or one text that says why they cannot be read.
 */
export function cmdCommands(text: string): string[][] | string {
  if (/\^\s*$/.test(text)) return unreadable('it ends with a caret (^)');
  const commands: string[][] = [];
  for (const line of cmdLines(text.replaceAll('\r\n', '\n'))) {
    const words = splitCommands(line, () => cmdRules);
    if (typeof words === 'string') return words;
    commands.push(...words);
  }
  return commands;
}

/** The command lines after cmd.exe has read them: `^x` is `x`, `^` before a line break joins two lines, `&` ends a command. */
function cmdLines(text: string): readonly string[] {
  const lines = [''];
  let quoted = false;
  for (const [piece] of text.matchAll(/\^\n?[\s\S]?|&+|[^^&"\n]+|[\s\S]/g)) {
    let read = piece;
    if (piece === '"') quoted = !quoted;
    else if (!quoted && piece.startsWith('&')) {
      lines.push('');
      read = '';
    } else if (!quoted && piece === '\n') read = ' ';
    // The character after a joined line is taken as it is: a browser writes a line break as ^, line break, line break.
    else if (!quoted && piece.startsWith('^')) read = piece.slice(piece.startsWith('^\n') ? 2 : 1);
    lines[lines.length - 1] += read;
  }
  return lines;
}

const half = (slashes: string): string => slashes.slice(slashes.length >> 1);

const cmdRules: readonly Rule<WordKind>[] = [
  [/\s+/y, 'gap'],
  // Backslashes count only before a quote: 2n are n, and an odd one makes the quote a character. Two quotes are one too.
  [
    /"((?:[^"\\]|""|\\[\s\S])*)"/y,
    'word',
    (inside) =>
      inside.replace(/(\\*)""?|\\+$/g, (all: string, slashes?: string) =>
        slashes === undefined ? half(all) : `${'\\'.repeat(slashes.length >> 1)}"`,
      ),
  ],
  [/\\(")/y, 'word'],
  [/"/y, 'open'],
  [/([^\s"\\]+|\\)/y, 'word'],
];

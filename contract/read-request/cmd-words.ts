import type { Rule, WordKind, Words } from './split-words.ts';
import { splitCommands } from './split-words.ts';

/**
 * Splits a text into commands and words as cmd.exe and a program's start-up code do: first `^` is resolved outside plain
 * quotes, then `"` and `\\"`. Browsers escape every special character with `^` in "Copy as cURL (cmd)".
 * Source: help of cmd.exe (`cmd /?`); Microsoft C runtime, parsing of command-line arguments.
 * @returns the commands, or one text that says why they cannot be read.
 */
export function cmdCommands(text: string): readonly Words[] | string {
  if (/\^\s*$/.test(text)) return 'it ends with a caret (^)';
  const commands: Words[] = [];
  for (const line of cmdLines(text.replaceAll('\r\n', '\n'))) {
    const words = splitCommands(line, () => rules);
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

const rules: readonly Rule<WordKind>[] = [
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
  [/\\(")/y, 'word', (inside) => inside],
  [/"/y, 'open'],
  [/([^\s"\\]+|\\)/y, 'word', (inside) => inside],
];

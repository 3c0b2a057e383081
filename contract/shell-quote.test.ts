import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { shellQuote } from './shell-quote.ts';

test.each([
  ['a plain word', 'http://127.0.0.1:8080/a-b_c', 'http://127.0.0.1:8080/a-b_c'],
  ['nothing', '', "''"],
  ['a space', 'a b', "'a b'"],
  ['a quote', "it's", `'it'\\''s'`],
  ['shell expansions', '$HOME `id` "$(id)" !! *', `'$HOME \`id\` "$(id)" !! *'`],
  ['other languages', '设备 é', "'设备 é'"],
  ['an escape sequence', '\u001b[31m\\', "$'\\x1b[31m\\\\'"],
  ['a line break and a quote', "a\n::error::b'", "$'a\\x0a::error::b\\''"],
  ['a direction override', 'a\u202eb', "$'a\\xe2\\x80\\xaeb'"],
])('quotes %s as one word', (_, text, word) => {
  expect(shellQuote(text)).toBe(word);
  expect(execFileSync('bash', ['-c', `printf %s ${word}`]).toString()).toBe(text);
});

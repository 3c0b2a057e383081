import { describe, expect, test } from 'vitest';
import { comparable, readSteps, refresh, shows, writeSteps } from './transcript.ts';

describe('a page shows what was printed', () => {
  test.each<[string, readonly string[], readonly string[], boolean]>([
    ['the same lines', ['a', 'b'], ['a', 'b'], true],
    ['other numbers', ['12 passed in 3.4 s'], ['13 passed in 2 s'], true],
    ['another code', ['code 5361'], ['code 5412'], false],
    ['a line less', ['a', 'b'], ['a'], false],
    ['a line more', ['a'], ['a', 'b'], false],
    ['lines left out', ['a', '…', 'd'], ['a', 'b', 'c', 'd'], true],
    ['nothing left out', ['a', '…', 'b'], ['a', 'b'], true],
    ['an end left out', ['a', '…'], ['a'], true],
    ['a line that is cut', ['the reason is…'], ['the reason is long'], true],
    ['another line that is cut', ['the reason is…'], ['the cause is long'], false],
    ['another device', ['{"dk":"ACD9296AD469"}'], ['{"dk":"0B877C1F625B"}'], true],
  ])('%s', (_, quoted, printed, due) => {
    expect(shows(quoted, printed)).toBe(due);
  });
});

describe('a page is brought up to date', () => {
  test.each<[string, readonly string[], readonly string[], readonly string[]]>([
    ['a number changed', ['1 case', '…'], ['2 case', 'more'], ['1 case', '…']],
    ['everything is shown', ['old words'], ['new words', 'and more'], ['new words', 'and more']],
    [
      'a line was reworded',
      ['a', '…', 'contract BROKEN: 2 cases failed', '…'],
      ['a', 'b', 'contract broken: 2 cases failed', 'c'],
      ['a', '…', 'contract broken: 2 cases failed', '…'],
    ],
    [
      'a row was reworded',
      ['…', '    rule      It is refused.', '…'],
      ['title', '    sent      a', '    rule      A dk must be right.', '    curl      b'],
      ['…', '    rule      A dk must be right.', '…'],
    ],
    ['a line is gone', ['first line', '…', 'second line'], ['first line'], ['first line']],
    [
      'a line was added where none is left out',
      ['first line', 'second line', '…'],
      ['first line', 'new', 'second line', 'z'],
      ['first line', 'new', 'second line', '…'],
    ],
  ])('%s', (_, quoted, printed, due) => {
    expect(refresh(quoted, printed)).toEqual(due);
  });

  test('a long line is cut, a message is not', () => {
    const [line, message] = refresh([], ['x'.repeat(200), `bindgate: ${'x'.repeat(200)}`]);
    expect(line).toBe(`${'x'.repeat(149)}…`);
    expect(message).toHaveLength(210);
  });
});

test('a block is read and written again', () => {
  const text = '$ bindgate a \\\n    --b\none\n\ntwo\n$ echo $?\n0';
  expect(writeSteps(readSteps(text))).toBe(text);
  expect(readSteps(text).map(({ command }) => command)).toEqual(['bindgate a \\\n    --b', 'echo $?']);
});

test('codes are compared and numbers are not', () => {
  expect(comparable('  5361 ×12 of 24 in 3.5 s')).toBe('5361 ×N of N in N s');
});

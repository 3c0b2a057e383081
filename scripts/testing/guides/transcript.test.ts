import { describe, expect, test } from 'vitest';
import { comparable, readSteps, refresh, shows, writeSteps } from './transcript.ts';

describe('the comparison of a page with the output', () => {
  test.each<[string, readonly string[], readonly string[], boolean]>([
    ['the same lines', ['a', 'b'], ['a', 'b'], true],
    ['other numbers', ['12 passed in 3.4 s'], ['13 passed in 2 s'], true],
    ['another code', ['code 5361'], ['code 5412'], false],
    ['a missing line', ['a', 'b'], ['a'], false],
    ['an extra line', ['a'], ['a', 'b'], false],
    ['omitted lines', ['a', '…', 'd'], ['a', 'b', 'c', 'd'], true],
    ['a gap without lines', ['a', '…', 'b'], ['a', 'b'], true],
    ['an omitted end', ['a', '…'], ['a'], true],
    ['a cut line', ['the reason is…'], ['the reason is long'], true],
    ['a different cut line', ['the reason is…'], ['the cause is long'], false],
    ['another device', ['{"dk":"ACD9296AD469"}'], ['{"dk":"0B877C1F625B"}'], true],
  ])('%s', (_, quoted, printed, expected) => {
    expect(shows(quoted, printed)).toBe(expected);
  });
});

describe('the update of a page', () => {
  test.each<[string, readonly string[], readonly string[], readonly string[]]>([
    ['a changed number', ['1 case', '…'], ['2 case', 'more'], ['1 case', '…']],
    ['a full output', ['old words'], ['new words', 'and more'], ['new words', 'and more']],
    [
      'a reworded line',
      ['a', '…', 'contract FAILED: 2 cases failed', '…'],
      ['a', 'b', 'contract failed: 2 cases failed', 'c'],
      ['a', '…', 'contract failed: 2 cases failed', '…'],
    ],
    [
      'a reworded row',
      ['…', '    rule      It is refused.', '…'],
      ['title', '    sent      a', '    rule      A dk must be right.', '    curl      b'],
      ['…', '    rule      A dk must be right.', '…'],
    ],
    ['a removed line', ['first line', '…', 'second line'], ['first line'], ['first line']],
    [
      'a new line in a part without a gap',
      ['first line', 'second line', '…'],
      ['first line', 'new', 'second line', 'z'],
      ['first line', 'new', 'second line', '…'],
    ],
  ])('%s', (_, quoted, printed, expected) => {
    expect(refresh(quoted, printed)).toEqual(expected);
  });

  test('cuts a long line, but not a message', () => {
    const [line, message] = refresh([], ['x'.repeat(200), `bindgate: ${'x'.repeat(200)}`]);
    expect(line).toBe(`${'x'.repeat(149)}…`);
    expect(message).toHaveLength(210);
  });
});

test('reads a block and writes it back', () => {
  const text = '$ bindgate a \\\n    --b\none\n\ntwo\n$ echo $?\n0';
  expect(writeSteps(readSteps(text))).toBe(text);
  expect(readSteps(text).map(({ command }) => command)).toEqual(['bindgate a \\\n    --b', 'echo $?']);
});

test('compares codes but not numbers', () => {
  expect(comparable('  5361 ×12 of 24 in 3.5 s')).toBe('5361 ×N of N in N s');
});

import { expect, test } from 'vitest';
import { suite } from '../pure-bt/suite.ts';
import { UserError } from '../user-error.ts';
import { readBaseline } from './baseline-file.ts';

const good = [
  'bindgate.baseline/1 catalogue 2',
  'dialect successCode=200 siblingCodes=accept',
  'case dk/too-short: 200 5361 application/json {code:number,msg:string}',
  'case race/two: 200 200 application/json {} cache-control charset=utf-8 | no-answer > left-out',
  'case token/none: not-run',
  'case unsteady: 200 5420 text/html no-json or 200 5421 text/html empty',
  'precedence dk/too-short + a device bound by another user, binding mode single: 200 5361',
  'end 5',
  '',
];

/** The good baseline with some lines replaced. */
function changed(at: number, count: number, ...lines: readonly string[]): string {
  return good.toSpliced(at, count, ...lines).join('\n');
}

function readFailure(text: string): string {
  try {
    readBaseline(text, 'b.txt', suite);
    return 'it was read';
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    expect(error.exitCode).toBe(2);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: no control characters may be shown
    expect(error.message).not.toMatch(/[\u0000-\u001f]/);
    return error.message;
  }
}

test('reads steps, sets, varying results and cases not run', () => {
  const { catalogue, dialect, facts } = readBaseline(good.join('\n'), 'b.txt', suite);
  expect(catalogue).toBe(2);
  expect(dialect).toEqual({ successCode: '200', siblingCodes: 'accept' });
  expect(facts.get('case unsteady')).toEqual({ seen: ['200 5420 text/html no-json', '200 5421 text/html empty'] });
  expect(facts.get('case token/none')).toHaveProperty('notRun');
  expect([...facts.keys()].filter((key) => key.startsWith('precedence '))).toEqual([
    'precedence dk/too-short + a device bound by another user, binding mode single',
  ]);
});

test.each([
  ['an empty file', '', /^b\.txt:1: this is not a baseline file: it is empty; give a bindgate\.baseline\/1 file/],
  ['a blank file', '\n\n', /^b\.txt:1: this is not a baseline file: it is empty/],
  ['bytes', '\u0000\u0001ELF\u001b[2J', /^b\.txt:1: this is not a baseline file/],
  ['a page', '<html>\n', /^b\.txt:1: this is not a baseline file: the first line has/],
  [
    'another version',
    changed(0, 1, 'bindgate.baseline/2 catalogue 2'),
    /^b\.txt:1: this file has the format bindgate\.baseline\/2, but this/,
  ],
  [
    'another kind',
    changed(0, 1, 'bindgate.load/1 catalogue 2'),
    /^b\.txt:1: this file has the format bindgate\.load\/1/,
  ],
  ['no catalogue', changed(0, 1, 'bindgate.baseline/1'), /^b\.txt:1: "catalogue N" must follow/],
  ['catalogue 0', changed(0, 1, 'bindgate.baseline/1 catalogue 0'), /^b\.txt:1: "catalogue N" must/],
  ['no dialect', changed(1, 1), /^b\.txt:2: the line must be "dialect/],
  ['an unknown setting', changed(1, 1, 'dialect moon=full'), /^b\.txt:2: "moon=full" is not a dialect setting/],
  [
    'a setting twice',
    changed(1, 1, 'dialect successCode=0 successCode=0'),
    /^b\.txt:2: the setting successCode is given twice/,
  ],
  ['a case twice', changed(3, 0, good[2] ?? ''), /^b\.txt:4: "case dk\/too-short" is already in line 3/],
  ['a pair twice', changed(7, 0, good[6] ?? ''), /^b\.txt:8: "precedence .*" is already in line 7/],
  ['a line that is not a fact', changed(3, 0, 'case dk/x: perhaps'), /^b\.txt:4: "case dk\/x: perhaps" is not a fact/],
  ['an invalid status', changed(3, 0, 'case dk/x: 99 5361 a/b {}'), /^b\.txt:4: .* is not a fact/],
  ['a blank line', changed(3, 0, ''), /^b\.txt:4: the baseline file is cut off or damaged here/],
  ['a merge conflict', changed(3, 0, '<<<<<<< ours'), /^b\.txt:4: this is a merge conflict/],
  ['a cut at a line', good.slice(0, 5).join('\n'), /^b\.txt:5: the baseline file is cut off: its last line/],
  [
    'a cut after a line break',
    `${good.slice(0, 5).join('\n')}\n`,
    /^b\.txt:6: the baseline file is cut off or damaged here/,
  ],
  ['a cut within a line', good.join('\n').slice(0, 170), /^b\.txt:4: the baseline file is cut off or damaged here/],
  ['only the first line', good.slice(0, 1).join('\n'), /^b\.txt:2: the line must be "dialect/],
  ['a removed line', changed(3, 1), /^b\.txt:7: the line is "end 5", but there are 4 facts/],
  [
    'an added line',
    changed(3, 0, 'case dk/x: 200 5361 a/b {}'),
    /^b\.txt:9: the line is "end 5", but there are 6 facts/,
  ],
  ['text after the end', changed(8, 0, 'case dk/x: 200 5361 a/b {}'), /^b\.txt:9: there is text after the last line/],
  [
    'escape sequences',
    changed(3, 0, 'case \u001b[2J\u202e: x'),
    /^b\.txt:4: "case \\x1b\[2J\\u\{202e\}: x" is not a fact/,
  ],
])('rejects %s', (_, text, message) => {
  expect(readFailure(text)).toMatch(message);
});

test('rejects a baseline file cut at any place', () => {
  const text = good.join('\n');
  // Without its last line break it is still complete.
  for (let length = 0; length < text.length - 1; length += 1)
    expect(readFailure(text.slice(0, length)), String(length)).toMatch(/^b\.txt:\d+: /);
});

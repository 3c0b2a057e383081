import { describe, expect, test } from 'vitest';
import type { LoadRun } from '../run/share.ts';
import { syntheticShare } from '../testing/shares.ts';
import { readMeasured } from './measured.ts';
import { judgeObjective, readObjective, readObjectives } from './objectives.ts';

test.each([
  ['p99 < 50 ms at 500/s', { percentile: 'p99', limitMs: 50, atRate: 500 }],
  ['p99.9 of encrypted <= 0.2 s', { percentile: 'p999', of: 'encrypted', limitMs: 200 }],
  ['max of 5420 < 1s', { percentile: 'max', of: '5420', limitMs: 1_000 }],
  ['refused correctly 99.5 %', { kind: 'correct', what: 'refused', percent: 99.5 }],
])('reads %s', (text, expected) => expect(readObjective(text)).toMatchObject({ text, ...expected }));

test.each(['p98 < 5 ms', 'p99 > 5 ms', 'p99 < 5', 'refused correctly 101 %', 'fast', ''])('refuses "%s"', (text) => {
  expect(() => readObjective(text)).toThrow(/cannot be read; write "p99 < 50 ms"/);
});

test('an objective of ones own takes the place of the default one that says the same', () => {
  const texts = (own: readonly string[]): readonly string[] => readObjectives(own).map(({ text }) => text);
  expect(texts([])).toEqual(['bound correctly 100 %', 'refused correctly 100 %']);
  expect(texts(['refused correctly 99 %', 'p50 < 1 ms'])).toEqual([
    'bound correctly 100 %',
    'refused correctly 99 %',
    'p50 < 1 ms',
  ]);
});

describe('a run of 50/s, 1 to 2 ms, noise floor p50 0.2 ms', () => {
  const judged = (text: string, run: Partial<LoadRun> = {}): object => {
    const share = syntheticShare(run);
    return judgeObjective(readObjective(text), readMeasured(share), share.run);
  };
  test.each<[string, object]>([
    ['p50 < 1.5 ms', { result: { kept: true, detail: '1.5 ms' } }],
    ['p50 < 1.4 ms', { result: { kept: false } }],
    ['p50 of plain < 1.4 ms', { result: { kept: false } }],
    ['p50 of 200 < 1.5 ms at 50/s', { result: { kept: true } }],
    ['p50 < 1.4 ms at 40/s', { skipped: expect.stringContaining('50/s, which is more') }],
    ['p50 < 2 ms at 40/s', { result: { kept: true } }],
    ['p50 < 2 ms at 500/s', { skipped: expect.stringContaining('run it with --rate 500') }],
    ['p50 < 0.3 ms', { undecided: expect.stringContaining('noise floor') }],
    ['p99 < 5 ms', { result: { kept: true, detail: 'none of 100 requests took longer than 2 ms' } }],
    ['p99 < 1.9 ms', { undecided: expect.stringContaining('needs 500 requests, and there were 100') }],
    ['max < 2 ms', { result: { kept: true } }],
    ['p50 of plaine < 2 ms', { skipped: expect.stringContaining('is "plain" meant?') }],
    ['bound correctly 100 %', { result: { kept: true, detail: '100 of 100' } }],
    ['refused correctly 100 %', { skipped: expect.stringContaining('no such request is sent') }],
  ])('%s', (text, expected) => expect(judged(text)).toMatchObject(expected));
});

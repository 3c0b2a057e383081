import { expect, test } from 'vitest';
import { readMeasured } from '../judge/measured.ts';
import { readShares } from '../judge/merge.ts';
import { toSeries } from '../judge/series.ts';
import { toShare } from '../k6/share.ts';
import { syntheticShare } from '../testing/shares.ts';
import { codeSlot, unlistedSlots } from './counted-codes.ts';
import { mergeShares, type Share } from './share.ts';

const { run } = syntheticShare();
const plan = { run, k6: { codes: [0, 200, 5420] } };

/** The share of a run in which k6 counted these codes, all unknown before the run. */
function shareOfCodes(codes: Readonly<Record<number, number>>): Share {
  const slots = Map.groupBy(Object.entries(codes), ([code]) => codeSlot(Number(code)));
  const trends = [...slots].map(([slot, held]) => {
    const [count, all] = [held.reduce((sum, [, of]) => sum + of, 0), held.map(([code]) => Number(code))];
    return [
      `slot_code_${slot}`,
      { type: 'trend', values: { count, 'p(0)': Math.min(...all), 'p(100)': Math.max(...all) } },
    ];
  });
  const count = Object.values(codes).reduce((sum, of) => sum + of, 0);
  const metrics = { ...Object.fromEntries(trends), code_other: { type: 'counter', values: { count } } };
  return toShare({ metrics }, run);
}

test.each<[string, Readonly<Record<number, number>>, readonly (readonly [number | 'other', number])[]]>([
  ['one code', { 400: 7 }, [[400, 7]]],
  [
    'several codes, also negative and large ones',
    { 400: 4, 429: 3, [-1]: 2, 1000000007: 1 },
    [
      [400, 4],
      [429, 3],
      [-1, 2],
      [1_000_000_007, 1],
    ],
  ],
  [
    'two codes in one slot, counted together',
    { 400: 5, [400 + unlistedSlots]: 2, 429: 1 },
    [
      ['other', 7],
      [429, 1],
    ],
  ],
])('%s', (_, codes, want) => {
  const share = shareOfCodes(codes);
  expect(readMeasured(share).codes.map(({ code, count }) => [code, count])).toEqual(want);
  expect(share.distributions).toEqual({});
});

test('adds up the shares of several processes by code', () => {
  const [one, two] = [shareOfCodes({ 400: 5, 429: 1 }), shareOfCodes({ 400: 2 })];
  expect(one.counters).toEqual({ code_400: 5, code_429: 1 });
  const [point] = toSeries({ plan, samples: [] }, mergeShares([one, two]));
  expect(point?.codes).toEqual([{ code: 'other', count: 8 }]);
});

test('reads a share with a negative code', () => {
  const share = shareOfCodes({ [-1]: 2 });
  expect(readShares('share.json', Buffer.from(JSON.stringify(share)))).toEqual([share]);
});

test('names a single undocumented code over time too', () => {
  const samples = [{ seconds: 1, counts: { iterations: 10, code_other: 4 } }];
  const series = toSeries({ plan, samples }, shareOfCodes({ 400: 7 }));
  expect(series.map(({ codes }) => codes)).toEqual([[{ code: 400, count: 4 }], [{ code: 400, count: 3 }]]);
});

test('puts HTTP codes and small codes into different slots', () => {
  for (const codes of [
    [400, 401, 403, 404, 409, 422, 429, 500, 502, 503, 504],
    [-1, 1, 2, 3, 4, 5, 10],
  ]) {
    expect(new Set(codes.map(codeSlot)).size).toBe(codes.length);
  }
  expect(codeSlot(2 ** 53)).toBeUndefined();
});

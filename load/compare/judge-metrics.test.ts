import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../generators/random.ts';
import { abbaOrder } from './blocks.ts';
import { holmCorrection } from './judge-metrics.ts';

describe('holm', () => {
  test.each<[string, readonly number[], readonly boolean[], readonly number[]]>([
    ['all small', [0.001, 0.002, 0.003, 0.004], [true, true, true, true], [0.0125, 0.05 / 3, 0.025, 0.05]],
    [
      'the smallest alone',
      [0.04, 0.01, 0.03, 0.02],
      [false, true, false, false],
      [0.05 / 3, 0.0125, 0.05 / 3, 0.05 / 3],
    ],
    [
      'none: what is small is not small enough',
      [0.02, 0.5, 0.6, 0.7],
      [false, false, false, false],
      [0.0125, 0.0125, 0.0125, 0.0125],
    ],
    [
      'a small one behind one that stopped it',
      [0.0126, 0.0127, 0.0128, 0.9],
      [false, false, false, false],
      [0.0125, 0.0125, 0.0125, 0.0125],
    ],
    ['one test needs no correction', [0.05], [true], [0.05]],
    ['no test', [], [], []],
  ])('%s', (_, pValues, rejected, levels) => {
    const steps = holmCorrection(pValues, 0.05);
    expect(steps.map((step) => step.rejected)).toEqual(rejected);
    expect(steps.map((step) => step.level)).toEqual(levels.map((level) => expect.closeTo(level, 12)));
  });

  test('rejects a true hypothesis in one family of twenty at most', () => {
    const random = seededRandom(3, 'holm');
    const families = Array.from({ length: 4_000 }, () => Array.from({ length: 4 }, () => random.number.float()));
    const wrong = families.filter((family) => holmCorrection(family, 0.05).some(({ rejected }) => rejected)).length;
    expect(wrong / families.length).toBeLessThan(0.06);
    expect(wrong / families.length).toBeGreaterThan(0.04);
  });
});

test('blocks are ABBA and BAAB, as in the Thue–Morse sequence', () => {
  expect(abbaOrder(4).join('')).toBe('0110100110010110');
});

test('both sides have as many windows, and never three in a row', () => {
  const order = abbaOrder(50);
  expect(order.filter((side) => side === 0)).toHaveLength(100);
  expect(order.join('')).not.toMatch(/000|111/);
});

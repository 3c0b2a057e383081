import { expect, test } from 'vitest';
import { compareText } from './compare-text.ts';
import { loadText } from './load-text.ts';
import { syntheticCompare, syntheticLoad } from './testing/synthetic-load.ts';

const plain = (_: unknown, text: string): string => text;
const meaning =
  /noise floor p50 .*\n +\(noise floor: the latency of k6 itself, measured against a server that does nothing\)/;

test('explains the noise floor if it was measured', () => {
  const load = syntheticLoad();
  expect(loadText(load, plain)).toMatch(meaning);
  expect(loadText({ ...load, noiseFloor: null }, plain)).not.toContain('does nothing');
  expect(compareText({ ...syntheticCompare(), noiseFloor: { p50: 0.2, p95: 0.4, p99: 0.6 } }, plain)).toMatch(meaning);
});

test('shows only the reason of a k6 that could not start', () => {
  const load = syntheticLoad();
  const reasons = ['k6 ended with exit code 255: x'];
  const died = {
    ...load,
    valid: false,
    reasons,
    objectives: [],
    notes: [],
    requests: 0,
    k6: { ...load.k6, exitCode: 255 },
  };
  expect(loadText(died, plain).split('\n')).toEqual([
    expect.stringMatching(/^load average of/),
    '',
    '  not valid  k6 ended with exit code 255: x',
    '',
    'load NOT VALID',
  ]);
});

test('shows codes by number, and the rest as more codes', () => {
  const codes = [
    { code: 200, count: 5 },
    { code: 400, count: 3 },
    { code: 'other' as const, count: 2 },
    { code: 'none' as const, count: 1 },
  ];
  expect(loadText({ ...syntheticLoad(), codes }, plain)).toContain('200 ×5, 400 ×3, more codes ×2, no code ×1');
});

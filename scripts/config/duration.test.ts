import { InvalidArgumentError } from 'commander';
import { expect, test } from 'vitest';
import { readDuration, readTimingEffect } from './duration.ts';
import { durationArgument } from './flags.ts';

test.each([
  ['20', 20],
  ['20s', 20],
  ['2m', 120],
  ['1h', 3_600],
  ['1m30s', 90],
  ['1h1m1s1ms', 3_661.001],
  ['500ms', 0.5],
  ['1.5s', 1.5],
  ['0.5', 0.5],
  ['0s', 0],
])('reads %s as %d seconds', (text, seconds) => {
  expect(readDuration(text)).toBe(seconds);
});

test.each(['', 's', '-1', '+1s', '1e3', '30s1m', '1m1m', '20 s', '20S', '5min', '1d', '.5s', '1.s', '1..2s', '1m30'])(
  'refuses "%s"',
  (text) => {
    expect(readDuration(text)).toBeUndefined();
  },
);

test.each([
  ['0.5ms', 0.5],
  ['0.01ms', 0.01],
  ['0.125ms', 0.125],
  ['5ms', 5],
  ['1s', 1_000],
  ['0.5', undefined],
  ['5', undefined],
  ['0.009ms', undefined],
  ['0ms', undefined],
  ['1.001s', undefined],
  ['500us', undefined],
  ['', undefined],
])('reads %s as a smallest difference of %s ms', (text, ms) => {
  expect(readTimingEffect(text)).toBe(ms);
});

test('reads an argument within bounds and names the units if not', () => {
  const parse = durationArgument('1s', '24h');
  expect(['1s', '24h', '90'].map(parse)).toEqual([1, 86_400, 90]);
  for (const text of ['999ms', '24h1ms', '0', 'soon']) {
    expect(() => parse(text), text).toThrow(InvalidArgumentError);
    expect(() => parse(text), text).toThrow(/from 1s to 24h, such as 20s, 2m, 1h, 1m30s or 1500ms/);
  }
});

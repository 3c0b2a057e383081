import { expect, test } from 'vitest';
import type { WindowResult } from '../results.ts';
import { secondsLeft } from '../run/product.ts';
import { measureDrift } from './drift.ts';

function windows(p50: (at: number) => number): readonly WindowResult[] {
  return Array.from({ length: 30 }, (_, from) => {
    const value = p50(from) * (1 + ((from * 7) % 5) * 0.01);
    return {
      from,
      requests: 50,
      latency: { p50: value, p90: value, p95: value, p99: value * 2, p999: value * 3, max: value * 4 },
    };
  });
}

test.each([
  ['stays', () => 2, 'steady'],
  ['doubles', (at: number) => 2 + at / 15, 'drifts'],
  ['falls', (at: number) => 4 - at / 15, 'steady'],
  ['jumps about', (at: number) => (at % 3 === 0 ? 4 : 2) * (at > 20 && at % 2 === 0 ? 3 : 1), 'undecided'],
])('latency that %s', (_, p50, verdict) => {
  expect(measureDrift(windows(p50)).map((drift) => drift.verdict)).toEqual([verdict, verdict]);
});

test('a run of few windows has no drift to speak of', () => {
  expect(measureDrift(windows(() => 2).slice(0, 8))).toEqual([]);
});

test.each([
  ['a JWT', `x.${Buffer.from('{"exp":1000}').toString('base64url')}.y`, 100],
  ['a JWT behind Bearer', `Bearer x.${Buffer.from('{"exp":1000}').toString('base64url')}.y`, 100],
  ['a JWT without exp', `x.${Buffer.from('{}').toString('base64url')}.y`, undefined],
  ['no JSON', 'x.e30x.y', undefined],
  ['no JWT', 'opaque', undefined],
])('the life of %s', (_, token, expected) => expect(secondsLeft(token, 900_000)).toBe(expected));

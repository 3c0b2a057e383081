import { expect, test } from 'vitest';
import { createPieceMask } from './piece-mask.ts';

const mask = createPieceMask([
  ['ps', 'q7Zr2LmX9vTb4KdE'],
  ['token', 'AbCdEfGh'],
]);

test.each([
  ['the IV used was "Zr2LmX9vTb"', 'the IV used was "«part of ps»"'],
  ['q7Zr2LmX9vTb4KdE', '«part of ps»'],
  ['Q7ZR2LMX and abcdefgh, twice: abcdefgh', '«part of ps» and «part of token», twice: «part of token»'],
  ['q7Zr2LmXq7Zr2LmX', '«part of ps»«part of ps»'],
  ['seven of them are an ordinary word: q7Zr2Lm', 'seven of them are an ordinary word: q7Zr2Lm'],
  ['', ''],
])('%s', (text, masked) => {
  expect(mask(text)).toBe(masked);
});

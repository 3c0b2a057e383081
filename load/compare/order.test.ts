import { expect, test } from 'vitest';
import { abbaOrder } from './order.ts';

test('blocks are ABBA and BAAB, as in the Thue–Morse sequence', () => {
  expect(abbaOrder(4).join('')).toBe('0110100110010110');
});

test('both sides have as many windows, and never three in a row', () => {
  const order = abbaOrder(50);
  expect(order.filter((side) => side === 0)).toHaveLength(100);
  expect(order.join('')).not.toMatch(/000|111/);
});

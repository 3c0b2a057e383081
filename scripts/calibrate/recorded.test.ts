import { expect, test } from 'vitest';
import { blockWindows, chunkOrder, conditions, floorSide, leadingWindows } from './recorded.ts';

const blocks = Array.from({ length: 16 }, (_, block) =>
  chunkOrder(0, 16).slice(leadingWindows + block * blockWindows, leadingWindows + (block + 1) * blockWindows),
);

test('a chunk begins with a window of every condition, and the floor', () => {
  expect(chunkOrder(3, 2).slice(0, leadingWindows)).toEqual([...conditions.keys(), floorSide]);
  expect(chunkOrder(3, 2)).toHaveLength(leadingWindows + 2 * blockWindows);
});

test('any two conditions meet as ABBA or BAAB in every block, and each as often', () => {
  for (const other of [1, 2, 3]) {
    const met = blocks.map((block) => block.filter((side) => side === 0 || side === other).join(''));
    expect(new Set(met)).toEqual(new Set([`0${other}${other}0`, `${other}00${other}`]));
    expect(met.filter((order) => order.startsWith('0'))).toHaveLength(met.length / 2);
  }
});

test('a chunk that continues takes up the order where the one before left it', () => {
  expect(chunkOrder(2, 2).slice(leadingWindows)).toEqual(blocks.slice(2, 4).flat());
});

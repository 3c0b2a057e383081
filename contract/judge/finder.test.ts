import { array, constantFrom, sample, string, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import { createFinder, indexText, lowerCase } from './finder.ts';

test('finds the first place, in either letter case, and the longest text there', () => {
  const { add, find } = createFinder();
  for (const text of ['Secret', 'SecretOfMore', 'later']) add(text, text);
  const lower = lowerCase('İ a secretofmore, LATER');
  expect(find(lower)).toEqual({ at: 4, length: 12, name: 'SecretOfMore' });
  expect(find(lower, 5)).toEqual({ at: 18, length: 5, name: 'later' });
  expect(find(lower, 19)).toBeUndefined();
});

test('a text of three characters is not searched', () => {
  const { add, find } = createFinder();
  add('abc', 'short');
  expect(find('abcdef')).toBeUndefined();
});

test('finds what looking for one text after another finds', () => {
  const texts = { unit: constantFrom('a', 'b', 'é', '😀'), minLength: 4 };
  const rows = tuple(array(string({ ...texts, maxLength: 7 }), { maxLength: 6 }), string({ ...texts, maxLength: 60 }));
  for (const [searched, text] of sample(rows, { seed: 1, numRuns: 1_000 })) {
    const { add, find } = createFinder();
    for (const form of searched) add(form, form);
    const places = searched.map((form) => text.indexOf(form)).filter((at) => at >= 0);
    expect(find(text)?.at).toBe(places.length === 0 ? undefined : Math.min(...places));
    expect(searched.map(indexText(text))).toEqual(searched.map((form) => text.includes(form)));
  }
});

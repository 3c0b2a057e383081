import { expect, test } from 'vitest';
import { compareCodes } from './compare-codes.ts';

const list = (text: string): { code: string; meaning: string }[] =>
  text.split(', ').flatMap((entry) => {
    const [, code, meaning] = /^(\d+) ?(.*)$/.exec(entry) ?? [];
    return code === undefined || meaning === undefined ? [] : [{ code, meaning }];
  });

test.each<[what: string, before: string, after: string, want: readonly string[]]>([
  ['the same', '1 a, 2 b', '1 a, 2 b', []],
  ['another order', '1 a, 2 b', '2 b, 1 a', []],
  ['removed', '1 a, 2 b', '1 a', ['code-removed 2 → ']],
  ['added', '1 a', '1 a, 2 b', ['code-added  → 2']],
  ['another meaning', '1 a, 2 b', '1 a, 2 c', ['code-meaning-changed 2 → 2']],
  ['renumbered', '1 a, 2 b', '1 a, 3 b', ['code-renumbered 2 → 3']],
  ['renumbered in other words', '1 a, 2 b of c', '1 a, 3 C of B', ['code-renumbered 2 → 3']],
  ['two renumbered', '1 a, 2 b', '3 a, 4 b', ['code-renumbered 1 → 3', 'code-renumbered 2 → 4']],
  ['removed and added with different meanings', '1 a, 2 b', '1 a, 3 c', ['code-removed 2 → ', 'code-added  → 3']],
  ['a meaning that two codes had', '1 a, 2 a', '3 a', ['code-removed 1 → ', 'code-removed 2 → ', 'code-added  → 3']],
  ['swapped', '1 a, 2 b, 3 c', '1 b, 2 a, 3 c', ['codes-swapped 1,2 → 1,2']],
  ['swapped in a ring of three', '1 a, 2 b, 3 c', '1 b, 2 c, 3 a', ['codes-swapped 1,2,3 → 1,2,3']],
  ['two swaps', '1 a, 2 b, 3 c, 4 d', '1 b, 2 a, 3 d, 4 c', ['codes-swapped 1,2 → 1,2', 'codes-swapped 3,4 → 3,4']],
  [
    'a number with a new meaning, and its old meaning with a new number',
    '1 a, 2 b',
    '1 a, 2 c, 3 b',
    ['code-reused 2 → 2,3'],
  ],
  ['a code gets the meaning of a removed code', '1 a, 2 b', '1 b', ['code-meaning-changed 1 → 1', 'code-removed 2 → ']],
  ['words in another order', '1 a b', '1 b a', ['code-reworded 1 → 1']],
  ['capitals and full-width punctuation', '1 Not found.', '1 not　found。', []],
  ['another language', '1 bound, 2 lost', '1 已绑定, 2 丢失', ['codes-translated 1,2 → 1,2']],
  [
    'a code removed while all are translated',
    '1 bound, 2 lost',
    '1 已绑定',
    ['code-removed 2 → ', 'codes-translated 1 → 1'],
  ],
  ['all removed', '1 a, 2 b', '', ['codes-all-removed 1,2 → ']],
  ['all added', '', '1 a, 2 b', ['codes-all-added  → 1,2']],
  ['a meaning that was empty', '1 , 2 b', '1 a, 2 b', ['code-meaning-changed 1 → 1']],
  ['a digit in a meaning', '1 mode 2', '1 mode 3', ['code-meaning-changed 1 → 1']],
])('%s', (_, before, after, want) => {
  const differences = compareCodes(list(before), list(after));
  expect(differences.map(({ rule, old, newer }) => `${rule} ${old} → ${newer}`)).toEqual(want);
});

import { expect, test } from 'vitest';
import { operations } from '../operations.ts';
import { runTimings } from './timing.ts';

// A short form of `npm run calibrate -- timing`. A busy machine may leave a comparison open, but it must not decide one wrongly.
test('finds planted delays of 0.5 ms over HTTP, and no others', async () => {
  const [honest, ...planted] = await runTimings(operations[0], 5, new AbortController().signal);
  expect(honest).toMatchObject({ runs: 30, found: 0, other: 0 });
  expect(planted.map(({ runs, excluded, other }) => [runs, excluded, other])).toEqual(planted.map(() => [5, 0, 0]));
  expect(planted).toHaveLength(4);
});

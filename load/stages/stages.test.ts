import { expect, test } from 'vitest';
import { distribution, syntheticShare } from '../testing/shares.ts';
import { operation } from '../testing/with-k6.ts';
import { readCapacity } from './capacity.ts';
import { ladderCosts } from './testing/ladder.ts';

test('gives the cost of a stage an interval that contains it', () => {
  // Each rung takes 1 ms, and from the fifth on 2 ms more; the windows of a rung differ slightly.
  const stages = ladderCosts(
    operation.ladder,
    (_, window, rung) => 1 + (rung >= 4 ? 2 : 0) + ((window * 7 + rung * 3) % 4) * 0.01,
  );
  expect(stages.map(({ marginal }) => marginal !== null && marginal.low > 0.5)).toEqual(
    operation.ladder.map((_, rung) => rung === 4),
  );
  expect(stages[4]).toMatchObject({ stage: 'decryption of the code', workload: 'no-code', toldApart: true });
  expect(stages[4]?.marginal?.value).toBeCloseTo(2, 1);
  expect(stages[4]?.marginal?.low).toBeLessThanOrEqual(2.01);
});

test('calculates capacity per second and the cost of a stage', () => {
  const rounds = 3;
  // 1 ms a request, 3 ms for the third rung, and 0.5 ms for the generator against the null server.
  const read = (costs: readonly number[], counters = {}): ReturnType<typeof readCapacity> => {
    const slots = Array.from({ length: rounds * costs.length }, (_, index) => [
      `ended_${index}`,
      distribution(1_000, (rank) => (rank / 100) * 1_000 * (costs[index % costs.length] ?? 0)),
    ]);
    return readCapacity({ ...syntheticShare(), counters, distributions: Object.fromEntries(slots) }, 3, rounds);
  };
  const { capacity, marginal, notes } = read([1, 1, 3, 0.5]);
  expect(capacity?.map((one) => one.value)).toEqual([1_000, 1_000, 333]);
  expect(marginal?.map((one) => one?.value)).toEqual([undefined, 0, 2]);
  expect(notes).toEqual([]);
  expect(read([1, 1, 3, 0.5], { wrong_0: 2 }).notes.join()).toMatch(/plain got different answers than before/);
  expect(read([1, 1, 3, 0.5], { unanswered: 2 }).notes.join()).toMatch(/2 requests got no answer/);
  expect(read([1, 1, 3, 1]).notes.join()).toMatch(/the generator itself reaches 1000\/s; 2 of 3/);
});

import { expect, test } from 'vitest';
import { stageLadder } from '../pure-bt/workloads.ts';
import { distribution, syntheticShare } from '../testing/shares.ts';
import { readCapacity } from './capacity.ts';
import { ladderLatency } from './latency.ts';

test('what a stage adds is read with an interval that holds it', () => {
  const workloads = stageLadder.map(({ workload }) => ({
    ...{ name: workload.name, title: workload.title, weight: 1, binds: false },
    ...{ usual: 5106, usualStands: 'right' as const },
  }));
  const share = syntheticShare({ workloads, seconds: 20, windowSeconds: 1, windowsByWorkload: true });
  // Each rung takes 1 ms, and the fifth 2 ms more; windows differ by what all rungs of one share, and by a little of their own.
  const distributions = Object.fromEntries(
    Array.from({ length: 20 * workloads.length }, (_, index) => {
      const [window, rung] = [Math.floor(index / workloads.length), index % workloads.length];
      const median = 1 + (rung >= 4 ? 2 : 0) + (window % 5) * 0.1 + ((window * 7 + rung * 3) % 4) * 0.01;
      return [`window_${index}`, distribution(20, () => median)];
    }),
  );
  const read = ladderLatency({ ...share, distributions });
  const apart = read?.marginal.map((added) => added !== null && added.low > 0.5);
  expect(apart).toEqual(stageLadder.map((_, rung) => rung === 4));
  expect(read?.marginal[4]?.value).toBeCloseTo(2, 1);
  expect(read?.marginal[4]?.low).toBeLessThanOrEqual(2.01);
});

test('capacity is so many a second, and what a stage takes of it', () => {
  const rounds = 3;
  // 1 ms a request, the third rung 3 ms; the generator against the null server 0.5 ms.
  const costs = [1, 1, 3, 0.5];
  const distributions = Object.fromEntries(
    Array.from({ length: rounds * costs.length }, (_, index) => [
      `slot_${index}`,
      distribution(1_000, (rank) => (rank / 100) * 1_000 * (costs[index % costs.length] ?? 0)),
    ]),
  );
  const share = { ...syntheticShare(), distributions };
  const read = readCapacity(share, 3, rounds);
  expect(read.capacity.map((one) => one?.value)).toEqual([1_000, 1_000, 333]);
  expect(read.marginal.map((one) => one?.value)).toEqual([undefined, 0, 2]);
  expect(read.notes).toEqual([]);
  const wrong = readCapacity({ ...share, counters: { wrong_0: 2 } }, 3, rounds);
  expect(wrong.notes.join()).toMatch(/plain got other answers than before/);
  const near = { ...distributions, slot_3: distribution(1_000, (rank) => rank * 10) };
  expect(
    readCapacity(
      { ...share, distributions: { ...near, slot_7: near.slot_3, slot_11: near.slot_3 } },
      3,
      rounds,
    ).notes.join(),
  ).toMatch(/the generator itself makes 1000\/s: 2 of 3/);
});

import { expect, test } from 'vitest';
import { defaultDialect } from '../../spec/pure-bt/dialect.ts';
import { operation } from '../../spec/pure-bt/operation.ts';
import { coverage, uncovered } from '../judge/coverage.ts';
import { skippedBecause } from '../judge/verdict.ts';
import { cases as allCases } from '../pure-bt/cases/all-cases.ts';
import { openReferenceTarget } from '../pure-bt/targets/reference.ts';
import { createStaticFixtures } from '../targets/static-fixtures.ts';
import type { Target } from '../targets/target.ts';
import { casesUnder } from './case.ts';
import { runContract } from './run-contract.ts';
import { devicesNeeded, inRunOrder } from './run-order.ts';

const cases = casesUnder(defaultDialect, allCases);
const ready = 'a device ready to bind';

test('orders every case once', () => {
  for (const scarce of [false, true]) {
    const order = inRunOrder(cases, defaultDialect, undefined, scarce);
    expect(order).toHaveLength(cases.length);
    expect(new Set(order)).toEqual(new Set(cases));
  }
});

test('puts cases with many devices last if devices are scarce', () => {
  const long = cases.filter(({ takesLong }) => takesLong === true);
  expect(inRunOrder(cases, defaultDialect, undefined, true).slice(-long.length)).toEqual(long);
  expect(inRunOrder(cases, defaultDialect, undefined, false).slice(0, long.length)).toEqual(long);
});

test('counts one device for each request of a property', () => {
  const some = cases.filter(({ id }) => ['bind/plain', 'foreign-home/of-somebody-else', 'property/valid'].includes(id));
  const needed = devicesNeeded(some, 30);
  expect([...needed.values()].reduce((sum, count) => sum + count, 0)).toBe(1 + 2 + 30);
  expect(needed.get(ready)).toBeGreaterThanOrEqual(31);
});

/** The embedded server with `count` static fixtures of one state. */
async function withFixtures(target: Target, count: number): Promise<Target> {
  const fixtures: object[] = [];
  while (fixtures.length < count) {
    const setup = await target.states.setup(ready);
    if (setup.kind === 'ready') fixtures.push(setup.fixture);
  }
  return { ...target, states: createStaticFixtures({ [ready]: fixtures }, 'file: fixtures', operation) };
}

test.each([
  [1, 1],
  [6, 6],
  [12, 12],
])('covers with %i fixtures of one state %i codes', async (count, codes) => {
  await using reference = await openReferenceTarget();
  const target = await withFixtures(reference, count);
  const { results } = await runContract({ target, cases, dialect: defaultDialect, seed: 42 });
  expect(24 - uncovered(coverage(results, defaultDialect)).length).toBe(codes);
  expect(results.map((result) => result.case.id)).toEqual(cases.map(({ id }) => id));
  expect(results.filter(({ outcome }) => outcome === 'passed')).toHaveLength(count);
  const left = results.filter(({ outcome }) => outcome === 'skipped');
  expect(left).toHaveLength(cases.length - count);
  const needed = devicesNeeded(cases, 25).get(ready);
  expect(left.find(({ usedUp }) => usedUp === ready)?.reason).toBe(
    `file: fixtures["${ready}"] has no device left: ${count} given, and all cases need ${needed}`,
  );
  expect(skippedBecause(results)).toBe('24 states are not supported; 1 state has no device left');
});

import { expect, test } from 'vitest';
import { jsonServer } from '../../contract/testing/servers.ts';
import { targetOf } from '../../contract/testing/targets.ts';
import type { Rung } from '../operation.ts';
import { openProduct } from '../run/product.ts';
import { openNamed, operation, siteAt } from '../testing/with-k6.ts';
import { orderRungs, type Relate, relateOnServer } from './order.ts';
import { ladderCosts } from './testing/ladder.ts';

const { ladder } = operation;
const usual = ladder.map(({ stage }) => stage);
const [transport = '', token = '', format = '', signature = '', code = '', newSecret = '', oldSecret = '', bind = ''] =
  usual;

/** A server with a given order of checks, which does not reveal the order within `hidden`. */
function simulatedServer(order: readonly string[], hidden: readonly string[] = []): Relate {
  return async (first, second) => {
    if (hidden.includes(first.stage) && hidden.includes(second.stage)) return 'unseen';
    return order.indexOf(first.stage) < order.indexOf(second.stage) ? 'before' : 'after';
  };
}

const orders: readonly (readonly [string, readonly string[]])[] = [
  ['the usual order', usual],
  ['the signature first', [transport, token, signature, format, code, newSecret, oldSecret, bind]],
  ['the token after the fields', [format, transport, token, signature, code, newSecret, oldSecret, bind]],
  ['the proofs backwards', [transport, token, format, oldSecret, newSecret, code, signature, bind]],
  ['the token last', [code, format, oldSecret, signature, newSecret, transport, token, bind]],
];

test.each(orders)('puts each slow stage in its own row with %s', async (_, order) => {
  const { rungs, notes } = await orderRungs(ladder, simulatedServer(order));
  for (const slow of order.slice(1)) {
    // Each check takes 1 ms, and one of them 5 ms more.
    const rungMedian = ({ stage }: Rung): number =>
      order.slice(0, order.indexOf(stage) + 1).reduce((sum, check) => sum + (check === slow ? 6 : 1), 0);
    const costs = ladderCosts(rungs, rungMedian).map(({ stage, marginal }) => [stage, marginal?.value.toFixed(1)]);
    const expected = order.map((stage) => [stage, stage === slow ? '6.0' : '1.0']);
    expect(costs).toEqual([[order[0], undefined], ...expected.slice(1)]);
  }
  const changed = order === usual ? [] : [expect.stringContaining(`in its order: ${order.join(', ')}`)];
  const first = order[0] === transport ? [] : [expect.stringContaining(`${order[0]} is checked first`)];
  expect(notes).toEqual([...changed, ...first]);
});

test('keeps the usual order where answers do not show it, with a note', async () => {
  const hidden = [format, signature, code];
  const { rungs, notes } = await orderRungs(ladder, simulatedServer(usual, hidden));
  expect(rungs).toEqual(ladder);
  expect(notes).toEqual([expect.stringContaining(`these checks: ${hidden.join(', ')}; the usual order is assumed`)]);
});

test('places a check by the visible checks, past the hidden ones', async () => {
  const order = [transport, newSecret, token, format, signature, code, oldSecret, bind];
  const { rungs } = await orderRungs(ladder, simulatedServer(order, [signature, code, newSecret]));
  expect(rungs.map(({ stage }) => stage)).toEqual(order);
});

const mix = ladder.map(({ workload }) => ({ workload, weight: 1 }));
const { signal } = new AbortController();

test('sends requests with the faults of both rungs', async () => {
  await using target = await openNamed('order/signature-first');
  await using product = await openProduct(siteAt(target), mix, signal);
  const { rungs } = await orderRungs(ladder, relateOnServer(product, signal));
  const stages = rungs.map(({ stage }) => stage);
  expect(stages.toSorted()).toEqual(usual.toSorted());
  expect(stages.indexOf(signature)).toBeLessThan(stages.indexOf(format));
});

test('learns no order from a server with one code', async () => {
  await using target = await targetOf(jsonServer({ code: 400, msg: 'no' }));
  await using product = await openProduct(siteAt(target), mix, signal);
  const { rungs, notes } = await orderRungs(ladder, relateOnServer(product, signal));
  expect(rungs).toEqual(ladder);
  expect(notes.join()).toMatch(/do not show the order of .*: token check, format check, signature/);
});

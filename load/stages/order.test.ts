import { expect, test } from 'vitest';
import type { Rung } from '../pure-bt/workloads.ts';
import { stageLadder } from '../pure-bt/workloads.ts';
import { distribution, syntheticShare } from '../testing/shares.ts';
import { ladderLatency } from './latency.ts';
import type { Relate } from './order.ts';
import { orderRungs } from './order.ts';

const usual = stageLadder.map(({ stage }) => stage);
const [transport = '', token = '', format = '', signature = '', code = '', newSecret = '', oldSecret = '', bind = ''] =
  usual;
const windows = 20;

/** A server that does its checks in an order, and does not show how the stages of `hidden` stand to each other. */
function serverOf(order: readonly string[], hidden: readonly string[] = []): Relate {
  return async (first, second) => {
    if (hidden.includes(first.stage) && hidden.includes(second.stage)) return 'unseen';
    return order.indexOf(first.stage) < order.indexOf(second.stage) ? 'before' : 'after';
  };
}

/** What each stage adds on a server of an order, where each check takes 1 ms and one of them 5 ms more. */
async function costsOf(order: readonly string[], slow: string): Promise<readonly (readonly [string, number])[]> {
  const { rungs } = await orderRungs(stageLadder, serverOf(order));
  const medianOf = ({ stage }: Rung): number =>
    order.slice(0, order.indexOf(stage) + 1).reduce((sum, check) => sum + (check === slow ? 6 : 1), 0);
  const workloads = rungs.map(({ workload: { name, title } }) => ({
    ...{ name, title, weight: 1, binds: false },
    ...{ usual: 5106, usualStands: 'right' as const },
  }));
  const distributions = Object.fromEntries(
    Array.from({ length: windows }, (_, window) =>
      rungs.map((rung, index) => {
        const drift = (window % 5) * 0.1;
        return [`window_${window * rungs.length + index}`, distribution(20, () => medianOf(rung) + drift)] as const;
      }),
    ).flat(),
  );
  const share = syntheticShare({ workloads, seconds: windows, windowSeconds: 1, windowsByWorkload: true });
  const { marginal = [] } = ladderLatency({ ...share, distributions }) ?? {};
  return rungs.flatMap(({ stage }, index) => {
    const added = marginal[index];
    return added === null || added === undefined ? [] : [[stage, Math.round(added.value * 10) / 10] as const];
  });
}

const orders: readonly (readonly [string, readonly string[]])[] = [
  ['the usual order', usual],
  ['the signature first', [transport, token, signature, format, code, newSecret, oldSecret, bind]],
  ['the token after the fields', [format, transport, token, signature, code, newSecret, oldSecret, bind]],
  ['the proofs backwards', [transport, token, format, oldSecret, newSecret, code, signature, bind]],
  ['the token last', [code, format, oldSecret, signature, newSecret, transport, token, bind]],
];

test.each(orders)('with %s, a slow signature is shown in the signature', async (_, order) => {
  const costs = await costsOf(order, signature);
  expect(costs.map(([stage]) => stage)).toEqual(order.slice(1));
  expect(costs.filter(([, added]) => added !== 1)).toEqual([[signature, 6]]);
});

test.each(orders)('with %s, the notes say so where it is not the usual one', async (_, order) => {
  const { notes } = await orderRungs(stageLadder, serverOf(order));
  const changed = order === usual ? [] : [expect.stringContaining(`in its order: ${order.join(', ')}`)];
  const first = order[0] === transport ? [] : [expect.stringContaining(`${order[0]} is checked first`)];
  expect(notes).toEqual([...changed, ...first]);
});

test('checks whose order the answers do not show keep the usual order, and a note names them', async () => {
  const hidden = [format, signature, code];
  const { rungs, notes } = await orderRungs(stageLadder, serverOf(usual, hidden));
  expect(rungs).toEqual(stageLadder);
  expect(notes).toEqual([expect.stringContaining(`these checks: ${hidden.join(', ')}; the usual order is assumed`)]);
});

test('a check is placed by those that are seen, past those that are not', async () => {
  const order = [transport, newSecret, token, format, signature, code, oldSecret, bind];
  const { rungs } = await orderRungs(stageLadder, serverOf(order, [signature, code, newSecret]));
  expect(rungs.map(({ stage }) => stage)).toEqual(order);
});

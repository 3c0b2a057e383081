import { expect, test } from 'vitest';
import { serverNamed } from '../../contract/mutants/named.ts';
import { mutantSet } from '../../contract/pure-bt/mutants/set.ts';
import { toSending } from '../load.ts';
import { openProduct } from '../run/product.ts';
import { generatorWith, openNamed, operation, profileWith, siteAt, withoutK6 } from '../testing/with-k6.ts';
import { measureCapacity } from './capacity.ts';

test.skipIf(withoutK6)('finds the slow stage by capacity if all refusals have one code', async () => {
  const { codes } = serverNamed(mutantSet, 'slow/new-secret').behaviour;
  const only400 = Object.fromEntries(Object.keys(codes).map((name) => [name, 400])) as typeof codes;
  await using target = await openNamed('slow/new-secret', { codes: only400 });
  const sent = ['signature', 'decryption of the new secret', 'bind'];
  const mix = operation.ladder.filter(({ stage }) => sent.includes(stage)).map((rung) => ({ ...rung, weight: 1 }));
  const generator = generatorWith();
  await using product = await openProduct(siteAt(target, { timeoutMs: 5_000 }), mix, generator.signal);
  expect([...product.usual.values()]).toEqual([400, 400, 200]);
  const order = { profile: profileWith('stages', 40, 1), mix, objectives: [] };
  const read = await measureCapacity(product, generator, toSending(order), 3);
  expect(read.notes).toEqual([]);
  const [before, slow, after] = (read.capacity ?? []).map((one) => one.value);
  const [none, added, more] = (read.marginal ?? []).map((one) => one?.value);
  // At 3 ms a request, one core handles at most 333 a second, on any machine.
  expect(slow, JSON.stringify(read)).toBeLessThan(400);
  expect(before).toBeGreaterThan((slow ?? 0) * 1.5);
  expect(after).toBeLessThan(400);
  expect(none).toBeUndefined();
  expect(added).toBeGreaterThan(2);
  expect(more).toBeLessThan(added ?? 0);
});

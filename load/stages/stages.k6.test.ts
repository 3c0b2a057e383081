import { describe, expect, test } from 'vitest';
import { serverNamed } from '../../contract/pure-bt/mutants/named.ts';
import { defaultObjectives } from '../judge/objectives.ts';
import { sendingOf } from '../load.ts';
import { askUsualCodes } from '../run/ask.ts';
import { openProduct } from '../run/product.ts';
import { generatorWith, openNamed, operation, profileWith, siteAt, withoutK6 } from '../testing/with-k6.ts';
import { measureCapacity } from './capacity.ts';
import { runStages } from './stages.ts';

describe.skipIf(withoutK6)('load stages', () => {
  test('costs of 3 ms in four stages are found in each of them, and in no other, whatever the order of checks', async () => {
    const planted = ['token check', 'signature', 'decryption of the new secret', 'bind'];
    const [{ claimsHold }, { signatureMatches }, { order }] = [
      'slow/token',
      'slow/signature',
      'order/signature-first',
    ].map((id) => serverNamed(id).behaviour) as [Behaviour, Behaviour, Behaviour];
    const { bind } = serverNamed('slow/bind').behaviour;
    await using target = await openNamed('slow/new-secret', { claimsHold, signatureMatches, bind, order });
    const ladder = { profile: profileWith('stages', 48, 12), mix: [], objectives: defaultObjectives };
    const { results } = await runStages(siteAt(target, { timeoutMs: 5_000 }), generatorWith(), ladder);
    const { stages = [], reasons, notes } = results;
    expect(reasons).toEqual([]);
    expect(notes).toContainEqual(expect.stringMatching(/^the server checks in another order/));
    expect(notes).toContainEqual(expect.stringMatching(/^capacity was not measured: it takes --duration 24s/));
    for (const { stage, marginal, toldApart } of stages) {
      const added = marginal?.value ?? 0;
      expect(added > 1.5, `${stage}: ${JSON.stringify(stages)}`).toBe(planted.includes(stage));
      if (planted.includes(stage)) expect(toldApart, stage).toBe(true);
    }
  });

  test('capacity falls at the stage that is slow, on a server that has one code for every refusal', async () => {
    const { codes } = serverNamed('slow/new-secret').behaviour;
    const only400 = Object.fromEntries(Object.keys(codes).map((name) => [name, 400])) as typeof codes;
    await using target = await openNamed('slow/new-secret', { codes: only400 });
    const sent = ['signature', 'decryption of the new secret', 'bind'];
    const mix = operation.ladder.filter(({ stage }) => sent.includes(stage)).map((rung) => ({ ...rung, weight: 1 }));
    const [site, generator] = [siteAt(target, { timeoutMs: 5_000 }), generatorWith()];
    await using product = await openProduct(target, operation, mix, generator.signal);
    const usual = await askUsualCodes(site, product, generator.signal);
    expect([...usual.values()]).toEqual([400, 400, 200]);
    const order = { profile: profileWith('stages', 40, 1), mix, objectives: [] };
    const read = await measureCapacity(site, generator, product, sendingOf(order, product, usual), 3);
    expect(read.notes).toEqual([]);
    const [before, slow, after] = read.capacity.map((one) => one?.value ?? 0);
    const [none, added, more] = read.marginal.map((one) => one?.value);
    // At 3 ms a request, one core ends at 333 a second, on any machine.
    expect(slow, JSON.stringify(read)).toBeLessThan(400);
    expect(before).toBeGreaterThan((slow ?? 0) * 1.5);
    expect(after).toBeLessThan(400);
    expect(none).toBeUndefined();
    expect(added).toBeGreaterThan(2);
    expect(more).toBeLessThan(added ?? 0);
  });
});

type Behaviour = ReturnType<typeof serverNamed>['behaviour'];

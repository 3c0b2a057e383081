import { expect, test } from 'vitest';
import { serverNamed } from '../../contract/mutants/named.ts';
import { mutantSet } from '../../contract/pure-bt/mutants/set.ts';
import { defaultObjectives } from '../judge/objectives.ts';
import { generatorWith, openNamed, profileWith, siteAt, withoutK6 } from '../testing/with-k6.ts';
import { runStages } from './stages.ts';

type Behaviour = (typeof mutantSet)['correct'];

test.skipIf(withoutK6)('finds costs of 3 ms in four stages, in any order of checks', async () => {
  const planted = ['token check', 'signature', 'decryption of the new secret', 'bind'];
  const [{ claimsHold }, { signatureMatches }, { order }] = [
    'slow/token',
    'slow/signature',
    'order/signature-first',
  ].map((id) => serverNamed(mutantSet, id).behaviour) as [Behaviour, Behaviour, Behaviour];
  const { bind } = serverNamed(mutantSet, 'slow/bind').behaviour;
  await using target = await openNamed('slow/new-secret', { claimsHold, signatureMatches, bind, order });
  const ladder = { profile: profileWith('stages', 48, 8), mix: [], objectives: defaultObjectives };
  const { results } = await runStages(siteAt(target, { timeoutMs: 5_000 }), generatorWith(), ladder);
  const { stages = [], reasons, notes } = results;
  expect(reasons).toEqual([]);
  expect(notes).toContainEqual(expect.stringMatching(/^the server does not use the usual order of checks/));
  expect(notes).toContainEqual(expect.stringMatching(/^capacity was not measured: it needs --duration 24s/));
  for (const { stage, marginal, toldApart } of stages) {
    const added = marginal?.value ?? 0;
    expect(added > 1.5, `${stage}: ${JSON.stringify(stages)}`).toBe(planted.includes(stage));
    if (planted.includes(stage)) expect(toldApart, stage).toBe(true);
  }
});

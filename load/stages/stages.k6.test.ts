import { describe, expect, test } from 'vitest';
import { serverNamed } from '../../contract/pure-bt/mutants/named.ts';
import { createStatesClient } from '../../contract/targets/states-client.ts';
import { openUrlTarget } from '../../contract/targets/url.ts';
import { jsonServer, statesServer } from '../../contract/testing/servers.ts';
import { operation } from '../../spec/pure-bt/operation.ts';
import { defaultObjectives } from '../objectives.ts';
import { profiles } from '../profiles.ts';
import type { LoadResults } from '../results.ts';
import type { LoadSession } from '../session.ts';
import { openNamed, sessionWith, withoutK6 } from '../testing/with-k6.ts';
import { loadExitCode } from '../verdict.ts';
import { runStages } from './stages.ts';

async function stagesOf(session: LoadSession, seconds = 10, rate = 96): Promise<LoadResults> {
  const profile = profiles.find(({ name }) => name === 'stages');
  if (profile === undefined) throw new Error('no profile');
  const { results } = await runStages(session, {
    profile: { ...profile, seconds, rate },
    mix: [],
    objectives: defaultObjectives,
  });
  return results;
}

describe.skipIf(withoutK6)('load stages', () => {
  test.each([
    ['slow/token', 'token check', undefined],
    ['slow/signature', 'signature', 'order/signature-first'],
    ['slow/new-secret', 'decryption of the new secret', undefined],
    ['slow/bind', 'bind', undefined],
  ])('a cost of 3 ms in %s is found in the %s', async (id, stage, orderOf) => {
    const order = orderOf === undefined ? {} : { order: serverNamed(orderOf).behaviour.order };
    await using target = await openNamed(id, order);
    const { stages = [], reasons, notes } = await stagesOf(sessionWith(target));
    expect(reasons).toEqual([]);
    expect(notes.some((note) => note.startsWith('the server checks in another order'))).toBe(orderOf !== undefined);
    const found = stages.find((one) => one.stage === stage);
    expect(found?.toldApart, JSON.stringify(stages)).toBe(true);
    // What was planted, and no other stage is given as much of it.
    expect(found?.marginal?.value, JSON.stringify(found)).toBeGreaterThan(1.5);
    for (const other of stages) {
      if (other !== found) expect(other.marginal?.value ?? 0, other.stage).toBeLessThan(1.5);
    }
  });

  test('capacity falls at the stage that is slow, on a server that has one code for every refusal', async () => {
    const { codes } = serverNamed('slow/new-secret').behaviour;
    const only400 = Object.fromEntries(Object.keys(codes).map((name) => [name, 400])) as typeof codes;
    await using target = await openNamed('slow/new-secret', { codes: only400 });
    const { stages = [], notes, codes: counted } = await stagesOf(sessionWith(target), 24, 40);
    expect(counted.map(({ code }) => code)).toEqual([400, 200]);
    const costs = stages.map(({ stage, marginalCapacity }) => [stage, marginalCapacity?.value ?? 0] as const);
    expect(costs.toSorted(([, a], [, b]) => b - a)[0]?.[0], JSON.stringify({ stages, notes })).toBe(
      'decryption of the new secret',
    );
    expect(
      stages.find(({ stage }) => stage === 'decryption of the new secret')?.marginalCapacity?.value,
    ).toBeGreaterThan(2);
  });

  test('a server that answers 400 to everything is broken', async () => {
    await using server = await jsonServer({ code: 400, msg: 'no' });
    await using states = await statesServer();
    await using target = openUrlTarget({ baseUrl: server.url }, createStatesClient({ operation, url: states.url }));
    const results = await stagesOf(sessionWith(target), 3, 120);
    expect(loadExitCode(results), results.reasons.join()).toBe(1);
    expect(results.codes.map(({ code }) => code)).toEqual([400]);
    expect(results.notes.join('\n')).toMatch(/do not show in which order .*: token check, format check, signature/);
  });
});

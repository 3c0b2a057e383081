import { describe, expect, test } from 'vitest';
import { createStatesClient } from '../../contract/targets/states-client.ts';
import { openUrlTarget } from '../../contract/targets/url.ts';
import { jsonServer, statesServer } from '../../contract/testing/servers.ts';
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
    ['slow/token', 'token check'],
    ['slow/signature', 'signature'],
    ['slow/new-secret', 'decryption of the new secret'],
    ['slow/bind', 'bind'],
  ])('a cost of 3 ms in %s is found in the %s', async (id, stage) => {
    await using target = await openNamed(id);
    const { stages = [], reasons } = await stagesOf(sessionWith(target));
    expect(reasons).toEqual([]);
    const found = stages.find((one) => one.stage === stage);
    expect(found?.toldApart, JSON.stringify(stages)).toBe(true);
    // What was planted, and no other stage is given as much of it.
    expect(found?.marginal?.value, JSON.stringify(found)).toBeGreaterThan(1.5);
    for (const other of stages) {
      if (other !== found) expect(other.marginal?.value ?? 0, other.stage).toBeLessThan(1.5);
    }
  });

  test('capacity falls at the stage that is slow', async () => {
    await using target = await openNamed('slow/new-secret');
    const { stages = [], notes } = await stagesOf(sessionWith(target), 24, 40);
    const costs = stages.map(({ stage, marginalCapacity }) => [stage, marginalCapacity?.value ?? 0] as const);
    expect(costs.toSorted(([, a], [, b]) => b - a)[0]?.[0], JSON.stringify({ stages, notes })).toBe(
      'decryption of the new secret',
    );
    expect(
      stages.find(({ stage }) => stage === 'decryption of the new secret')?.marginalCapacity?.value,
    ).toBeGreaterThan(2);
  });

  test('a server that answers 5420 to everything is broken', async () => {
    await using server = await jsonServer({ code: 5420, msg: 'no' });
    await using states = await statesServer();
    await using target = openUrlTarget({ baseUrl: server.url }, createStatesClient({ url: states.url }));
    const results = await stagesOf(sessionWith(target), 3, 120);
    expect(loadExitCode(results)).toBe(1);
    expect(results.notes.join('\n')).toMatch(/format check: answered with 5420 like token check/);
  });

  test('a server that checks the signature first is told so', async () => {
    await using target = await openNamed('order/signature-first');
    const { notes } = await stagesOf(sessionWith(target), 3);
    expect(notes.join('\n')).toMatch(/the server does the signature before the format check/);
  });
});

import { expect, test } from 'vitest';
import { declareAll } from '../../../spec/dialect.ts';
import { defaultDialect } from '../../../spec/pure-bt/dialect.ts';
import { operation } from '../../../spec/pure-bt/operation.ts';
import { operationPath } from '../../../spec/pure-bt/path.ts';
import type { Case } from '../../run/case.ts';
import { runContract } from '../../run/run.ts';
import { createStatesClient } from '../../targets/states-client.ts';
import { openUrlTarget } from '../../targets/url.ts';
import { cases } from '../cases/menu.ts';
import { startReference } from '../targets/reference.ts';
import { mutants } from './menu.ts';
import { idsOf, serverNamed } from './named.ts';

/** A broken server of each seam, met over HTTP like any other. */
const overHttp = [
  'dk/33-characters',
  'envelope/cut',
  'content-type/html',
  'http/success-204',
  'robustness/hangs-truncated',
  'robustness/hangs-up-null',
  'robustness/get-binds',
  'leak/header-from-deviceName',
  'race/gap',
];

test.each(overHttp)('%s is killed over HTTP as well', async (id) => {
  const { killedBy }: { killedBy: readonly string[] } = mutants.find((mutant) => mutant.id === id) ?? {
    killedBy: [] as string[],
  };
  const { outcomes } = await verify(
    id,
    cases.filter((tested) => killedBy.includes(tested.id)),
  );
  expect(outcomes).toContain('failed');
});

test('a variant has its states over HTTP as well', async () => {
  const { outcomes } = await verify(
    'platform/no-homes',
    cases.filter(({ id }) => id === 'bind/home'),
  );
  expect(outcomes).toEqual(['skipped']);
});

test('a stop does not wait for a request that is never answered', async () => {
  const server = await startReference(serverNamed('robustness/hangs-get'));
  const asked = fetch(server.url + operationPath).catch(() => 'ended');
  await new Promise((resolve) => setTimeout(resolve, 50));
  await server.stop();
  expect(await asked).toBe('ended');
});

test('a name stands for one server, a prefix for a group, nothing for all', () => {
  expect([...idsOf(['dk/word'])]).toEqual(['dk/word']);
  expect(idsOf(['dk/', 'race/*']).has('race/gap')).toBe(true);
  expect(idsOf([]).size).toBeGreaterThan(150);
  expect(() => idsOf(['dk/wrd'])).toThrow('no mutant or variant is called "dk/wrd"; did you mean "dk/word"?');
  expect(() => serverNamed('nothing-like-it')).toThrow('`bindgate mutants` shows all');
});

async function verify(id: string, chosen: readonly Case[]): Promise<{ outcomes: readonly string[] }> {
  await using server = await startReference(serverNamed(id));
  const client = { timeoutMs: 2_000 };
  const states = createStatesClient({ operation, ...client, url: server.statesUrl });
  await using target = openUrlTarget({ ...client, baseUrl: server.url }, states, { publicKeyPem: server.publicKeyPem });
  const { results } = await runContract({ target, cases: chosen, dialect: declareAll(defaultDialect), seed: 42 });
  return { outcomes: results.map(({ outcome }) => outcome) };
}

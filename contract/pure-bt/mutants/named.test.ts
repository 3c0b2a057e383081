import { expect, test } from 'vitest';
import { declareAll } from '../../../spec/dialect.ts';
import { defaultDialect } from '../../../spec/pure-bt/dialect.ts';
import { operation } from '../../../spec/pure-bt/operation.ts';
import { operationPath } from '../../../spec/pure-bt/path.ts';
import { selectIds, serverNamed } from '../../mutants/named.ts';
import { runContract } from '../../run/run-contract.ts';
import { createStatesClient } from '../../targets/states-client.ts';
import { openUrlTarget } from '../../targets/url.ts';
import { cases } from '../cases/all-cases.ts';
import { startReference } from '../targets/reference.ts';
import { mutantSet } from './set.ts';

// One broken server of each kind, and a variant without a state, used over HTTP like any other.
test.each([
  ...[
    'dk/33-characters',
    'envelope/cut',
    'content-type/html',
    'http/success-204',
    'robustness/hangs-truncated',
    'robustness/hangs-up-null',
    'robustness/get-binds',
    'leak/header-from-deviceName',
    'race/gap',
  ].map((id) => ({
    id,
    chosen: mutantSet.mutants.find((mutant) => mutant.id === id)?.killedBy ?? [],
    outcome: 'failed',
  })),
  { id: 'platform/no-homes', chosen: ['bind/home'], outcome: 'skipped' },
])('runs $id over HTTP: $outcome', async ({ id, chosen, outcome }) => {
  await using server = await startReference(serverNamed(mutantSet, id));
  const client = { timeoutMs: 2_000 };
  const states = createStatesClient({ operation, ...client, url: server.statesUrl });
  await using target = openUrlTarget({ ...client, baseUrl: server.url }, states, {
    keys: { publicKeyPem: server.publicKeyPem },
  });
  const tested = cases.filter((one) => chosen.includes(one.id));
  const { results } = await runContract({ target, cases: tested, dialect: declareAll(defaultDialect), seed: 42 });
  expect(results.map((result) => result.outcome)).toContain(outcome);
});

test('stops without waiting for a request that is never answered', async () => {
  const server = await startReference(serverNamed(mutantSet, 'robustness/hangs-get'));
  const asked = fetch(server.url + operationPath).catch(() => 'ended');
  await new Promise((resolve) => setTimeout(resolve, 50));
  await server[Symbol.asyncDispose]();
  expect(await asked).toBe('ended');
});

test('selects one server by name, a group by prefix, all without a name', () => {
  expect([...selectIds(mutantSet, ['dk/word'])]).toEqual(['dk/word']);
  expect(selectIds(mutantSet, ['dk/', 'race/*']).has('race/gap')).toBe(true);
  expect(selectIds(mutantSet, []).size).toBe(569);
  expect(() => selectIds(mutantSet, ['dk/wrd'])).toThrow(
    'no mutant or variant is called "dk/wrd"; did you mean "dk/word"?',
  );
  expect(() => serverNamed(mutantSet, 'nothing-like-it')).toThrow('`bindgate mutants` shows all names');
});

import { expect, test } from 'vitest';
import { declareAll } from '../../spec/dialect.ts';
import { defaultDialect } from '../../spec/pure-bt/dialect.ts';
import { jsonValue } from '../judge/parse-json.ts';
import { propertyCases } from '../pure-bt/property/properties.ts';
import { openReferenceTarget } from '../pure-bt/targets/reference.ts';
import type { Case } from '../run/case.ts';
import type { CaseResult } from '../run/outcome.ts';
import { runContract } from '../run/run-contract.ts';
import { type Target, withStates } from '../targets/target.ts';
import { changeAnswers } from '../testing/targets.ts';

const success = Buffer.from('{"code":200,"msg":"","data":{"verified":1},"extMsg":null}');

/** The reference server with other answers to some bodies. */
async function openChanged(answers: (body: Record<string, unknown>) => Uint8Array | undefined): Promise<Target> {
  return changeAnswers(await openReferenceTarget(), (_response, { body }) => {
    const value = body instanceof Uint8Array ? jsonValue(body) : undefined;
    const changed = value === undefined ? undefined : answers(value as Record<string, unknown>);
    return changed === undefined ? {} : { body: changed };
  });
}

async function runProperty(name: string, target: Target, more: object = {}): Promise<CaseResult> {
  const chosen = propertyCases.filter(({ id }) => id === `property/${name}`);
  const { results } = await runContract({
    target,
    cases: chosen,
    dialect: defaultDialect,
    seed: 42,
    runs: 200,
    ...more,
  });
  const [only] = results;
  if (only === undefined) throw new Error(`no property has the name ${name}`);
  return only;
}

test.each(propertyCases.map(({ id }) => id.replace('property/', '')))(
  'holds on the reference server: %s',
  async (name) => {
    await using target = await openReferenceTarget();
    const result = await runProperty(name, target);
    expect(result).toMatchObject({ outcome: 'passed' });
    expect(result.attempts).toHaveLength(200);
  },
);

test('shrinks a failing request and replays it', async () => {
  // A server that accepts every dk with a letter from q to z.
  await using target = await openChanged(({ dk }) =>
    typeof dk === 'string' && /[q-z]/.test(dk) ? success : undefined,
  );
  const declared = { dialect: declareAll(defaultDialect) };
  const found = await runProperty('single-fault', target, { runs: 2_000, ...declared });
  expect(found.outcome).toBe('failed');
  expect(found.reason).toMatch(
    /^an arbitrary malformed dk of 1 characters: expected .*, got 200 .* shrunk [1-9]\d* times\)$/,
  );
  const path = found.replay?.replace('--path ', '');
  const again = await runProperty('single-fault', target, { path, ...declared });
  expect(again).toMatchObject({ outcome: 'failed', cause: found.cause });
  expect(again.attempts).toHaveLength(1);
});

test('judges a shrunk value by its own expectation', async () => {
  // A server that answers a missing dk with the code of a malformed one. Only the empty text reveals it.
  const malformed = Buffer.from('{"code":5361,"msg":""}');
  await using target = await openChanged(({ dk }) => (dk === '' ? malformed : undefined));
  const found = await runProperty('single-fault', target, { runs: 2_000 });
  expect(found.cause).toBe('expected 5067 (Please enter Device Key), got 5361 (Incorrect DK format)');
});

test('finds tampering that a server accepts', async () => {
  // A server that compares all but the last characters of a signature.
  await using target = await openChanged(({ signature }) =>
    typeof signature === 'string' && signature.length !== 64 ? success : undefined,
  );
  expect((await runProperty('tampered', target)).reason).toContain('a tampered signature');
});

test('skips a property if its state is not supported', async () => {
  await using reference = await openReferenceTarget();
  let asked = 0;
  const target = withStates(reference, {
    setup: async () => {
      asked += 1;
      return { kind: 'unsupported', reason: 'not here' };
    },
  });
  expect(await runProperty('any-device', target)).toMatchObject({ outcome: 'skipped', attempts: [] });
  expect(asked).toBe(1);
});

test('has no steps in a property', () => {
  const facts: readonly Case[] = propertyCases;
  expect(facts.every(({ steps, property }) => steps.length === 0 && property !== undefined)).toBe(true);
});

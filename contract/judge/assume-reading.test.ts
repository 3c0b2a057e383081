import { expect, test } from 'vitest';
import { readSettings } from '../../spec/dialect.ts';
import { type Dialect, defaultDialect } from '../../spec/pure-bt/dialect.ts';
import { openInProcess } from '../mutants/in-process.ts';
import { mutantSet } from '../pure-bt/mutants/set.ts';
import { suite } from '../pure-bt/suite.ts';
import { type Verified, verify } from '../verify.ts';

const chosen = ['bind/plain', 'bind/code/encrypted', 'bind/home-encrypted', 'path/encrypted/dk-too-short'];

/** Verifies a variant of the reference. */
async function verifyVariant(id: string, dialect: Dialect, ids: readonly string[] = chosen): Promise<Verified> {
  const difference = mutantSet.variants.find((variant) => variant.id === id) ?? {};
  const target = await openInProcess(mutantSet, difference);
  const cases = suite.cases.filter((tested) => ids.includes(tested.id));
  return verify({ target, suite, cases, dialect, seed: 1, replay: 'bindgate verify', failFast: true });
}

function declare(values: Record<string, string>): Dialect {
  const read = readSettings(values, defaultDialect);
  if ('problem' in read) throw new Error(read.problem);
  return read.dialect;
}

test('goes on under a reading that no one has declared, with one warning', async () => {
  const { results } = await verifyVariant('dialect/signed-decrypted', defaultDialect);
  expect(results.summary).toMatchObject({ passed: 3, warned: 1, failed: 0, skipped: 0 });
  expect(results.verdict.exitCode).toBe(0);
  expect(results.dialect['signedBindingCode']).toBe('decrypted');
  expect(results.cases.find(({ outcome }) => outcome === 'warned')).toMatchObject({
    id: 'bind/code/encrypted',
    rule: 'signed-code',
    reason: expect.stringContaining('it binds under signedBindingCode=decrypted'),
    cause: 'another reading of signedBindingCode',
    dialect: { accept: 'signedBindingCode=decrypted', require: 'signedBindingCode=transmitted' },
  });
  // One case alone could not show the reading.
  expect(results.replay).toBe('bindgate verify --dialect signedBindingCode=decrypted');
});

test('fails a server that differs from a declared reading, and names the other one', async () => {
  const { results } = await verifyVariant('dialect/signed-decrypted', declare({ signedBindingCode: 'transmitted' }));
  expect(results.summary.failed).toBeGreaterThan(0);
  expect(results.seemsToFollow).toEqual({ signedBindingCode: 'decrypted' });
});

test('assumes nothing that the page or its family says', async () => {
  const { results } = await verifyVariant('dialect/success-0', defaultDialect, ['bind/plain', 'bind/code/encrypted']);
  expect(results.summary.failed).toBeGreaterThan(0);
  expect(results.seemsToFollow).toEqual({ successCode: 0 });
  expect(results.dialect['successCode']).toBe(200);
});

test('runs once if the correct requests bind', async () => {
  const { results } = await verifyVariant('shape/data-absent', defaultDialect);
  expect(results.summary).toMatchObject({ passed: chosen.length, requests: chosen.length });
});

test('says which case was skipped, and why, if no case ran', async () => {
  const { results } = await verifyVariant('platform/one-user', defaultDialect, ['two-users/single']);
  expect(results.verdict.reasons).toEqual([
    expect.stringMatching(/^two-users\/single was skipped: 1 state is not supported$/),
  ]);
});

test('names no pattern to accept if the user has declared one', async () => {
  const dialect = declare({ dkPattern: '[0-9A-Z]{4,32}' });
  const { results } = await verifyVariant('shape/data-absent', dialect, ['dk/lower-case-letter']);
  expect(results.cases.map(({ outcome, dialect: lines }) => [outcome, lines])).toEqual([['failed', undefined]]);
});

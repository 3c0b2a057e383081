/** The policy of a configuration and its effect on the exit code. */

import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Policy } from '../contract/judge/policy.ts';
import { suite } from '../contract/pure-bt/suite.ts';
import { jsonServer, statesServer } from '../contract/testing/servers.ts';
import { readVerifySettings } from './config/verify-settings.ts';
import { resultsIn, testFolder } from './testing/folder.ts';
import { type VerifiedHere, verifying } from './testing/verifying.ts';

const folder = testFolder();

/** Verifies a server that binds everything, so every case with a fault fails. */
async function held(policy: Policy, only: readonly string[], more: object = {}): Promise<VerifiedHere> {
  await using server = await jsonServer({ code: 200, msg: '', data: { verified: 1 }, extMsg: null });
  await using states = await statesServer();
  const flags = { url: server.url, states: states.url, only, seed: 1, out: join(folder, 'out'), ...more };
  return await verifying(flags, { policy, concurrency: 2 });
}

const known = { case: 'dk/absent', owner: 'devices team', reason: 'BND-7' };

test('passes and shows a tolerated failure, and fails on one that it does not name', async () => {
  const policy = { tolerate: [{ ...known, until: '2999-12-31' }] };
  const { results, text } = await held(policy, ['dk/absent', 'bind/plain']);
  expect(results.summary).toMatchObject({ passed: 1, failed: 0, warned: 1 });
  expect(results.verdict.exitCode).toBe(0);
  expect(text).toContain('tolerated until 2999-12-31 (devices team: BND-7)');
  const another = await held(policy, ['dk/absent', 'pk/absent', 'bind/plain']);
  expect(another.results.verdict.exitCode).toBe(1);
  expect(another.results.summary.warned).toBe(1);
});

test('fails on an expired tolerance and names its owner', async () => {
  const { results, text, out } = await held({ tolerate: [{ ...known, until: '2020-12-31' }] }, [
    'dk/absent',
    'bind/plain',
  ]);
  expect(results.verdict.exitCode).toBe(1);
  expect(text).toContain('policy: "dk/absent" was tolerated until 2020-12-31, but it still fails (devices team)');
  expect(resultsIn(out).policy?.violations).toHaveLength(1);
});

test('passes a partial run unless coverage is required', async () => {
  const part = await held({}, ['bind/plain']);
  expect(part.results.verdict).toEqual({ exitCode: 0, reasons: [] });
  expect(part.text).not.toContain('NOT COVERED');
  const { results, text } = await held({ minimumCoverage: 1 }, ['bind/plain'], { requireCoverage: true });
  expect(results.verdict.exitCode).toBe(1);
  expect(text).toContain(
    'contract NOT COVERED: --only runs a part of the cases, so the coverage is incomplete: 1 of 24 codes',
  );
});

test.each<[string, Policy, RegExp]>([
  [
    'an unknown case',
    { tolerate: [{ ...known, case: 'dk/too-shrt', until: '2999-12-31' }] },
    /did you mean "dk\/too-short"/,
  ],
  ['a code that is not documented', { mustCover: [5999] }, /5999 is not one of the 24/],
])('refuses in one line: %s', (_, policy, message) => {
  expect(() => readVerifySettings({}, { policy }, suite)).toThrow(message);
});

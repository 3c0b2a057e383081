import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { operationNamed } from './operations.ts';
import { expectRefused } from './testing/expect-refused.ts';
import { resultsIn, testFolder } from './testing/folder.ts';
import { callBindgate } from './testing/run-bindgate.ts';

const page = fileURLToPath(new URL('../spec/document/testing/lamp-scene.md', import.meta.url));

test('makes a folder from a page that covers every code on its mock and its embedded server', async () => {
  const folder = testFolder();
  const made = await callBindgate(folder, `operation new ${page} --out scene`);
  expect(made.exitCode).toBe(0);
  expect(made.out).toContain('tasks for you in operation.yaml');
  expect(readdirSync(join(folder, 'scene')).sort()).toEqual(['openapi.yaml', 'operation.yaml']);
  const text = readFileSync(join(folder, 'scene', 'operation.yaml'), 'utf8');
  const guesses = text.match(/^\s+guess: true$/gm) ?? [];
  expect(guesses.length).toBeGreaterThan(0);
  expect(text.match(/^\s+task: /gm)).toHaveLength(guesses.length);
  for (const target of ['--prism', '--reference']) {
    const run = await callBindgate(folder, `verify ${target} --operation scene --require-coverage`);
    expect(run.out).toContain('contract passed');
    expect(run.exitCode).toBe(0);
  }
  await expectRefused(
    folder,
    `operation new ${page} --out scene`,
    'scene exists already; choose another folder with --out DIR',
  );
});

test.each([
  [
    'verify --prism --operation bindDeviceDkk',
    /^bindgate: --operation bindDeviceDkk: there is no such id or folder; the ids are /,
  ],
  [
    'vectors --operation bindDeviceDk',
    /^bindgate: bindDeviceDk has no ciphertext and no signature, so "bindgate vectors" has nothing to do/,
  ],
  [`explain ${page} --operation bindDeviceDk`, /^bindgate: bindDeviceDk has no ciphertext and no signature to explain/],
  [
    'payload --operation bindDeviceDk --format postman',
    /^bindgate: bindDeviceDk has no signature that a script must compute/,
  ],
  ['payload dk/non --operation bindDeviceDk', /^bindgate: no fault or form is called "dk\/non"; /],
  ['mock --strict --operation bindDeviceDk', /^bindgate: bindDeviceDk has no ciphertext and no signature to check/],
  ['operation new none.md', /^bindgate: none\.md: /],
])('refuses %s', async (args, message) => {
  await expectRefused(testFolder(), args, message);
});

test.each([
  ['ready: x\nchecks: []\nfield: {}\n', /unknown key "field"/],
  ['ready: x\n', /\/checks is missing/],
  ['ready: x\nchecks: [{ code: 7101, token: missing, state: y }]\n', /must have exactly one of token, absent/],
  ['ready: x\nchecks: [{ code: 1, token: missing }]\n', /1 is not one of the codes in openapi.yaml \(200, 7101/],
  ['ready: x\nchecks: [{ code: 7101, absent: lamp }]\n', /the request has no field "lamp"; its fields are/],
  ['ready: [\n', /operation.yaml: /],
])('names what is wrong in operation.yaml: %j', async (text, message) => {
  const folder = testFolder();
  await callBindgate(folder, `operation new ${page} --out scene`);
  writeFileSync(join(folder, 'scene', 'operation.yaml'), text);
  await expectRefused(folder, 'verify --prism --operation scene', message);
});

test('verifies several operations in one run, with one results.json', async () => {
  const config = {
    operations: ['deviceBindingByPureBt', 'bindDeviceDk'],
    dialect: { guesses: 'expected', unknownDk: 'binds' },
  };
  const folder = testFolder({ 'bindgate.config.json': JSON.stringify(config) });
  const only = '--only dk/absent bindDeviceDk:dk/absent bindDeviceDk:success/';
  const { exitCode, out } = await callBindgate(folder, `verify --reference ${only}`);
  expect({ exitCode, out }).toMatchObject({ exitCode: 0 });
  expect(out).toContain('operation bindDeviceDk');
  const results = resultsIn(folder, 'reports', 'partial');
  const ids = results.cases.map(({ id }) => id);
  expect(ids).toEqual(['dk/absent', 'bindDeviceDk:success/plain', 'bindDeviceDk:dk/absent']);
  expect(results.summary.passed).toBe(3);
  expect(results.codes.filter(({ operation }) => operation === 'bindDeviceDk')).toHaveLength(21);
  const one = await callBindgate(folder, 'verify --reference --operation bindDeviceDk --only pk/');
  expect(one).toMatchObject({ exitCode: 0 });
});

test('fails the run for a finding in a further operation, with its id before the case', async () => {
  const config = 'operations: [bindDeviceDk, deviceBindingByPureBt]\n';
  const { startReference } = await (await operationNamed('bindDeviceDk')).reference();
  await using server = await startReference({});
  // This server has only the first of the two.
  const only = '--only success/ deviceBindingByPureBt:bind/plain';
  const { exitCode, err } = await callBindgate(
    testFolder({ 'bindgate.config.yaml': config }),
    `verify --url ${server.url} --states ${server.statesUrl} ${only}`,
  );
  expect(exitCode).toBe(3);
  expect(err).toContain('deviceBindingByPureBt');
});

test.each([
  ['operations: [bindDeviceDk, bindDeviceDkk]', /--operation bindDeviceDkk: there is no such id or folder/],
  ['operations: []', /"operations" .*must not be empty|"operations" is a list; it must not be empty/],
  ['operations: bindDeviceDk', /"operations" must be a list/],
])('refuses the configuration %s', async (text, message) => {
  await expectRefused(testFolder({ 'bindgate.config.yaml': `${text}\n` }), 'verify --reference', message);
});

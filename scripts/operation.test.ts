import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Results } from '../contract/results.ts';
import { operationNamed } from './operations.ts';
import { callBindgate } from './testing/run-bindgate.ts';

/** Runs the command line in an empty folder. */
const bindgate = (args: readonly string[]): ReturnType<typeof callBindgate> => callBindgate(emptyFolder(), args);

const page = fileURLToPath(new URL('../spec/document/testing/lamp-scene.md', import.meta.url));

function emptyFolder(): string {
  return mkdtempSync(join(tmpdir(), 'bindgate-operation-'));
}

test('makes a folder from a page that covers every code on its mock and its embedded server', async () => {
  const folder = join(emptyFolder(), 'scene');
  const made = await bindgate(['operation', 'new', page, '--out', folder]);
  expect(made.exitCode).toBe(0);
  expect(made.out).toContain('tasks for you in operation.yaml');
  expect(readdirSync(folder).sort()).toEqual(['openapi.yaml', 'operation.yaml']);
  for (const target of ['--prism', '--reference']) {
    const run = await bindgate([
      'verify',
      target,
      '--operation',
      folder,
      '--out',
      join(folder, 'reports'),
      '--require-coverage',
    ]);
    expect(run.out).toContain('contract passed');
    expect(run.exitCode).toBe(0);
  }
  const again = await bindgate(['operation', 'new', page, '--out', folder]);
  expect(again).toMatchObject({
    exitCode: 2,
    err: `bindgate: ${folder} exists already; choose another folder with --out DIR\n`,
  });
});

test.each([
  [
    ['verify', '--prism', '--operation', 'bindDeviceDkk'],
    /^bindgate: --operation bindDeviceDkk: there is no such id or folder; the ids are /,
  ],
  [
    ['vectors', '--operation', 'bindDeviceDk'],
    /^bindgate: bindDeviceDk has no ciphertext and no signature, so "bindgate vectors" has nothing to do/,
  ],
  [
    ['explain', page, '--operation', 'bindDeviceDk'],
    /^bindgate: bindDeviceDk has no ciphertext and no signature to explain/,
  ],
  [
    ['payload', '--operation', 'bindDeviceDk', '--format', 'postman'],
    /^bindgate: bindDeviceDk has no signature that a script must compute/,
  ],
  [['payload', 'dk/non', '--operation', 'bindDeviceDk'], /^bindgate: no fault or form is called "dk\/non"; /],
  [
    ['mock', '--strict', '--operation', 'bindDeviceDk'],
    /^bindgate: bindDeviceDk has no ciphertext and no signature to check/,
  ],
  [['operation', 'new', 'none.md'], /^bindgate: none\.md: /],
] as const)('refuses %j in one line', async (args, message) => {
  const { exitCode, err } = await bindgate([...args]);
  expect(exitCode).toBe(2);
  expect(err).toMatch(message);
  expect(err.trimEnd()).not.toContain('\n');
});

test.each([
  ['ready: x\nchecks: []\nfield: {}\n', 'unknown key "field"'],
  ['ready: x\n', '/checks is missing'],
  ['ready: x\nchecks: [{ code: 7101, token: missing, state: y }]\n', 'must have exactly one of token, absent'],
  ['ready: x\nchecks: [{ code: 1, token: missing }]\n', '1 is not one of the codes in openapi.yaml (200, 7101'],
  ['ready: x\nchecks: [{ code: 7101, absent: lamp }]\n', 'the request has no field "lamp"; its fields are'],
  ['ready: [\n', 'operation.yaml: '],
])('names what is wrong in operation.yaml: %j', async (text, message) => {
  const folder = join(emptyFolder(), 'scene');
  await bindgate(['operation', 'new', page, '--out', folder]);
  writeFileSync(join(folder, 'operation.yaml'), text);
  const { exitCode, err } = await bindgate(['verify', '--prism', '--operation', folder]);
  expect(exitCode).toBe(2);
  expect(err).toContain(message);
  expect(err.trimEnd()).not.toContain('\n');
});

test('marks every guess with a task', async () => {
  const folder = join(emptyFolder(), 'scene');
  await bindgate(['operation', 'new', page, '--out', folder]);
  const text = readFileSync(join(folder, 'operation.yaml'), 'utf8');
  const guesses = text.match(/^\s+guess: true$/gm) ?? [];
  expect(guesses.length).toBeGreaterThan(0);
  expect(text.match(/^\s+task: /gm)).toHaveLength(guesses.length);
});

test('verifies several operations in one run, with one results.json', async () => {
  const folder = emptyFolder();
  const config =
    'operations: [deviceBindingByPureBt, bindDeviceDk]\ndialect: { guesses: expected, unknownDk: binds }\n';
  writeFileSync(join(folder, 'bindgate.config.yaml'), config);
  const only = ['--only', 'dk/absent', 'bindDeviceDk:dk/absent', 'bindDeviceDk:success/'];
  const { exitCode, out } = await callBindgate(folder, ['verify', '--reference', ...only]);
  expect({ exitCode, out }).toMatchObject({ exitCode: 0 });
  expect(out).toContain('operation bindDeviceDk');
  const results = JSON.parse(readFileSync(join(folder, 'reports', 'partial', 'results.json'), 'utf8')) as Results;
  expect(results.cases.map(({ id }) => id)).toEqual([
    'dk/absent',
    'bindDeviceDk:success/plain',
    'bindDeviceDk:dk/absent',
  ]);
  expect(results.summary.passed).toBe(3);
  expect(results.codes.filter(({ operation }) => operation === 'bindDeviceDk')).toHaveLength(21);
  expect(
    await callBindgate(folder, ['verify', '--reference', '--operation', 'bindDeviceDk', '--only', 'pk/']),
  ).toMatchObject({
    exitCode: 0,
  });
});

test('fails the run for a finding in a further operation, with its id before the case', async () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'bindgate.config.yaml'), 'operations: [bindDeviceDk, deviceBindingByPureBt]\n');
  const { operation } = await (await operationNamed('bindDeviceDk')).operation();
  const { startReference } = await (await operationNamed('bindDeviceDk')).reference();
  await using server = await startReference({});
  // This server has only the first of the two.
  const args = [
    'verify',
    '--url',
    server.url,
    '--states',
    server.statesUrl,
    '--only',
    'success/',
    'deviceBindingByPureBt:bind/plain',
  ];
  const { exitCode, err } = await callBindgate(folder, args);
  expect(operation.id).toBe('bindDeviceDk');
  expect(exitCode).toBe(3);
  expect(err).toContain('deviceBindingByPureBt');
});

test.each([
  ['operations: [bindDeviceDk, bindDeviceDkk]', /--operation bindDeviceDkk: there is no such id or folder/],
  ['operations: []', /"operations" .*must not be empty|"operations" is a list; it must not be empty/],
  ['operations: bindDeviceDk', /"operations" must be a list/],
])('refuses the configuration %s', async (text, message) => {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'bindgate.config.yaml'), `${text}\n`);
  const { exitCode, err } = await callBindgate(folder, ['verify', '--reference']);
  expect(exitCode).toBe(2);
  expect(err).toMatch(message);
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { openReferenceTarget } from '../contract/targets/reference.ts';
import { createStatesClient } from '../contract/targets/states-client.ts';
import type { Target } from '../contract/targets/target.ts';
import { openUrlTarget } from '../contract/targets/url.ts';
import type { TestServer } from '../contract/testing/servers.ts';
import { httpServer, jsonServer, statesServer, tcpServer } from '../contract/testing/servers.ts';
import { encryptToBase64, sha256Hex } from '../generators/crypto.ts';
import { seededRandom } from '../generators/random.ts';
import { defaultDialect } from '../spec/dialect.ts';
import { secretPlaintext, textToSign } from '../spec/formulas.ts';
import { findK6, k6Places } from './k6-binary.ts';
import schema from './load.schema.json' with { type: 'json' };
import { runLoad } from './load.ts';
import type { LoadResults } from './results.ts';
import { spawnK6 } from './run-k6.ts';
import { loadExitCode } from './verdict.ts';

const k6 = await findK6(k6Places(() => undefined));
const profile = { name: 'smoke', about: '', rate: 40, seconds: 1 };
const validResults = new Ajv2020({ allowUnionTypes: true, strictTuples: false }).compile(schema);
const never = new AbortController().signal;

async function loadOf(target: Target, more: { script?: string; signal?: AbortSignal } = {}): Promise<LoadResults> {
  if (k6 === undefined) throw new Error('no k6');
  const results = await runLoad({
    target,
    profile,
    k6,
    dialect: defaultDialect,
    timeoutMs: 700,
    signal: never,
    ...more,
  });
  expect(validResults(results), JSON.stringify(validResults.errors)).toBe(true);
  return results;
}

async function targetAt(server: TestServer, states: TestServer): Promise<Target> {
  return openUrlTarget({ baseUrl: server.url }, createStatesClient({ url: states.url }));
}

function script(name: string): string {
  return fileURLToPath(new URL(`./testing/${name}.ts`, import.meta.url));
}

// CI brings k6 before it runs the tests, so nothing is skipped there.
describe.skipIf(k6 === undefined && process.env['CI'] === undefined)('with k6', () => {
  test('k6 signs and encrypts byte for byte as Node does', async () => {
    const inputs = Array.from({ length: 300 }, (_, index) => {
      const random = seededRandom(index, 'k6');
      const text = (): string =>
        `${random.string.alphanumeric({ length: { min: 0, max: 40 } })}${index % 3 === 0 ? '秤⚖️é' : ''}`;
      const [pk, dk, bindingCode, pwd, secret] = [text(), text(), text(), text(), text()];
      return {
        pk,
        dk,
        bindingCode,
        pwd,
        secret,
        ps: random.string.alphanumeric(16),
        random: random.string.alphanumeric(16),
      };
    });
    const folder = await mkdtemp(join(tmpdir(), 'bindgate-vectors-'));
    const file = join(folder, 'vectors.json');
    await writeFile(file, JSON.stringify(inputs));
    const vectors = fileURLToPath(new URL('./k6/vectors.ts', import.meta.url));
    const args = ['run', '--quiet', '--no-color', '--log-format=raw', vectors];
    const { exitCode, output } = await spawnK6(k6?.file ?? 'k6', args, { BINDGATE_VECTORS: file }, never);
    await rm(folder, { recursive: true });
    expect(exitCode).toBe(0);
    const due = inputs.map(({ pk, dk, bindingCode, pwd, secret, ps, random }) => {
      const ciphertext = encryptToBase64(secretPlaintext(pk, dk, secret), ps, random);
      return `${sha256Hex(textToSign({ pk, dk, bindingCode, pwd }, secret))} ${ciphertext}`;
    });
    expect(output.split('\n').filter((line) => /^[0-9a-f]{64} /.test(line))).toEqual(due);
  });

  test('the reference server binds every device, once', async () => {
    await using target = await openReferenceTarget();
    const results = await loadOf(target);
    expect(results.reasons).toEqual([]);
    expect(results.codes.map(({ code }) => code)).toEqual([200]);
    expect(results.requests).toBeGreaterThanOrEqual(39);
    expect(results.objectives.map(({ kept }) => kept)).toEqual([true, true]);
    expect(loadExitCode(results)).toBe(0);
  });

  test('a server that answers 5420 to everything is broken', async () => {
    await using server = await jsonServer({ code: 5420, msg: 'no' });
    await using states = await statesServer();
    await using target = await targetAt(server, states);
    const results = await loadOf(target);
    expect(results).toMatchObject({ valid: true, codes: [{ code: 5420 }] });
    expect(loadExitCode(results)).toBe(1);
  });

  test('a server that binds nothing and says it did is broken', async () => {
    await using server = await jsonServer({ code: 200, msg: '', data: { verified: 1 } });
    await using states = await statesServer();
    await using target = await targetAt(server, states);
    const results = await loadOf(target);
    expect(results.objectives.map(({ kept }) => kept)).toEqual([true, false]);
    expect(loadExitCode(results)).toBe(1);
  });

  test('a server that answers 500 is broken', async () => {
    await using server = await jsonServer({ code: 200 }, 500);
    await using states = await statesServer();
    await using target = await targetAt(server, states);
    const results = await loadOf(target);
    expect(results.codes.map(({ code }) => code)).toEqual(['none']);
    expect(loadExitCode(results)).toBe(1);
  });

  test.each<[string, () => Promise<TestServer>]>([
    ['hangs', () => tcpServer(() => undefined)],
    ['resets', () => tcpServer((socket) => socket.resetAndDestroy())],
    ['dies halfway', () => dyingServer()],
  ])('a target that %s makes the run not valid', async (_, start) => {
    await using server = await start();
    await using states = await statesServer();
    await using target = await targetAt(server, states);
    const results = await loadOf(target);
    expect(results.reasons.join('; ')).toMatch(/got no answer/);
    expect(loadExitCode(results)).toBe(3);
  });

  test.each([
    ['throws', /iterations sent 0 requests/],
    ['sends-nothing', /sent 0 requests/],
  ])('a script that %s makes the run not valid', async (name, reason) => {
    await using target = await openReferenceTarget();
    const results = await loadOf(target, { script: script(name) });
    expect(results.reasons.join('; ')).toMatch(reason);
    expect(loadExitCode(results)).toBe(3);
  });

  test('an interruption ends k6 at once and leaves a result', async () => {
    await using target = await openReferenceTarget();
    const interrupted = new AbortController();
    setTimeout(() => interrupted.abort(), 1_500);
    const results = await loadOf(target, { signal: interrupted.signal });
    expect(loadExitCode(results)).toBe(130);
  });
});

test('a target without the load state cannot be loaded', async () => {
  await using server = await jsonServer({});
  await using states = await jsonServer({ message: 'no such state' }, 404);
  await using target = await targetAt(server, states);
  const running = runLoad({
    target,
    profile,
    k6: { file: 'k6', version: '2.2.0', from: 'PATH' },
    dialect: defaultDialect,
    timeoutMs: 500,
    signal: never,
  });
  await expect(running).rejects.toMatchObject({
    exitCode: 3,
    message: expect.stringContaining('every device is ready to bind'),
  });
});

function dyingServer(): Promise<TestServer> {
  let asked = 0;
  return httpServer((_request, response) => {
    asked += 1;
    if (asked > 15) response.destroy();
    else response.setHeader('content-type', 'application/json').end('{"code":200,"msg":"","data":{"verified":1}}');
  });
}

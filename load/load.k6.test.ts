import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { openReferenceTarget } from '../contract/pure-bt/targets/reference.ts';
import { createStatesClient } from '../contract/targets/states-client.ts';
import type { Target } from '../contract/targets/target.ts';
import { openUrlTarget } from '../contract/targets/url.ts';
import type { TestServer } from '../contract/testing/servers.ts';
import { goodFixture, httpServer, jsonServer, statesServer, tcpServer } from '../contract/testing/servers.ts';
import { encryptToBase64, sha256Hex } from '../generators/crypto.ts';
import { seededRandom } from '../generators/random.ts';
import { defaultDialect } from '../spec/pure-bt/dialect.ts';
import { secretPlaintext, textToSign } from '../spec/pure-bt/formulas.ts';
import { operation } from '../spec/pure-bt/operation.ts';
import { findK6, k6Places } from './k6-binary.ts';
import { quietEnvironment } from './k6-process.ts';
import schema from './load.schema.json' with { type: 'json' };
import type { LoadOrder } from './load.ts';
import { runLoad } from './load.ts';
import { defaultObjectives } from './objectives.ts';
import { profiles } from './profiles.ts';
import { requestOf } from './pure-bt/rows.ts';
import { defaultMix, plain, scheduleOf, stageLadder } from './pure-bt/workloads.ts';
import type { LoadResults } from './results.ts';
import type { LoadSession } from './session.ts';
import { loadExitCode } from './verdict.ts';

const [smoke] = profiles;
if (smoke === undefined) throw new Error('no profile');
const k6 = await findK6(k6Places(() => undefined));
const profile = { ...smoke, rate: 40, seconds: 1 };
const onlyPlain = [{ workload: plain, weight: 1 }];
/** The mix, and what the ladder has beside it. */
const everyWorkload = [...defaultMix.map(({ workload }) => workload), ...stageLadder.map(({ workload }) => workload)]
  .filter(({ recipe }) => recipe.token === 'right')
  .filter(({ name }, index, all) => all.findIndex((other) => other.name === name) === index)
  .map((workload) => ({ workload, weight: 1 }));

const validResults = new Ajv2020({ allowUnionTypes: true, strictTuples: false }).compile(schema);
const never = new AbortController().signal;

async function loadOf(
  target: Target,
  { lane, mix = onlyPlain, profile: of = profile, ...more }: Partial<LoadSession & LoadOrder> = {},
): Promise<LoadResults> {
  if (k6 === undefined) throw new Error('no k6');
  const session = { target, k6, dialect: defaultDialect, timeoutMs: 700, signal: never, ...more };
  const order = { profile: of, mix, objectives: defaultObjectives, ...(lane === undefined ? {} : { lane }) };
  const { results } = await runLoad(session, order);
  expect(validResults(results), JSON.stringify(validResults.errors)).toBe(true);
  return results;
}

async function targetAt(server: TestServer, states: TestServer): Promise<Target> {
  return openUrlTarget({ baseUrl: server.url, timeoutMs: 700 }, createStatesClient({ operation, url: states.url }));
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
    const vectors = fileURLToPath(new URL('./pure-bt/k6/vectors.ts', import.meta.url));
    const args = ['run', '--quiet', '--no-color', '--log-format=raw', '--address', '', vectors];
    const env = { ...process.env, ...quietEnvironment(), BINDGATE_VECTORS: file };
    const { stderr, stdout } = await promisify(execFile)(k6?.file ?? 'k6', args, { env });
    await rm(folder, { recursive: true });
    const due = inputs.map(({ pk, dk, bindingCode, pwd, secret, ps, random }) => {
      const ciphertext = encryptToBase64(secretPlaintext(pk, dk, secret), ps, random);
      return `${sha256Hex(textToSign({ pk, dk, bindingCode, pwd }, secret))} ${ciphertext}`;
    });
    expect(`${stdout}${stderr}`.split('\n').filter((line) => /^[0-9a-f]{64} /.test(line))).toEqual(due);
  });

  test.each(['rows', 'vu'] as const)('every request of the lane %s is what Node would send', async (lane) => {
    const bodies: string[] = [];
    await using server = await httpServer((_request, response, body) => {
      bodies.push(body);
      response.setHeader('content-type', 'application/json').end('{"code":200,"msg":"","data":{"verified":1}}');
    });
    await using states = await statesServer((fixture) => ({ ...fixture, dk: `L${String(fixture['dk'])}` }));
    await using target = await targetAt(server, states);
    const results = await loadOf(target, { lane, mix: everyWorkload, profile: { ...profile, rate: 140 } });
    expect(results).toMatchObject({ lane, valid: true });
    const sent = bodies.map((body) => JSON.parse(body) as Record<string, string>);
    // A few more were asked before and after the run, about other devices.
    const runs = [...Map.groupBy(sent, ({ dk }) => dk?.slice(0, 9) ?? '').values()];
    const ofRun = runs.reduce((a, b) => (b.length > a.length ? b : a));
    expect(ofRun.length).toBeGreaterThanOrEqual(results.requests);
    const schedule = scheduleOf(everyWorkload.map(({ weight }) => weight));
    const identity = {
      dkPrefix: ofRun[0]?.['dk']?.slice(0, 9) ?? '',
      dkDigits: 6,
      ivPrefix: ofRun[0]?.['random']?.slice(0, 9) ?? '',
    };
    const maker = { fixture: goodFixture(1), dialect: defaultDialect, random: seededRandom(1, 'any'), identity };
    const compared = new Set<string>();
    for (const { deviceName: _, capabilitiesBitmask: __, ...body } of ofRun.slice(0, results.requests)) {
      const number = Number.parseInt(body['dk']?.slice(9, 15) ?? '', 36);
      const workload = everyWorkload[schedule[number % schedule.length] ?? 0]?.workload;
      if (workload === undefined) throw new Error(`no workload of ${number}`);
      compared.add(workload.name);
      const { deviceName: _name, capabilitiesBitmask: _bits, ...due } = requestOf(maker, workload.recipe, number).body;
      expect(body, workload.name).toEqual(due);
    }
    expect(compared.size).toBe(everyWorkload.length);
  });

  test('the reference server binds every device, once', async () => {
    await using target = await openReferenceTarget();
    const results = await loadOf(target);
    expect(results.reasons).toEqual([]);
    expect(results.codes.map(({ code }) => code)).toEqual([200]);
    expect(results.series.reduce((sum, { requests }) => sum + requests, 0)).toBe(results.requests);
    expect(results.requests).toBeGreaterThanOrEqual(39);
    expect(results.objectives.map(({ name, kept }) => [name, kept])).toEqual([
      ['bound correctly 100 %', true],
      ['each device is bound once', true],
    ]);
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

  test('codes that come during the run alone are counted, each under its own number', async () => {
    const codes = [200, 429, 503, -1];
    const answered = new Map(codes.map((code) => [code, 0]));
    let asked = 0;
    await using server = await httpServer((_request, response) => {
      // The first one is asked before the run.
      const code = codes[asked % codes.length] ?? 200;
      if (asked > 0) answered.set(code, (answered.get(code) ?? 0) + 1);
      asked += 1;
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ code, msg: '' }));
    });
    await using states = await statesServer();
    await using target = await targetAt(server, states);
    // Of the noise floor nothing comes here: it has a server of its own.
    const { codes: counted } = await loadOf(target);
    expect(new Map(counted.map(({ code, count }) => [code, count]))).toEqual(answered);
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

  test('a target that dies halfway makes the run not valid', async () => {
    await using server = await dyingServer();
    await using states = await statesServer();
    await using target = await targetAt(server, states);
    const results = await loadOf(target);
    expect(results.reasons.join('; ')).toMatch(/got no answer/);
    expect(results.requests).toBeGreaterThan(0);
    expect(loadExitCode(results)).toBe(3);
  });

  test.each<[string, () => Promise<TestServer>]>([
    ['hangs', () => tcpServer(() => undefined)],
    ['resets', () => tcpServer((socket) => socket.resetAndDestroy())],
  ])('a target that %s is not loaded at all', async (_, start) => {
    await using server = await start();
    await using states = await statesServer();
    await using target = await targetAt(server, states);
    await expect(loadOf(target)).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringMatching(/got no answer/),
    });
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
  const running = runLoad(
    {
      target,
      k6: { file: 'k6', version: '2.2.0', from: 'PATH' },
      dialect: defaultDialect,
      timeoutMs: 500,
      signal: never,
    },
    { profile, mix: defaultMix, objectives: defaultObjectives },
  );
  await expect(running).rejects.toMatchObject({
    exitCode: 3,
    message: expect.stringContaining('every device is ready to bind'),
  });
});

function dyingServer(): Promise<TestServer> {
  let asked = 0;
  return httpServer((_request, response) => {
    asked += 1;
    // One more is asked before the run.
    if (asked > 15) response.destroy();
    else response.setHeader('content-type', 'application/json').end('{"code":200,"msg":"","data":{"verified":1}}');
  });
}

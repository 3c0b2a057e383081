import { execFile } from 'node:child_process';
import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { openReferenceTarget } from '../contract/pure-bt/targets/reference.ts';
import { goodFixture, httpServer, jsonServer, statesServer, tcpServer } from '../contract/testing/servers.ts';
import { targetOf } from '../contract/testing/targets.ts';
import { encryptToBase64, sha256Hex } from '../generators/crypto.ts';
import { seededRandom } from '../generators/random.ts';
import { secretPlaintext, textToSign } from '../spec/pure-bt/formulas.ts';
import { defaultObjectives } from './judge/objectives.ts';
import schema from './load.schema.json' with { type: 'json' };
import { judgeMeasurement, type LoadOrder, runLoad, toSending } from './load.ts';
import { type LoadResults, loadExitCode } from './results.ts';
import { draftPlan } from './run/draft-plan.ts';
import { k6Environment } from './run/k6-environment.ts';
import { type LoadGenerator, measure } from './run/measure.ts';
import { openProduct, type Site } from './run/product.ts';
import {
  bindingServer,
  generatorWith,
  k6,
  onlyPlain,
  operation,
  profileWith,
  siteAt,
  withoutK6,
} from './testing/with-k6.ts';

/** All workloads of the mix and of the ladder. */
const everyWorkload = [...operation.mix, ...operation.ladder]
  .map(({ workload }) => workload)
  .filter(({ token }) => token === undefined)
  .filter(({ name }, index, all) => all.findIndex((other) => other.name === name) === index)
  .map((workload) => ({ workload, weight: 1 }));

const validResults = new Ajv2020({ allowUnionTypes: true, strictTuples: false }).compile(schema);
const short = profileWith('smoke', 60, 1);

async function runLoadOn(
  site: Site,
  order: Partial<LoadOrder> = {},
  generator: Partial<LoadGenerator> = {},
): Promise<LoadResults> {
  const asked = { profile: short, mix: onlyPlain, objectives: defaultObjectives, ...order };
  const { results } = await runLoad(site, generatorWith(generator), asked);
  expect(validResults(results), JSON.stringify(validResults.errors)).toBe(true);
  return results;
}

/** A run alone, without the noise floor before it and the repeated requests after it. */
async function runAlone(site: Site): Promise<LoadResults> {
  const generator = generatorWith();
  await using product = await openProduct(site, onlyPlain, generator.signal);
  const order = { profile: short, mix: onlyPlain, objectives: defaultObjectives };
  const plan = draftPlan(product, generator, toSending(order));
  return judgeMeasurement(await measure(generator, plan)).results;
}

describe.skipIf(withoutK6)('with k6', () => {
  test('signs and encrypts in k6 exactly as in Node', async () => {
    const inputs = Array.from({ length: 300 }, (_, index) => {
      const random = seededRandom(index, 'k6');
      const text = (): string =>
        `${random.string.alphanumeric({ length: { min: 0, max: 40 } })}${index % 3 === 0 ? '秤⚖️é' : ''}`;
      const [pk, dk, bindingCode, pwd, secret] = [text(), text(), text(), text(), text()];
      const [ps, iv] = [random.string.alphanumeric(16), random.string.alphanumeric(16)];
      return { pk, dk, bindingCode, pwd, secret, ps, random: iv };
    });
    await using folder = await mkdtempDisposable(join(tmpdir(), 'bindgate-vectors-'));
    const file = join(folder.path, 'vectors.json');
    await writeFile(file, JSON.stringify(inputs));
    const vectors = fileURLToPath(new URL('./pure-bt/k6/vectors.ts', import.meta.url));
    const args = ['run', '--quiet', '--no-color', '--log-format=raw', '--address', '', vectors];
    const env = { ...process.env, ...k6Environment({}), BINDGATE_VECTORS: file };
    const { stderr, stdout } = await promisify(execFile)(k6?.file ?? 'k6', args, { env });
    const expected = inputs.map(({ pk, dk, bindingCode, pwd, secret, ps, random }) => {
      const ciphertext = encryptToBase64(secretPlaintext(pk, dk, secret), ps, random);
      return `${sha256Hex(textToSign({ pk, dk, bindingCode, pwd }, secret))} ${ciphertext}`;
    });
    expect(`${stdout}${stderr}`.split('\n').filter((line) => /^[0-9a-f]{64} /.test(line))).toEqual(expected);
  });

  test.each(['rows', 'vu'] as const)('sends in the lane %s what Node would send', async (lane) => {
    const bodies: string[] = [];
    await using target = await targetOf(
      bindingServer(bodies),
      statesServer((fixture) => ({ ...fixture, dk: `L${String(fixture['dk'])}` })),
    );
    const results = await runLoadOn(siteAt(target), {
      lane,
      mix: everyWorkload,
      profile: profileWith('smoke', 140, 1),
    });
    expect(results).toMatchObject({ lane, valid: true });
    const sent = bodies.map((body) => JSON.parse(body) as Record<string, string>);
    // A few requests about other devices were sent before and after the run.
    const runs = [...Map.groupBy(sent, ({ dk }) => dk?.slice(0, 9) ?? '')];
    const [run, ofRun] = runs.reduce((a, b) => (b[1].length > a[1].length ? b : a));
    expect(ofRun.length).toBeGreaterThanOrEqual(results.requests);
    const make = operation.requests(goodFixture(1), run);
    const compared = new Set<string>();
    for (const { deviceName: _, capabilitiesBitmask: __, ...body } of ofRun.slice(0, results.requests)) {
      const number = Number.parseInt(body['dk']?.slice(9, 15) ?? '', 36);
      // With weights of 1, the workloads take turns.
      const workload = everyWorkload[number % everyWorkload.length]?.workload;
      if (workload === undefined) throw new Error(`no workload of ${number}`);
      compared.add(workload.name);
      const { deviceName: _name, capabilitiesBitmask: _bits, ...expected } = make(workload, number).body;
      expect(body, workload.name).toEqual(expected);
    }
    expect(compared.size).toBe(everyWorkload.length);
  });

  test('binds every device once on the reference server', async () => {
    await using target = await openReferenceTarget();
    const results = await runLoadOn(siteAt(target));
    expect(results.reasons).toEqual([]);
    expect(results.codes.map(({ code }) => code)).toEqual([200]);
    expect(results.series.reduce((sum, { requests }) => sum + requests, 0)).toBe(results.requests);
    expect(results.requests).toBeGreaterThanOrEqual(59);
    expect(results.objectives.map(({ name, kept }) => [name, kept])).toEqual([
      ['bound correctly 100 %', true],
      ['each device is bound once', true],
    ]);
    expect(loadExitCode(results)).toBe(0);
  });

  test('counts codes that appear only during the run, and HTTP 500 as none', async () => {
    const codes = [200, 429, 503, -1, 'none'] as const;
    const answered = new Map<number | 'none', number>(codes.map((code) => [code, 0]));
    let asked = 0;
    await using target = await targetOf(
      httpServer((_request, response) => {
        // The first request is sent before the run.
        const code = codes[asked % codes.length] ?? 200;
        if (asked > 0) answered.set(code, (answered.get(code) ?? 0) + 1);
        asked += 1;
        response.statusCode = code === 'none' ? 500 : 200;
        const body = JSON.stringify({ code: code === 'none' ? 200 : code, msg: '' });
        response.setHeader('content-type', 'application/json').end(body);
      }),
    );
    const results = await runAlone(siteAt(target));
    expect(new Map(results.codes.map(({ code, count }) => [code, count]))).toEqual(answered);
    expect(loadExitCode(results)).toBe(1);
  });

  test('fails a server that reports success but binds nothing', async () => {
    await using target = await targetOf(jsonServer({ code: 200, msg: '', data: { verified: 1 } }));
    const results = await runLoadOn(siteAt(target));
    expect(results.objectives.map(({ kept }) => kept)).toEqual([true, false]);
    expect(loadExitCode(results)).toBe(1);
  });

  test('rejects a run if the target stops halfway', async () => {
    let asked = 0;
    await using target = await targetOf(
      httpServer((_request, response) => {
        asked += 1;
        // One more request is sent before the run.
        if (asked > 15) response.destroy();
        else response.setHeader('content-type', 'application/json').end(operation.success);
      }),
    );
    const results = await runAlone(siteAt(target));
    expect(results.reasons.join('; ')).toMatch(/got no answer/);
    expect(results.requests).toBeGreaterThan(0);
    expect(loadExitCode(results)).toBe(3);
  });

  test.each([
    ['throws', /iterations sent 0 requests/],
    ['sends-nothing', /sent 0 requests/],
  ])('rejects a run with a script that %s', async (name, reason) => {
    await using target = await openReferenceTarget();
    const script = fileURLToPath(new URL(`./testing/${name}.ts`, import.meta.url));
    const results = await runAlone(siteAt(target, { operation: { ...operation, script } }));
    expect(results.reasons.join('; ')).toMatch(reason);
    expect(loadExitCode(results)).toBe(3);
  });

  test('ends k6 at an interruption and writes a result', async () => {
    await using target = await openReferenceTarget();
    const interrupted = new AbortController();
    const signal = interrupted.signal;
    // In the middle of the run, as its progress says.
    const onProgress: LoadGenerator['onProgress'] = ({ phase, seconds }) => {
      if (phase.startsWith('smoke') && seconds !== undefined) interrupted.abort();
    };
    const results = await runLoadOn(siteAt(target), { profile: profileWith('smoke', 60, 30) }, { signal, onProgress });
    expect(loadExitCode(results)).toBe(130);
    expect(results.requests).toBeGreaterThan(0);
  });
});

test('sends no load to a target that hangs', async () => {
  await using target = await targetOf(tcpServer(() => undefined));
  await expect(runLoadOn(siteAt(target))).rejects.toMatchObject({
    exitCode: 3,
    message: expect.stringMatching(/got no answer/),
  });
});

test.each([
  ['without the load state', 404, 'load needs the state "a product whose every device is ready to bind"'],
  ['with a broken states endpoint', 500, 'answered HTTP 500'],
])('refuses a target %s', async (_, status, message) => {
  await using target = await targetOf(jsonServer({}), jsonServer({ message: 'no such state' }, status));
  const opened = openProduct(siteAt(target), operation.mix, new AbortController().signal);
  await expect(opened).rejects.toMatchObject({ exitCode: 3, message: expect.stringContaining(message) });
});

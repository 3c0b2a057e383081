import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { createStatesClient } from '../../contract/targets/states-client.ts';
import type { Target } from '../../contract/targets/target.ts';
import { openUrlTarget } from '../../contract/targets/url.ts';
import type { TestServer } from '../../contract/testing/servers.ts';
import { httpServer, jsonServer, statesServer } from '../../contract/testing/servers.ts';
import { defaultDialect } from '../../spec/pure-bt/dialect.ts';
import { operation } from '../../spec/pure-bt/operation.ts';
import { findK6, k6Places } from '../k6-binary.ts';
import type { LoadSession } from '../session.ts';
import schema from './compare.schema.json' with { type: 'json' };
import { compareServers } from './compare.ts';
import type { CompareResults } from './results.ts';
import type { Settings } from './settings.ts';
import { defaultSettings } from './settings.ts';
import { compareExitCode } from './verdict.ts';

const k6 = await findK6(k6Places(() => undefined));
const validResults = new Ajv2020({ allowUnionTypes: true }).compile(schema);
const never = new AbortController().signal;

/** Few and short windows in a busy test run: what is tested is that each request meets its side, not who is faster by 3 %. */
const coarse = { minimumEffect: 1, tolerance: 1 };
const untold = { minimumEffect: 100, tolerance: 100 };
const short: Settings = {
  ...defaultSettings,
  rate: 100,
  windows: 8,
  windowSeconds: 0.4,
  leastAnswers: 10,
  aboveFloor: 0.01,
  busiestShare: 100,
  limits: { p50: coarse, p95: untold, p99: untold, rate: untold },
};

async function compareOf(
  a: Target,
  b: Target,
  { settings = short, ...more }: Partial<LoadSession> & { readonly settings?: Settings } = {},
): Promise<CompareResults> {
  if (k6 === undefined) throw new Error('no k6');
  const session = { target: a, k6, dialect: defaultDialect, timeoutMs: 1_000, signal: never, ...more };
  const results = await compareServers(session, b, settings);
  expect(validResults(results), JSON.stringify(validResults.errors)).toBe(true);
  return results;
}

/** A server that answers after a delay and keeps every dk that it was sent. */
async function slowServer(delayMs: number, seen: string[], code = 200): Promise<TestServer> {
  return httpServer((_request, response, body) => {
    seen.push((JSON.parse(body) as { dk: string }).dk);
    const answer = JSON.stringify({ code, msg: '', data: { verified: 1 } });
    setTimeout(() => response.setHeader('content-type', 'application/json').end(answer), delayMs);
  });
}

function targetAt(server: TestServer, states: TestServer): Target {
  return openUrlTarget({ baseUrl: server.url }, createStatesClient({ operation, url: states.url }));
}

// CI brings k6 before it runs the tests, so nothing is skipped there.
describe.skipIf(k6 === undefined && process.env['CI'] === undefined)('with k6', () => {
  test('a server that takes eight times as long fails, in one session of interleaved windows', async () => {
    const [seenByA, seenByB]: [string[], string[]] = [[], []];
    await using serverA = await slowServer(5, seenByA);
    await using serverB = await slowServer(40, seenByB);
    await using states = await statesServer();
    await using a = targetAt(serverA, states);
    await using b = targetAt(serverB, states);
    const said: string[] = [];
    const results = await compareOf(a, b, { onProgress: ({ phase }) => said.push(phase) });
    expect(results.windows?.map(({ side }) => side).join('')).toBe('ABBABAAB');
    expect(results).toMatchObject({ kind: 'live', interrupted: false });
    // A machine that stalls under the test run is refused, and never taken for a server.
    if (results.valid) expect(results.verdict).toBe('FAIL');
    else expect(results.reasons.join()).toMatch(/could not be started on time|A differs from itself/);
    expect(compareExitCode(results, true)).toBe(results.valid ? 1 : 3);
    expect(results.metrics.find(({ name }) => name === 'p50')?.ratio).toBeGreaterThan(2);
    // Five windows of 40 requests each, the warm-up among them.
    expect(seenByA.length).toBeGreaterThan(150);
    expect(seenByB.length).toBeGreaterThan(150);
    expect([results.a.outcomes, results.b.outcomes]).toEqual([{ 200: seenByA.length }, { 200: seenByB.length }]);
    const dks = [...seenByA, ...seenByB];
    expect(new Set(dks).size).toBe(dks.length);
    expect(dks.every((dk) => /^L[0-9A-Z]{14}$/.test(dk))).toBe(true);
    expect(said[0]).toMatch(/^warming up A$/);
  });

  test('what B refuses, A binds: no verdict', async () => {
    await using serverA = await slowServer(5, []);
    await using serverB = await slowServer(0, [], 5420);
    await using states = await statesServer();
    await using a = targetAt(serverA, states);
    await using b = targetAt(serverB, states);
    const results = await compareOf(a, b);
    expect(results).toMatchObject({ valid: false, verdict: 'INCONCLUSIVE' });
    expect(results.reasons.join()).toMatch(/B bound nothing.*different codes/);
    expect(compareExitCode(results, true)).toBe(3);
  });

  test('a B that is not there at all is not valid', async () => {
    await using serverA = await slowServer(5, []);
    await using states = await statesServer();
    const gone = await slowServer(5, []);
    await gone[Symbol.asyncDispose]();
    await using a = targetAt(serverA, states);
    await using b = targetAt(gone, states);
    const results = await compareOf(a, b);
    expect(results.reasons.join()).toMatch(/requests got no answer from B/);
    expect(compareExitCode(results, false)).toBe(3);
  });

  test('an interruption keeps the windows that were measured', async () => {
    await using serverA = await slowServer(5, []);
    await using serverB = await slowServer(5, []);
    await using states = await statesServer();
    await using a = targetAt(serverA, states);
    await using b = targetAt(serverB, states);
    const interrupted = new AbortController();
    setTimeout(() => interrupted.abort(), 3_000);
    const settings = { ...short, windows: 400 };
    const results = await compareOf(a, b, { settings, signal: interrupted.signal });
    expect(results).toMatchObject({
      verdict: 'INCONCLUSIVE',
      valid: false,
      interrupted: true,
      reasons: ['interrupted'],
    });
    expect(results.windows?.length).toBeGreaterThan(0);
    expect(results.windows?.length).toBeLessThan(40);
    expect(compareExitCode(results, false)).toBe(130);
  });
});

test('a server without the load state cannot be compared, and the other is torn down', async () => {
  await using server = await jsonServer({});
  const actions: string[] = [];
  await using good = await httpServer((_request, response, body) => {
    actions.push((JSON.parse(body) as { action: string }).action);
    response.setHeader('content-type', 'application/json').end(JSON.stringify(goodState));
  });
  await using bad = await jsonServer({ message: 'no such state' }, 404);
  await using a = targetAt(server, good);
  await using b = targetAt(server, bad);
  const binary = { file: 'k6', version: '2.2.0', from: 'PATH' } as const;
  const session = { target: a, k6: binary, dialect: defaultDialect, timeoutMs: 500, signal: never };
  const comparing = compareServers(session, b, short);
  await expect(comparing).rejects.toMatchObject({
    exitCode: 3,
    message: expect.stringMatching(/every device is ready to bind" of B .*no such state/),
  });
  expect(actions).toEqual(['setup', 'teardown']);
});

const goodState = {
  token: 'head.payload.signature',
  pk: 'p1abcd',
  ps: 'productsecret-16',
  dk: 'ACD900000001',
  bindingCode: '0123456789ABCDEF',
  bindingSecret: 'bindingSecretNew1',
  userDomainSecret: 'userDomainSecretOfThisTest',
};

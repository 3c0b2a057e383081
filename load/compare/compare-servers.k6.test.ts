import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { goodFixture, httpServer, jsonServer, type TestServer } from '../../contract/testing/servers.ts';
import { targetOf } from '../../contract/testing/targets.ts';
import type { LoadGenerator } from '../run/measure.ts';
import { generatorWith, operation, siteAt, withoutK6 } from '../testing/with-k6.ts';
import schema from './compare.schema.json' with { type: 'json' };
import { compareServers } from './compare-servers.ts';
import { type CompareResults, compareExitCode, defaultSettings, type Settings } from './results.ts';

const validResults = new Ajv2020({ allowUnionTypes: true }).compile(schema);

/** Few and short windows: this tests that each request goes to its side, not a difference of 3 %. */
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

type Answer = (dk: string, send: (body: string) => void, reset: () => void) => void;

async function compareAnswers(
  [answerA, answerB]: readonly [Answer, Answer],
  settings: Settings = short,
  generator: Partial<LoadGenerator> = {},
): Promise<CompareResults> {
  await using a = await targetOf(answering(answerA));
  await using b = await targetOf(answering(answerB));
  const results = await compareServers(siteAt(a), siteAt(b), generatorWith(generator), settings);
  expect(validResults(results), JSON.stringify(validResults.errors)).toBe(true);
  return results;
}

function answering(answer: Answer): Promise<TestServer> {
  return httpServer((_request, response, body) => {
    const send = (text: string): void => void response.setHeader('content-type', 'application/json').end(text);
    answer((JSON.parse(body) as { dk: string }).dk, send, () => response.destroy());
  });
}

/** Binds after a delay, and records every dk. */
function binding(delayMs: number, seen: string[] = []): Answer {
  return (dk, send) => {
    seen.push(dk);
    setTimeout(() => send(operation.success), delayMs);
  };
}

describe.skipIf(withoutK6)('with k6', () => {
  test('fails a server that takes eight times as long', async () => {
    const [seenByA, seenByB]: [string[], string[]] = [[], []];
    const said: string[] = [];
    const onProgress = ({ phase }: { readonly phase: string }): unknown => said.push(phase);
    const results = await compareAnswers([binding(5, seenByA), binding(40, seenByB)], short, { onProgress });
    expect(results.windows?.map(({ side }) => side).join('')).toBe('ABBABAAB');
    expect(results).toMatchObject({ kind: 'live', interrupted: false });
    // A session is refused, not judged, if the machine stalls during the test.
    if (results.valid) expect(results.verdict).toBe('FAIL');
    else expect(results.reasons.join()).toMatch(/could not be started on time|A differs from itself/);
    expect(compareExitCode(results, true)).toBe(results.valid ? 1 : 3);
    expect(results.metrics.find(({ name }) => name === 'p50')?.ratio).toBeGreaterThan(2);
    // Five windows of 40 requests each, including the warm-up.
    expect(seenByA.length).toBeGreaterThan(150);
    expect(seenByB.length).toBeGreaterThan(150);
    expect([results.a.outcomes, results.b.outcomes]).toEqual([{ 200: seenByA.length }, { 200: seenByB.length }]);
    const dks = [...seenByA, ...seenByB];
    expect(new Set(dks).size).toBe(dks.length);
    expect(dks.every((dk) => /^L[0-9A-Z]{14}$/.test(dk))).toBe(true);
    expect(said[0]).toBe('warming up A');
    expect(said).toContainEqual(expect.stringMatching(/^window \d of 8 \([AB]\)$/));
  });

  test('gives no verdict if B refuses or does not answer', async () => {
    let asked = 0;
    const refusing: Answer = (_, send, reset) => {
      asked += 1;
      if (asked % 4 === 0) reset();
      else send('{"code":5420,"msg":""}');
    };
    const results = await compareAnswers([binding(5), refusing]);
    expect(results).toMatchObject({ valid: false, verdict: 'INCONCLUSIVE' });
    expect(results.reasons.join()).toMatch(/requests got no answer from B.*B bound nothing.*different codes/);
    expect(Object.keys(results.a.outcomes)).toEqual(['200']);
    expect(Object.keys(results.b.outcomes).sort()).toEqual(['5420', 'stale', 'unanswered']);
    expect(compareExitCode(results, true)).toBe(3);
  });

  test('keeps the measured windows after an interruption', async () => {
    const interrupted = new AbortController();
    const onProgress = ({ phase }: { readonly phase: string }): void => {
      if (phase.startsWith('window')) interrupted.abort();
    };
    const generator = { signal: interrupted.signal, onProgress };
    const results = await compareAnswers([binding(5), binding(5)], { ...short, windows: 400 }, generator);
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

test('refuses a server without the load state and tears down the other', async () => {
  const actions: string[] = [];
  const good = httpServer((_request, response, body) => {
    actions.push((JSON.parse(body) as { action: string }).action);
    response.setHeader('content-type', 'application/json').end(JSON.stringify(goodFixture(1)));
  });
  await using a = await targetOf(jsonServer({}), good);
  await using b = await targetOf(jsonServer({}), jsonServer({ message: 'no such state' }, 404));
  const comparing = compareServers(siteAt(a), siteAt(b), generatorWith(), short);
  await expect(comparing).rejects.toMatchObject({
    exitCode: 3,
    message: expect.stringMatching(/every device is ready to bind" of B .*no such state/),
  });
  expect(actions).toEqual(['setup', 'teardown']);
});

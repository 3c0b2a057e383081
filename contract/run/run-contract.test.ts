import { getEventListeners } from 'node:events';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test, vi } from 'vitest';
import { defaultDialect } from '../../spec/pure-bt/dialect.ts';
import { operation } from '../../spec/pure-bt/operation.ts';
import { guessDialect } from '../judge/assume-reading.ts';
import { clusterResults } from '../judge/clusters.ts';
import { cases as allCases, catalogueVersion } from '../pure-bt/cases/all-cases.ts';
import { openReferenceTarget } from '../pure-bt/targets/reference.ts';
import schema from '../results.schema.json' with { type: 'json' };
import { type Results, toResults } from '../results.ts';
import { statesShare } from '../targets/recording.ts';
import { createStatesClient } from '../targets/states-client.ts';
import { type Target, withStates } from '../targets/target.ts';
import { openUrlTarget } from '../targets/url.ts';
import { goodFixture, httpServer, jsonServer, tcpServer } from '../testing/servers.ts';
import { changeAnswers, targetOf } from '../testing/targets.ts';
import { type Answer, type Case, casesUnder, type Step } from './case.ts';
import type { CaseResult } from './outcome.ts';
import { probe, type Run, runContract } from './run-contract.ts';
import { CutShort } from './time-limit.ts';

const bound = { code: 200, msg: '', data: { verified: 1 }, extMsg: null };
const validResults = new Ajv2020({ allowUnionTypes: true }).compile(schema);

/** The cases that apply under the default dialect. */
const cases = casesUnder(defaultDialect, allCases);

/** Cases of small requests, which a slow test server can answer. */
const ordinary = cases.filter(
  ({ id, strains, alone, property }) => !strains && !alone && property === undefined && !id.startsWith('transport/'),
);

/** A fifth of them, from every group: enough where the server gives every request the same answer. */
const some = ordinary.filter((_, at) => at % 5 === 0);

async function verify(
  target: Target,
  chosen: readonly Case[] = some,
  more: object = {},
): Promise<{ run: Run; results: Results }> {
  const run = await runContract({ target, cases: chosen, dialect: defaultDialect, seed: 42, ...more });
  const facts = { version: '0', catalogue: catalogueVersion, target, dialect: defaultDialect, seed: 42 };
  const results = toResults(run, facts);
  expect(validResults(results), JSON.stringify(validResults.errors)).toBe(true);
  return { run, results };
}

function chosen(...ids: readonly string[]): readonly Case[] {
  return cases.filter(({ id }) => ids.includes(id));
}

test('has at least 100 cases with unique ids', () => {
  expect(new Set(allCases.map(({ id }) => id)).size).toBe(allCases.length);
  expect(cases.length).toBeGreaterThanOrEqual(100);
});

test('keeps the ids of the cases', async () => {
  // The ids are the versioned catalogue. If you change it, raise `catalogueVersion` and add a line to the CHANGELOG.
  await expect(`${allCases.map(({ id }) => id).join('\n')}\n`).toMatchFileSnapshot('../testing/catalogue-3.txt');
});

test('writes no secret into results and reports', async () => {
  await using target = await targetOf(jsonServer({ code: 9, msg: '' }));
  const { results, run } = await verify(target, ordinary);
  const written = JSON.stringify([results, run.results.map(({ attempts, reason }) => [attempts, reason])]);
  const { pk: _, dk: __, fid: ___, frid: ____, ...secrets } = goodFixture(1);
  for (const [name, value] of Object.entries(secrets)) {
    const forms = name.endsWith('oken') ? value.split('.').slice(1) : [value, Buffer.from(value).toString('base64')];
    for (const form of forms) expect(written.toLowerCase()).not.toContain(form.toLowerCase());
  }
});

test.each([
  ['fails a server that always answers success', bound, some, { exitCode: 1 }, [200]],
  [
    'fails a server that refuses everything',
    { code: 5361, msg: 'no' },
    some,
    { exitCode: 1, reasons: expect.arrayContaining([expect.stringContaining('ever bound')]) },
    [5361],
  ],
  [
    'passes selected cases in which nothing has to bind',
    { code: 5361, msg: 'no' },
    chosen('dk/too-short'),
    { exitCode: 0, reasons: [] },
    [5361],
  ],
])('%s', async (_, body, selected, verdict, covered) => {
  await using target = await targetOf(jsonServer(body));
  const { results } = await verify(target, selected);
  expect(results.verdict).toMatchObject(verdict);
  expect(results.codes.filter(({ status }) => status === 'covered').map(({ code }) => code)).toEqual(covered);
});

test('clusters failures with one cause', async () => {
  await using target = await targetOf(jsonServer({ code: '5361', msg: 'no' }));
  const { run } = await verify(target);
  const failed = clusterResults(run.results).filter(({ outcome }) => outcome === 'failed');
  expect(failed.map(({ cause }) => cause)).toEqual(['the envelope is wrong: /code must be integer']);
  expect(failed[0]?.results.length).toBeGreaterThan(100);
});

describe('reports an error, not a finding, for', () => {
  test('a target that hangs', async () => {
    await using target = await targetOf(tcpServer(() => undefined));
    const { results } = await verify(target, ordinary, { concurrency: 4 });
    expect(results.verdict.exitCode).toBe(3);
    expect(results.summary).toMatchObject({ passed: 0, failed: 0 });
    await expect(probe(target, operation)).rejects.toMatchObject({ exitCode: 3 });
  });

  test('a target that stops during the run', async () => {
    let asked = 0;
    await using target = await targetOf(
      httpServer((_request, response) => {
        asked += 1;
        if (asked > 10) response.destroy();
        else response.setHeader('content-type', 'application/json').end('{"code":200,"msg":"","data":{"verified":1}}');
      }),
    );
    const { results } = await verify(target, ordinary);
    // Earlier results stay. The rest are errors, not findings.
    expect(results.summary.passed).toBeGreaterThan(0);
    expect(results.summary.errors).toBeGreaterThan(100);
    expect(results.verdict.exitCode).toBe(3);
  });

  test('but not for one missing answer of a working server', async () => {
    await using target = await targetOf(
      httpServer((_request, response, body) => {
        if (body.includes('"dk":')) response.destroy();
        else response.setHeader('content-type', 'application/json').end('{"code":5106,"msg":""}');
      }),
    );
    const { run } = await verify(target, chosen('dk/too-short'));
    expect(run.results[0]).toMatchObject({ outcome: 'failed', cause: 'no answer (reset)' });
  });

  test('but not for a server that closes idle connections', async () => {
    await using reference = await openReferenceTarget();
    // It answers as if it kept the connection, and then closes it.
    await using server = await httpServer(async (request, response, body) => {
      const { url = '', method = '', headers } = request;
      const { authorization = '' } = headers;
      const answer = await fetch(reference.url + url, { method, body, headers: { authorization } });
      response.setHeader('content-type', 'application/json');
      response.writeHead(answer.status).end(await answer.text(), () => request.socket.end());
    });
    const states = createStatesClient({ operation, url: `${server.url}/_states` });
    await using target = openUrlTarget({ baseUrl: server.url }, states, { keys: reference.keys });
    const few = some.slice(0, 20);
    const { results } = await verify(target, few);
    expect(results.summary).toMatchObject({ passed: few.length, failed: 0, errors: 0 });
  });

  test.each([
    [404, 'state "a device ready to bind" is not supported'],
    [500, 'answered HTTP 500'],
  ])('states that answer %i', async (status, message) => {
    await using target = await targetOf(jsonServer({ code: 5106, msg: '' }), jsonServer({}, status));
    await expect(verify(target)).rejects.toThrow(message);
    await expect(verify(target)).rejects.toMatchObject({ exitCode: 3 });
  });
});

test('skips the cases of a state that is not supported', async () => {
  const states = httpServer((_request, response, body) => {
    response.writeHead(body.includes('home mode on') ? 404 : 200).end(JSON.stringify(goodFixture(1)));
  });
  await using target = await targetOf(jsonServer(bound), states);
  const { results } = await verify(target, chosen('home/on-without-fid', 'bind/plain'));
  expect(results.codes.find(({ code }) => code === 5636)).toMatchObject({ status: 'not-tested' });
  expect(results.verdict.exitCode).toBe(0);
});

test('skips heavy cases if the host is not allowed', async () => {
  await using target = await openReferenceTarget();
  const heavy = cases.filter(({ strains }) => strains).slice(0, 5);
  const { results } = await verify(target, [...chosen('bind/plain'), ...heavy], {
    heavySkipReason: 'not this host',
  });
  expect(results.summary).toMatchObject({ passed: 1, skipped: 5, requests: 1 });
  expect(results.cases.at(-1)).toMatchObject({ outcome: 'skipped', reason: 'not this host', received: [] });
});

test('runs timed cases alone, after all others', async () => {
  await using target = await openReferenceTarget();
  const mixed = cases.filter(({ id }) => /^(timing|dk|trace\/dk)/.test(id));
  let underWay = 0;
  const ended: string[] = [];
  const watched: Target = {
    ...target,
    send: async (request, signal) => {
      underWay += 1;
      const exchange = await target.send(request, signal);
      if (ended.length >= mixed.length - 4) expect(underWay).toBe(1);
      underWay -= 1;
      return exchange;
    },
  };
  const onResult = ({ case: { id } }: CaseResult): number => ended.push(id);
  const { results } = await verify(watched, mixed, { onResult });
  expect(results.summary.errors + results.summary.failed).toBe(0);
  expect(ended.slice(-4).every((id) => id.startsWith('timing/'))).toBe(true);
});

test('skips a case without its second device', async () => {
  await using reference = await openReferenceTarget();
  let count = 0;
  const target = withStates(reference, {
    setup: async (state, signal) => {
      count += 1;
      return count === 2 ? { kind: 'unsupported', reason: 'one is all' } : reference.states.setup(state, signal);
    },
  });
  const { results } = await verify(target, chosen('foreign-home/of-somebody-else'));
  expect(results.cases[0]).toMatchObject({ outcome: 'skipped', reason: expect.stringContaining('one is all') });
});

test('finds the reading that a server follows', async () => {
  await using target = await openReferenceTarget();
  const options = { target, seed: 1, signal: new AbortController().signal };
  const forms = chosen('bind/plain', 'bind/code/encrypted');
  for (const [own, want] of [
    [{}, undefined],
    [{ signedBindingCode: 'decrypted' }, { signedBindingCode: 'transmitted' }],
    [{ successCode: 0 }, { successCode: 200 }],
    [
      { successCode: 0, signedBindingCode: 'decrypted' },
      { successCode: 200, signedBindingCode: 'transmitted' },
    ],
  ] as const) {
    const dialect = { ...defaultDialect, ...own };
    const { results } = await runContract({ ...options, cases: forms, dialect });
    expect(await guessDialect(results, { ...options, dialect })).toEqual(want);
  }
});

describe('a run that is cut short', () => {
  const late = 'the time limit of 10 min was reached';

  test.each([
    [new CutShort(late), late, { interrupted: false, verdict: { exitCode: 3 } }],
    [undefined, 'interrupted', { interrupted: true, verdict: { exitCode: 130 } }],
  ])('keeps its results, skips the rest, is not decided: %s', async (why, reason, ended) => {
    await using target = await openReferenceTarget();
    const limit = new AbortController();
    const { results } = await verify(target, cases, {
      signal: limit.signal,
      onResult: (_: unknown, done: number) => done === 30 && limit.abort(why),
    });
    const { passed, skipped } = results.summary;
    expect(passed).toBeGreaterThanOrEqual(30);
    expect(results.summary).toMatchObject({ passed, skipped: cases.length - passed, failed: 0, warned: 0, errors: 0 });
    const reasons = results.cases.filter(({ outcome }) => outcome === 'skipped').map((skip) => skip.reason);
    expect(new Set(reasons)).toEqual(new Set([`not run: ${reason}`]));
    expect(results).toMatchObject(ended);
    if (why === undefined) return;
    expect(results.verdict.reasons).toEqual([
      expect.stringMatching(
        `^${late}; ${skipped} of ${cases.length} cases did not run; \\d+ % of the waiting time was for the `,
      ),
    ]);
  });

  test('fails if a case failed', async () => {
    await using target = await targetOf(jsonServer(bound));
    const limit = new AbortController();
    const onResult = ({ outcome }: CaseResult): void => {
      if (outcome === 'failed') limit.abort(new CutShort(late));
    };
    const { results } = await verify(target, ordinary, { signal: limit.signal, onResult });
    expect(results.verdict.exitCode).toBe(1);
    expect(results.summary.failed).toBeGreaterThan(0);
  });

  test('ends during requests, set-ups and teardowns', async () => {
    await using reference = await openReferenceTarget();
    const limit = new AbortController();
    const hang = (signal?: AbortSignal): Promise<void> =>
      new Promise((resolve) => {
        if (signal?.aborted === true) resolve();
        else signal?.addEventListener('abort', () => resolve(), { once: true });
      });
    let teardowns = 0;
    const target: Target = {
      ...reference,
      send: async (_request, signal) => {
        queueMicrotask(() => limit.abort(new CutShort(late)));
        await hang(signal);
        return { kind: 'no-answer', reason: 'aborted', detail: 'interrupted', durationMs: 0, stale: false };
      },
      states: {
        ...reference.states,
        teardown: async (_setup, signal) => {
          teardowns += 1;
          await hang(signal);
          return 'no answer';
        },
      },
    };
    const { results } = await verify(target, ordinary, { signal: limit.signal });
    expect(teardowns).toBe(1);
    expect(results.summary).toMatchObject({ skipped: ordinary.length });
    expect(results.verdict.exitCode).toBe(3);
  });

  test('ends after its first failed case', async () => {
    await using target = await targetOf(jsonServer(bound));
    const endsAfter = ({ outcome }: CaseResult): boolean => outcome === 'failed';
    const { results } = await verify(target, ordinary, { concurrency: 1, endsAfter });
    expect(results.summary.failed).toBe(1);
    expect(results.summary.skipped).toBeGreaterThan(500);
    expect(results.cases.at(-1)).toMatchObject({
      outcome: 'skipped',
      reason: 'not run: stopped after a failed case (--fail-fast)',
    });
    expect(results.verdict).toMatchObject({
      exitCode: 1,
      reasons: ['1 case failed', expect.stringMatching(/^stopped .* cases did not run$/)],
    });
  });
});

test('measures waiting for the states and for the target', async () => {
  await using reference = await openReferenceTarget();
  let now = 0;
  using clock = vi.spyOn(performance, 'now').mockImplementation(() => now);
  const delayed = async <Answer>(ms: number, answer: Promise<Answer>): Promise<Answer> => {
    const received = await answer;
    now += ms;
    return received;
  };
  const { states } = reference;
  const slow = withStates(reference, {
    setup: (state, signal) => delayed(60, states.setup(state, signal)),
    teardown: (setup, signal) => delayed(30, states.teardown(setup, signal)),
  });
  const target: Target = { ...slow, send: (request, signal) => delayed(10, reference.send(request, signal)) };
  const { run } = await verify(target, chosen('dk/too-short'), { concurrency: 1 });
  clock.mockRestore();
  const requests = run.results[0]?.attempts.length ?? 0;
  expect(run).toMatchObject({ statesMs: 90, targetMs: requests * 10 });
  expect(statesShare({ statesMs: 90, targetMs: 10 })).toBe(0.9);
});

test.each([
  ['without a leak', {}, { outcome: 'passed' }],
  [
    'unless it leaks',
    { body: new TextEncoder().encode('Traceback (most recent call last):\n  File "/srv/bind.py", line 7, in bind') },
    { outcome: 'failed', cause: 'unexpected HTTP 502' },
  ],
])('accepts HTTP 502 of a gateway only where the server may close the connection, %s', async (_, answer, want) => {
  await using reference = await openReferenceTarget();
  // A large body: the server may close the connection. A small one: it must read it.
  const gateway = changeAnswers(reference, (_response, request) =>
    request.ownConnection === true ? { ...answer, httpStatus: 502 } : {},
  );
  const { results } = await verify(gateway, chosen('robustness/ten-megabytes', 'robustness/empty'));
  expect(results.cases).toMatchObject([
    { id: 'robustness/empty', outcome: 'failed', cause: 'unexpected HTTP 502' },
    { id: 'robustness/ten-megabytes', ...want },
  ]);
});

test('keeps only the digest of a long answer', async () => {
  const body = `{"code":200,"msg":"","data":{"verified":1},"more":"${'x'.repeat(100_000)}"}`;
  await using target = await targetOf(
    httpServer((_request, response) => {
      response.setHeader('content-type', 'application/json').end(body);
    }),
  );
  const [plain] = chosen('bind/plain');
  const seen: Answer[] = [];
  const steps = (plain?.steps ?? []).map((step): Step => {
    const together = (answers: readonly Answer[]): undefined => void seen.push(...answers);
    return 'timed' in step ? step : { ...step, together };
  });
  const { results } = await verify(target, plain === undefined ? [] : [{ ...plain, steps }]);
  expect(results.summary).toMatchObject({ passed: 1 });
  expect(seen).toMatchObject([{ code: 200, bound: true, body: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) } }]);
});

test('removes all listeners of a case', async () => {
  await using reference = await openReferenceTarget();
  const counts: number[] = [];
  const signals = new Set<AbortSignal>();
  const target: Target = {
    ...reference,
    send: (request, signal) => {
      if (signal !== undefined) {
        signals.add(signal);
        counts.push(getEventListeners(signal, 'abort').length);
      }
      return reference.send(request, signal);
    },
  };
  const some = chosen('bind/plain', 'dk/too-short', 'property/single-fault', 'race/identical');
  const signal = new AbortController().signal;
  await verify(target, some, { concurrency: 1, runs: 100, signal });
  expect(counts.length).toBeGreaterThan(100);
  // One of the case's grace period, and one of each concurrent request.
  expect(Math.max(...counts)).toBeLessThanOrEqual(21);
  for (const used of [signal, ...signals]) expect(getEventListeners(used, 'abort')).toEqual([]);
});

/** Runs the case of a long name against a target that reports its first `late` answers as late. */
async function outcomeWith(late: number): Promise<{ outcome: string | undefined; cause: string | undefined }> {
  await using target = await openReferenceTarget();
  let left = late;
  const watched = changeAnswers(target, (_response, { body }) => {
    if (!(body instanceof Uint8Array) || body.length <= 50_000 || left === 0) return {};
    left -= 1;
    return { durationMs: 60_000 };
  });
  const { outcome, cause } = (await verify(watched, chosen('robustness/long-name'))).run.results[0] ?? {};
  return { outcome, cause };
}

test.each([
  ['in time', 0, { outcome: 'passed', cause: undefined }],
  ['late twice', 2, { outcome: 'passed', cause: undefined }],
  ['late each time', Number.POSITIVE_INFINITY, { outcome: 'failed', cause: 'the answer took too long' }],
])('judges an answer that is %s', async (_, late, want) => {
  expect(await outcomeWith(late)).toEqual(want);
});

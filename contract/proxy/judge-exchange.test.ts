import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { defaultDialect } from '../../spec/pure-bt/dialect.ts';
import { operation } from '../../spec/pure-bt/operation.ts';
import * as check from '../pure-bt/explain/check-request.ts';
import { device, jwt, seal, signedBody } from '../pure-bt/explain/testing/device.ts';
import { payload } from '../pure-bt/payload.ts';
import { findFixtures } from '../targets/fixture.ts';
import { type Judged, judgeExchange } from './judge-exchange.ts';
import { startJudgeThread } from './judge-thread.ts';
import type { Proxied } from './start-proxy.ts';

const here = Math.floor(Date.now() / 1000);
const token = jwt({ iss: 'enduser', aud: 'Audience', type: 'AccessToken', exp: here + 600, nbf: here - 60 });
const { random: _, ...secrets } = { ...device, token };
const { ps, userDomainSecret } = secrets;
const ok = { code: 200, msg: '', data: { verified: 1 }, extMsg: null };
const refusal = { code: 5361, msg: '', data: null, extMsg: null };

type Change = {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly fault?: string;
  readonly fixtures?: readonly object[];
  readonly answer?: {
    readonly status?: number;
    readonly headers?: Readonly<Record<string, string>>;
    /** An object is sent as JSON. */
    readonly body?: string | Uint8Array | object;
  };
};

async function exchangeOf({
  method = 'POST',
  path = operation.path,
  headers = {},
  body,
  fault,
  answer = {},
}: Change): Promise<Proxied> {
  for await (const made of payload({ fixture: secrets, seed: 3, name: fault })) {
    const request = {
      method,
      path,
      headers: Object.entries({ 'content-type': 'application/json', ...made.headers, ...headers }),
      body: Buffer.from(body ?? JSON.stringify(made.body)),
    };
    const { body: came = ok } = answer;
    const response = {
      httpStatus: answer.status ?? 200,
      headers: Object.entries({ 'content-type': 'application/json', ...answer.headers }),
      body: Buffer.from(came instanceof Uint8Array || typeof came === 'string' ? came : JSON.stringify(came)),
      truncated: false,
      durationMs: 1,
    };
    return { request, exchange: { kind: 'answer', response }, sentAt: new Date(0) };
  }
  throw new Error('no payload');
}

async function judged(change: Change): Promise<Judged> {
  const given = (change.fixtures ?? [secrets]).map((one) => ({ ...one }));
  const fixtures = check.readSecrets(given, {});
  return judgeExchange(await exchangeOf(change), { ...check, dialect: defaultDialect, showSecrets: false, fixtures });
}

/** The remarks in short: `request wrong signature`, `answer warning: text`. */
function short({ request, answer }: Judged): readonly string[] {
  return [
    ...request.map(({ kind, about }) => `request ${kind} ${about}`),
    ...answer.map(({ kind, says }) => `answer ${kind}: ${says}`),
  ];
}

const zipped = gzipSync(JSON.stringify(ok));
const gzip = { 'content-encoding': 'gzip' };

test.each<[string, Change, readonly (string | RegExp)[]]>([
  ['a correct exchange', {}, []],
  ['a correct exchange below a prefix, with a query', { path: `/api${operation.path}?a=1` }, []],
  ['a refusal with a documented code', { answer: { body: refusal } }, []],
  ['the secrets of the product alone', { fixtures: [{ ps, userDomainSecret }] }, []],
  ['the fixture of another device', { fixtures: [{ ...secrets, dk: 'OTHER1234' }] }, ['request note secrets']],
  [
    'the fixture of the device before that of the product',
    { fixtures: [{ ps, userDomainSecret: 'another' }, secrets] },
    [],
  ],
  ['no secrets', { fixtures: [], fault: 'signature/without-secret', answer: { body: refusal } }, []],
  [
    'a wrong signature that the server accepts',
    { fault: 'signature/without-secret' },
    ['request wrong signature', 'answer warning: the server answered success, although the request is wrong'],
  ],
  ['a fixture without ps', { fixtures: [{ userDomainSecret }] }, ['request note encryptedNewBindingSecret']],
  ['a wrong method', { method: 'PUT', answer: { body: refusal } }, ['request wrong method']],
  [
    'a wrong content type',
    { headers: { 'content-type': 'text/plain' }, answer: { body: refusal } },
    ['request warning content-type'],
  ],
  [
    'a body that is not JSON, refused by HTTP',
    { body: '{', answer: { status: 400, body: '' } },
    ['request wrong body'],
  ],
  [
    'HTTP 400 for a correct request',
    { answer: { status: 400 } },
    [/^answer wrong: got HTTP 400; every business outcome/],
  ],
  [
    'HTTP 401 of a gateway',
    { answer: { status: 401, body: '' } },
    [/^answer warning: the target answered HTTP 401 without an envelope/],
  ],
  ['an answer without msg', { answer: { body: '{"code":200}' } }, [/^answer wrong: the envelope is wrong/]],
  [
    'a stack trace in the answer',
    { answer: { body: { ...refusal, msg: 'at bind (/srv/app/bind.js:10:5)' } } },
    ['answer wrong: the answer leaks a stack trace'],
  ],
  [
    'a code outside the document',
    { answer: { body: { ...refusal, code: 4999 } } },
    ['answer warning: got 4999 (not in the document)'],
  ],
  ['HTTP 429', { answer: { status: 429, body: '' } }, [/^answer warning: HTTP 429/]],
  ['the ps in the answer', { answer: { body: { ...refusal, msg: ps } } }, ['answer wrong: the answer leaks the ps']],
  [
    'the token in the answer, without a fixture',
    { fixtures: [], answer: { headers: { 'x-token': token } } },
    ['answer wrong: the answer leaks the token'],
  ],
  ['gzip that was asked for', { headers: { 'accept-encoding': 'gzip' }, answer: { headers: gzip, body: zipped } }, []],
  ['gzip that was not asked for', { answer: { headers: gzip, body: zipped } }, [/^answer wrong/]],
  [
    'damaged gzip',
    { headers: { 'accept-encoding': 'gzip' }, answer: { headers: gzip, body: zipped.subarray(0, 9) } },
    [/^answer wrong/],
  ],
])('%s', async (_name, change, expected) => {
  const found = short(await judged(change));
  expect(found).toHaveLength(expected.length);
  for (const [at, one] of expected.entries()) expect(found[at]).toMatch(one);
});

test.each([
  ['another path', { path: '/login' }],
  ['a preflight of a browser', { method: 'OPTIONS' }],
])('does not judge %s', async (_name, change) => {
  expect(await judged({ ...change, answer: { status: 500, body: 'at a (/srv/b.js:1:1)' } })).toMatchObject({
    ofOperation: false,
    request: [],
    answer: [],
  });
});

test('finds fixtures in a fixture, a list, a map and a configuration', () => {
  const one = { pk: 'a', ps: 'b' };
  for (const value of [one, [one], { first: one }, { fixtures: { 'a state': [one] }, url: 'http://a' }])
    expect(findFixtures(value, operation)).toEqual([one]);
  for (const value of [null, 1, 'pk', [], {}, { url: 'http://a' }, [[[[[one]]]]]])
    expect(findFixtures(value, operation)).toEqual([]);
});

test('notes a field that is given twice, also with the same value', async () => {
  const body = JSON.stringify(signedBody({ pwd: undefined })).replace('{', `{"dk":"${device.dk}",`);
  const { request } = await judged({ body });
  expect(request.map(({ kind, says }) => `${kind} ${says}`)).toEqual([
    'note dk is given more than once; servers differ in which one they use',
  ]);
});

test('shows no part of a secret that was used as an IV', async () => {
  const iv = userDomainSecret.slice(3, 19);
  const sealed = seal(`${device.pk},${device.dk},${device.bindingSecret}`, ps, iv);
  const { request } = await judged({ body: JSON.stringify(signedBody({ encryptedNewBindingSecret: sealed })) });
  expect(request[0]?.about).toBe('encryptedNewBindingSecret');
  const said = JSON.stringify(request);
  for (let at = 0; at + 8 <= userDomainSecret.length; at += 1) {
    expect(said).not.toContain(userDomainSecret.slice(at, at + 8));
  }
});

describe('a thread', () => {
  const given = { fixtures: [secrets], showSecrets: false };

  test('judges in order, with the same results as without a thread', async () => {
    const exchanges = await Promise.all([
      exchangeOf({ fault: 'signature/without-secret' }),
      exchangeOf({ fault: 'dk/too-short' }),
      exchangeOf({ method: 'PUT' }),
    ]);
    await using thread = startJudgeThread(check, defaultDialect, given);
    const found = await Promise.all(exchanges.map((one) => thread.judge(one)));
    const options = { ...check, ...given, dialect: defaultDialect };
    expect(found).toEqual(exchanges.map((one) => judgeExchange(one, options)));
    expect(found.map((one) => one?.request.find(({ kind }) => kind === 'wrong')?.about)).toEqual([
      'signature',
      'fields',
      'method',
    ]);
  });

  test('refuses exchanges while 200 wait, and ends after those that it accepted', async () => {
    const one = await exchangeOf({ fault: 'dk/too-short' });
    const results: unknown[] = [];
    {
      await using thread = startJudgeThread(check, defaultDialect, given);
      for (let count = 0; count < 200; count += 1) void thread.judge(one)?.then((found) => results.push(found));
      expect(thread.judge(one)).toBeUndefined();
    }
    expect(results).toHaveLength(200);
  });

  test('rejects when the thread breaks', async () => {
    await using thread = startJudgeThread({ module: 'file:///none.ts' }, defaultDialect, given);
    await expect(thread.judge(await exchangeOf({}))).rejects.toThrow(/none\.ts/);
  });
});

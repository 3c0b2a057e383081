import { createCipheriv } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Change } from '../../../generators/pure-bt/request.ts';
import { buildRequest } from '../../../generators/pure-bt/request.ts';
import { seededRandom } from '../../../generators/random.ts';
import type { Fixture, StateName } from '../../../spec/family/states.ts';
import { stateNames } from '../../../spec/family/states.ts';
import { documentedCodes } from '../../../spec/pure-bt/catalogue.ts';
import { defaultDialect } from '../../../spec/pure-bt/dialect.ts';
import { operation } from '../../../spec/pure-bt/operation.ts';
import { operationPath } from '../../../spec/pure-bt/path.ts';
import { listSecrets } from '../../mask.ts';
import { wrongSignature } from '../cases/two-users.ts';
import type { StartedStrictMock, StrictMockOptions } from './strict-mock.ts';
import { startStrictMock } from './strict-mock.ts';
import { waysToCodes } from './ways.ts';

const ready: StateName = 'a device ready to bind';
const bound: StateName = 'a device the user has already bound';
type Fixtures = Readonly<Record<string, readonly Fixture[]>>;
type Answer = { readonly status: number; readonly code: number; readonly extMsg: unknown; readonly explained: string };

function start(options: Partial<StrictMockOptions> = {}): Promise<StartedStrictMock> {
  return startStrictMock({ seed: 1, ...options });
}

async function fixturesOf({ url }: StartedStrictMock): Promise<Fixtures> {
  return ((await (await fetch(`${url}/_fixtures`)).json()) as { fixtures: Fixtures }).fixtures;
}

function fixtureOf(fixtures: Fixtures, state: string): Fixture {
  const [fixture] = fixtures[state] ?? [];
  if (fixture === undefined) throw new Error(`no fixture for ${state}`);
  return fixture;
}

let count = 0;

async function send(
  { url }: StartedStrictMock,
  fixture: Fixture,
  changes: readonly Change[] = [],
  headers: Record<string, string> = {},
): Promise<Answer> {
  count += 1;
  const context = { fixture, dialect: defaultDialect, random: seededRandom(1, count), keys: {} };
  const { http } = buildRequest(context, changes);
  const response = await fetch(url + operationPath, {
    method: 'POST',
    headers: { ...Object.fromEntries(http.headers), ...headers },
    body: Buffer.from(http.body as Uint8Array),
  });
  const { code, extMsg } = (await response.json()) as { code: number; extMsg: unknown };
  return { status: response.status, code, extMsg, explained: response.headers.get('x-bindgate-explain') ?? '' };
}

async function reset({ url }: StartedStrictMock): Promise<void> {
  expect((await fetch(`${url}/_reset`, { method: 'POST' })).status).toBe(200);
}

test('has a way to every documented code and from every state', () => {
  const codes = new Set(waysToCodes.map(({ code }) => code));
  expect(documentedCodes.filter(({ code }) => !codes.has(code))).toEqual([]);
  expect(new Set(waysToCodes.map(({ state }) => state))).toEqual(new Set(stateNames));
});

test('gives the code of each way, and explains each refusal without a secret', async () => {
  await using mock = await start({ explain: 'header' });
  const fixtures = await fixturesOf(mock);
  for (const { code, state, send: what, requests } of waysToCodes) {
    await reset(mock);
    const fixture = fixtureOf(fixtures, state);
    const answers: Answer[] = [];
    for (const changes of requests) answers.push(await send(mock, fixture, changes));
    const last = answers.at(-1);
    expect(last?.code, `${state}: ${what}`).toBe(code);
    expect(last?.explained ?? '', `${state}: ${what}`).toMatch(code === 200 ? /^$/ : /^[\x20-\x7e]{10,1100}$/);
    for (const [name, value] of listSecrets(fixture, operation)) {
      expect(last?.explained.includes(value), `${state}: ${what} shows ${name}`).toBe(false);
    }
  }
});

test('lets pages of any origin use the mock, but not its states endpoint', async () => {
  await using mock = await start();
  const origin = async (url: string, method: string): Promise<string | null> => {
    const headers = { origin: 'http://page.test', 'access-control-request-method': 'POST' };
    return (await fetch(url, { method, headers })).headers.get('access-control-allow-origin');
  };
  expect(await origin(mock.url + operationPath, 'OPTIONS')).toBe('http://page.test');
  for (const method of ['OPTIONS', 'POST']) expect(await origin(mock.statesUrl, method)).toBeNull();
});

test('has the same devices each time, other ones for another seed, and brings them back on reset', async () => {
  await using mock = await start();
  await using same = await start();
  await using other = await start({ seed: 2 });
  const fixtures = await fixturesOf(mock);
  expect(await fixturesOf(same)).toEqual(fixtures);
  expect(fixtureOf(await fixturesOf(other), ready).dk).not.toBe(fixtureOf(fixtures, ready).dk);
  const fixture = fixtureOf(fixtures, ready);
  const codes = [(await send(mock, fixture)).code, (await send(mock, fixture)).code];
  await reset(mock);
  expect([...codes, (await send(mock, fixture)).code]).toEqual([200, 5049, 200]);
});

test('shows one fixture by its state, or every fixture', async () => {
  await using mock = await start();
  const one = async (state: string): Promise<unknown> =>
    (await fetch(`${mock.url}/_fixtures?${new URLSearchParams({ state })}`)).json();
  expect(await one(bound)).toEqual(fixtureOf(await fixturesOf(mock), bound));
  expect(await one('toString')).toEqual({ message: 'this state is not known; GET /_fixtures shows every state' });
});

describe('fixtures that are given', () => {
  test('work as those that a mock made up; other states get made-up ones; the answer does not show them', async () => {
    await using first = await start({ seed: 7 });
    const made = await fixturesOf(first);
    const value = { url: 'http://127.0.0.1', fixtures: { [ready]: made[ready], [bound]: made[bound] } };
    await using mock = await start({ fixtures: { value, where: 'mine.json' } });
    expect((await send(mock, fixtureOf(made, ready))).code).toBe(200);
    expect((await send(mock, fixtureOf(made, bound))).code).toBe(5049);
    expect(mock.ways.map(({ state }) => state)).toEqual(waysToCodes.map(({ state }) => state));
    const hidden = await fetch(`${mock.url}/_fixtures`);
    expect([hidden.status, await hidden.text()]).toEqual([404, expect.not.stringContaining(fixtureOf(made, ready).ps)]);
  });

  test('may share a product and a user, with any text as a token', async () => {
    await using first = await start();
    const device = { ...fixtureOf(await fixturesOf(first), ready), token: 'test-token' };
    const value = { [ready]: [device, { ...device, dk: 'ABCD0001' }], [bound]: [{ ...device, dk: 'ABCD0002' }] };
    await using mock = await start({ fixtures: { value, where: 'mine.json' } });
    const codes: number[] = [];
    for (const fixture of [...value[ready], ...value[bound]]) codes.push((await send(mock, fixture)).code);
    expect(codes).toEqual([200, 200, 5049]);
    expect((await send(mock, { ...device, token: 'test-token2' })).code).toBe(5032);
  });

  test.each<[string, (device: Fixture) => unknown, RegExp]>([
    ['a list', () => [], /^mine.json has no fixtures; it must contain \{ "fixtures": /],
    ['a text', () => 'x', /^mine.json has no fixtures/],
    [
      'an unknown state',
      () => ({ 'a device ready to bnd': [] }),
      /unknown state .* did you mean "a device ready to bind"/,
    ],
    ['one device', (device) => ({ [ready]: device }), /\["a device ready to bind"\] must be a list of fixtures/],
    ['a device without ps', ({ ps: _, ...rest }) => ({ [ready]: [rest] }), /\[0\]: the fixture has no "ps"/],
    ['a device twice', (device) => ({ [ready]: [device, device] }), /listed twice/],
    [
      'a dk with a hyphen',
      (device) => ({ [ready]: [{ ...device, dk: 'AC-7' }] }),
      /\[0\] has a dk "AC-7" that does not match/,
    ],
    [
      'a product with two modes',
      (device) => ({
        [ready]: [device],
        'a device bound by another user, binding mode single': [{ ...device, dk: 'ABCD0001' }],
      }),
      /^mine.json\["a device bound by .* single"\]\[0\]: another state gives the same pk, and its product differs; give/,
    ],
    [
      'a user with and without permission',
      (device) => ({ [ready]: [device], 'a user without permission': [{ ...device, dk: 'ABCD0001' }] }),
      /another state gives the same token, and its user differs/,
    ],
  ])('are refused in one line: %s', async (_, change, message) => {
    await using first = await start();
    const value = change(fixtureOf(await fixturesOf(first), ready));
    const refused = await start({ fixtures: { value, where: 'mine.json' } }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ name: 'UserError', exitCode: 2, message: expect.stringMatching(message) });
  });
});

describe('Prefer', () => {
  test('selects a documented code and changes nothing', async () => {
    await using mock = await start({ explain: 'header' });
    const fixture = fixtureOf(await fixturesOf(mock), ready);
    expect(await send(mock, fixture, [], { prefer: 'code=5361' })).toMatchObject({
      status: 200,
      code: 5361,
      explained: '',
    });
    expect(await send(mock, fixture, [], { prefer: 'example=E5412' })).toMatchObject({ code: 5412 });
    expect(await send(mock, fixture, [], { prefer: 'code=200' })).toMatchObject({ code: 200 });
    expect(await send(mock, fixture)).toMatchObject({ code: 200 });
  });

  test('of an unknown code is refused with all codes', async () => {
    await using mock = await start();
    const response = await fetch(mock.url + operationPath, { method: 'POST', headers: { prefer: 'code=9999' } });
    const { code, msg } = (await response.json()) as { code: number; msg: string };
    expect([response.status, code]).toEqual([404, 5000]);
    expect(msg).toBe(
      `the contract has no code 9999; its codes are ${documentedCodes.map((documented) => documented.code).join(', ')}`,
    );
  });
});

describe('an explanation', () => {
  test('names the wrong part, in the header or in extMsg', async () => {
    await using header = await start({ explain: 'header' });
    await using body = await start({ explain: 'extMsg' });
    await using none = await start();
    const fixture = fixtureOf(await fixturesOf(none), ready);
    const wrong = [await send(header, fixture, [wrongSignature]), await send(body, fixture, [wrongSignature])];
    expect(wrong).toMatchObject([
      { code: 5420, extMsg: null, explained: expect.stringMatching(/^signature: /) },
      { code: 5420, extMsg: expect.stringMatching(/^signature: /), explained: '' },
    ]);
    expect(await send(none, fixture, [wrongSignature])).toMatchObject({ code: 5420, extMsg: null, explained: '' });
  });

  test.each<[string, (fixtures: Fixtures) => Fixture, string]>([
    [
      'a state',
      (fixtures) => fixtureOf(fixtures, bound),
      `no mistake in the request; the server's records decide (state at the start: ${bound})`,
    ],
    [
      'an unknown device and user',
      (fixtures) => ({ ...fixtureOf(fixtures, ready), pk: 'p1none', dk: 'ABCD0001', token: 'a.b.c' }),
      'no fixture of this server has this pk, dk or token',
    ],
    [
      "another user's token",
      (fixtures) => ({ ...fixtureOf(fixtures, ready), token: fixtureOf(fixtures, bound).token }),
      `token: it belongs to the user of "${bound}"`,
    ],
  ])('says what is not in the request: %s', async (_, choose, says) => {
    await using mock = await start({ explain: 'header' });
    expect((await send(mock, choose(await fixturesOf(mock)))).explained).toBe(says);
  });

  test('does not call a missing token the token of another user', async () => {
    await using mock = await start({ explain: 'header' });
    const fixture = fixtureOf(await fixturesOf(mock), 'two users, binding mode single');
    const noToken: Change = { at: 'token', apply: () => undefined };
    expect((await send(mock, fixture, [noToken])).explained).toMatch(
      /^token: there is no Authorization header \(5106\)/,
    );
  });

  test('also explains devices of the states endpoint', async () => {
    await using mock = await start({ explain: 'header' });
    const body = JSON.stringify({ state: bound, params: { id: '1' }, action: 'setup' });
    const fixture = (await (await fetch(mock.statesUrl, { method: 'POST', body })).json()) as Fixture;
    expect((await send(mock, fixture)).explained).toMatch(
      /\(state at the start: a device the user has already bound\)$/,
    );
  });

  test.each([
    ['{', 'the body is not JSON: it cannot be parsed'],
    ['[]', 'the body is not a JSON object'],
    ['', 'the body is not JSON: it is empty'],
    [`{"dk":"${'A'.repeat(900_000)}"}`, 'the body has 900009 bytes; only bodies up to 16384 bytes are explained'],
  ])('says that a body cannot be read: %#', async (body, says) => {
    await using mock = await start({ explain: 'header' });
    const response = await fetch(mock.url + operationPath, { method: 'POST', body });
    expect(response.headers.get('x-bindgate-explain')).toBe(says);
  });

  test.each(['userDomainSecret', 'bindingSecret', 'token'] as const)(
    'shows no part of a secret: an IV that was cut from %s',
    async (name) => {
      await using mock = await start({ explain: 'header' });
      const fixture = fixtureOf(await fixturesOf(mock), ready);
      const iv = (fixture[name] ?? '').slice(0, 16);
      const cipher = createCipheriv('aes-128-cbc', fixture.ps, iv);
      const secret = `${fixture.pk},${fixture.dk},${fixture.bindingSecret}`;
      const sealed = cipher.update(secret, 'utf8', 'base64') + cipher.final('base64');
      const changed: Change = { at: 'signed', apply: (body) => ({ ...body, encryptedNewBindingSecret: sealed }) };
      const { explained } = await send(mock, fixture, [changed]);
      expect(explained).toMatch(/^encryptedNewBindingSecret: /);
      for (const [, value] of listSecrets(fixture, operation)) {
        for (let at = 0; at + 8 <= value.length; at += 1) expect(explained).not.toContain(value.slice(at, at + 8));
      }
    },
  );

  test('is one inert line for hostile texts', async () => {
    await using mock = await start({ explain: 'extMsg' });
    const fixture = fixtureOf(await fixturesOf(mock), ready);
    const evil: Change = {
      at: 'signed',
      apply: (body) => ({
        ...body,
        '\u001b[31m\n::error::\u202e 中文 «ps»': 1,
        signature: `\n${fixture.userDomainSecret}`,
      }),
    };
    const { extMsg } = await send(mock, fixture, [evil]);
    expect(extMsg).toMatch(/^[\x20-\x7e]+$/);
    expect(extMsg).not.toContain(fixture.userDomainSecret);
  });
});

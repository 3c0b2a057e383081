import { createCipheriv } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { buildRequest, type Change } from '../../../generators/pure-bt/request.ts';
import { seededRandom } from '../../../generators/random.ts';
import { type Fixture, type StateName, stateNames } from '../../../spec/family/states.ts';
import { documentedCodes } from '../../../spec/pure-bt/catalogue.ts';
import { defaultDialect } from '../../../spec/pure-bt/dialect.ts';
import { operation } from '../../../spec/pure-bt/operation.ts';
import { operationPath } from '../../../spec/pure-bt/path.ts';
import { listSecrets } from '../../mask.ts';
import { createStatesClient } from '../../targets/states-client.ts';
import { createStaticFixtures } from '../../targets/static-fixtures.ts';
import { openUrlTarget } from '../../targets/url.ts';
import { verify } from '../../verify.ts';
import { wrongSignature } from '../cases/two-users.ts';
import { suite } from '../suite.ts';
import { type StrictMockOptions, startStrictMock } from './strict-mock.ts';
import { waysToCodes } from './ways.ts';

const ready: StateName = 'a device ready to bind';
const bound: StateName = 'a device the user has already bound';
type Fixtures = Readonly<Record<string, readonly Fixture[]>>;

let count = 0;

/** Starts a mock, and sends requests to it. */
async function open(options: Partial<StrictMockOptions> = {}) {
  const mock = await startStrictMock({ seed: 1, ...options });
  const shown = await fetch(`${mock.url}/_fixtures`);
  const { fixtures = {} } = (await shown.json()) as { fixtures?: Fixtures };
  return {
    ...mock,
    fixtures,
    fixture: (state: string = ready) => {
      const [fixture] = fixtures[state] ?? [];
      if (fixture === undefined) throw new Error(`no fixture for ${state}`);
      return fixture;
    },
    reset: async () => expect((await fetch(`${mock.url}/_reset`, { method: 'POST' })).status).toBe(200),
    send: async (fixture: Fixture, changes: readonly Change[] = [], headers: Record<string, string> = {}) => {
      count += 1;
      const context = { fixture, dialect: defaultDialect, random: seededRandom(1, count), keys: {} };
      const { http } = buildRequest(context, changes);
      const response = await fetch(mock.url + operationPath, {
        method: 'POST',
        headers: { ...Object.fromEntries(http.headers), ...headers },
        body: Buffer.from(http.body as Uint8Array),
      });
      const { code, extMsg } = (await response.json()) as { code: number; extMsg: unknown };
      return { status: response.status, code, extMsg, explained: response.headers.get('x-bindgate-explain') ?? '' };
    },
  };
}

test('has a way to every documented code and from every state', () => {
  const codes = new Set(waysToCodes.map(({ code }) => code));
  expect(documentedCodes.filter(({ code }) => !codes.has(code))).toEqual([]);
  expect(new Set(waysToCodes.map(({ state }) => state))).toEqual(new Set(stateNames));
});

test('gives the code of each way, and explains each refusal without a secret', async () => {
  await using mock = await open({ explain: 'header' });
  for (const { code, state, send: what, requests } of waysToCodes) {
    await mock.reset();
    const fixture = mock.fixture(state);
    const [first = [], second] = requests;
    const alone = await mock.send(fixture, first);
    const last = second === undefined ? alone : await mock.send(fixture, second);
    expect(last.code, `${state}: ${what}`).toBe(code);
    expect(last.explained, `${state}: ${what}`).toMatch(code === 200 ? /^$/ : /^[\x20-\x7e]{10,1100}$/);
    for (const [name, value] of listSecrets(fixture, operation)) {
      expect(last.explained.includes(value), `${state}: ${what} shows ${name}`).toBe(false);
    }
  }
});

test('lets pages of any origin use the mock, but not its states endpoint', async () => {
  await using mock = await open();
  const origin = async (url: string, method: string): Promise<string | null> => {
    const headers = { origin: 'http://page.test', 'access-control-request-method': 'POST' };
    return (await fetch(url, { method, headers })).headers.get('access-control-allow-origin');
  };
  expect(await origin(mock.url + operationPath, 'OPTIONS')).toBe('http://page.test');
  for (const method of ['OPTIONS', 'POST']) expect(await origin(mock.statesUrl, method)).toBeNull();
});

test('has the same devices each time, other ones for another seed, and brings them back on reset', async () => {
  await using mock = await open();
  await using same = await open();
  await using other = await open({ seed: 2 });
  expect(same.fixtures).toEqual(mock.fixtures);
  expect(other.fixture().dk).not.toBe(mock.fixture().dk);
  const fixture = mock.fixture();
  const codes = [(await mock.send(fixture)).code, (await mock.send(fixture)).code];
  await mock.reset();
  expect([...codes, (await mock.send(fixture)).code]).toEqual([200, 5049, 200]);
});

test('shows one fixture by its state, or every fixture', async () => {
  await using mock = await open();
  const one = async (state: string): Promise<unknown> =>
    (await fetch(`${mock.url}/_fixtures?${new URLSearchParams({ state })}`)).json();
  expect(await one(bound)).toEqual(mock.fixture(bound));
  expect(await one('toString')).toEqual({ message: 'this state is not known; GET /_fixtures shows every state' });
});

describe('fixtures that are given', () => {
  test('work as those that a mock made up; other states get made-up ones; the answer does not show them', async () => {
    await using first = await open({ seed: 7 });
    const { [ready]: readyOnes, [bound]: boundOnes } = first.fixtures;
    const value = { url: 'http://127.0.0.1', fixtures: { [ready]: readyOnes, [bound]: boundOnes } };
    await using mock = await open({ fixtures: { value, where: 'mine.json' } });
    expect((await mock.send(first.fixture())).code).toBe(200);
    expect((await mock.send(first.fixture(bound))).code).toBe(5049);
    expect(mock.ways.map(({ state }) => state)).toEqual(waysToCodes.map(({ state }) => state));
    const hidden = await fetch(`${mock.url}/_fixtures`);
    expect([hidden.status, await hidden.text()]).toEqual([404, expect.not.stringContaining(first.fixture().ps)]);
  });

  test('may share a product and a user, with any text as a token', async () => {
    await using first = await open();
    const device = { ...first.fixture(), token: 'test-token' };
    const value = { [ready]: [device, { ...device, dk: 'ABCD0001' }], [bound]: [{ ...device, dk: 'ABCD0002' }] };
    await using mock = await open({ fixtures: { value, where: 'mine.json' } });
    const codes: number[] = [];
    for (const fixture of [...value[ready], ...value[bound]]) codes.push((await mock.send(fixture)).code);
    expect(codes).toEqual([200, 200, 5049]);
    expect((await mock.send({ ...device, token: 'test-token2' })).code).toBe(5032);
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
    await using first = await open();
    const value = change(first.fixture());
    const refused = await open({ fixtures: { value, where: 'mine.json' } }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ name: 'UserError', exitCode: 2, message: expect.stringMatching(message) });
  });
});

describe('Prefer', () => {
  test('selects a documented code and changes nothing', async () => {
    await using mock = await open({ explain: 'header' });
    const fixture = mock.fixture();
    expect(await mock.send(fixture, [], { prefer: 'code=5361' })).toMatchObject({
      status: 200,
      code: 5361,
      explained: '',
    });
    expect(await mock.send(fixture, [], { prefer: 'example=E5412' })).toMatchObject({ code: 5412 });
    expect(await mock.send(fixture, [], { prefer: 'code=200' })).toMatchObject({ code: 200 });
    expect(await mock.send(fixture)).toMatchObject({ code: 200 });
  });

  test('of an unknown code is refused with all codes', async () => {
    await using mock = await open();
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
    await using header = await open({ explain: 'header' });
    await using body = await open({ explain: 'extMsg' });
    await using none = await open();
    const fixture = none.fixture();
    const wrong = [await header.send(fixture, [wrongSignature]), await body.send(fixture, [wrongSignature])];
    expect(wrong).toMatchObject([
      { code: 5420, extMsg: null, explained: expect.stringMatching(/^signature: /) },
      { code: 5420, extMsg: expect.stringMatching(/^signature: /), explained: '' },
    ]);
    expect(await none.send(fixture, [wrongSignature])).toMatchObject({ code: 5420, extMsg: null, explained: '' });
  });

  test.each<[string, (ready: Fixture, bound: Fixture) => Fixture, string]>([
    [
      'a state',
      (_, other) => other,
      `no mistake in the request; the server's records decide (state at the start: ${bound})`,
    ],
    [
      'an unknown device and user',
      (fixture) => ({ ...fixture, pk: 'p1none', dk: 'ABCD0001', token: 'a.b.c' }),
      'no fixture of this server has this pk, dk or token',
    ],
    [
      "another user's token",
      (fixture, { token }) => ({ ...fixture, token }),
      `token: it belongs to the user of "${bound}"`,
    ],
  ])('says what is not in the request: %s', async (_, choose, says) => {
    await using mock = await open({ explain: 'header' });
    expect((await mock.send(choose(mock.fixture(), mock.fixture(bound)))).explained).toBe(says);
  });

  test('does not call a missing token the token of another user', async () => {
    await using mock = await open({ explain: 'header' });
    const fixture = mock.fixture('two users, binding mode single');
    const noToken: Change = { at: 'token', apply: () => undefined };
    expect((await mock.send(fixture, [noToken])).explained).toMatch(
      /^token: there is no Authorization header \(5106\)/,
    );
  });

  test('also explains devices of the states endpoint', async () => {
    await using mock = await open({ explain: 'header' });
    const body = JSON.stringify({ state: bound, params: { id: '1' }, action: 'setup' });
    const fixture = (await (await fetch(mock.statesUrl, { method: 'POST', body })).json()) as Fixture;
    expect((await mock.send(fixture)).explained).toMatch(
      /\(state at the start: a device the user has already bound\)$/,
    );
  });

  test.each([
    ['{', 'the body is not JSON: it cannot be parsed'],
    ['[]', 'the body is not a JSON object'],
    ['', 'the body is not JSON: it is empty'],
    [`{"dk":"${'A'.repeat(900_000)}"}`, 'the body has 900009 bytes; only bodies up to 16384 bytes are explained'],
  ])('says that a body cannot be read: %#', async (body, says) => {
    await using mock = await open({ explain: 'header' });
    const response = await fetch(mock.url + operationPath, { method: 'POST', body });
    expect(response.headers.get('x-bindgate-explain')).toBe(says);
  });

  test.each(['userDomainSecret', 'bindingSecret', 'token'] as const)(
    'shows no part of a secret: an IV that was cut from %s',
    async (name) => {
      await using mock = await open({ explain: 'header' });
      const fixture = mock.fixture();
      const iv = (fixture[name] ?? '').slice(0, 16);
      const cipher = createCipheriv('aes-128-cbc', fixture.ps, iv);
      const secret = `${fixture.pk},${fixture.dk},${fixture.bindingSecret}`;
      const sealed = cipher.update(secret, 'utf8', 'base64') + cipher.final('base64');
      const changed: Change = { at: 'signed', apply: (body) => ({ ...body, encryptedNewBindingSecret: sealed }) };
      const { explained } = await mock.send(fixture, [changed]);
      expect(explained).toMatch(/^encryptedNewBindingSecret: /);
      for (const [, value] of listSecrets(fixture, operation)) {
        for (let at = 0; at + 8 <= value.length; at += 1) expect(explained).not.toContain(value.slice(at, at + 8));
      }
    },
  );

  test('is one inert line for hostile texts', async () => {
    await using mock = await open({ explain: 'extMsg' });
    const fixture = mock.fixture();
    const evil: Change = {
      at: 'signed',
      apply: (body) => ({
        ...body,
        '\u001b[31m\n::error::\u202e 中文 «ps»': 1,
        signature: `\n${fixture.userDomainSecret}`,
      }),
    };
    const { extMsg } = await mock.send(fixture, [evil]);
    expect(extMsg).toMatch(/^[\x20-\x7e]+$/);
    expect(extMsg).not.toContain(fixture.userDomainSecret);
  });
});

describe('like any other server', () => {
  test('is verified with its states endpoint: all 24 codes', async () => {
    await using mock = await open();
    await using target = openUrlTarget({ baseUrl: mock.url }, createStatesClient({ operation, url: mock.statesUrl }));
    // Ten cases of each code; the reference itself is verified with every case.
    const chosen = operation.codes.flatMap(({ code }) =>
      suite.cases.filter((tested) => tested.code === code).slice(0, 10),
    );
    const { cases, results } = await verify({ target, suite, cases: chosen, seed: 42, concurrency: 4 });
    const notPassed = cases.filter(({ outcome }) => outcome !== 'passed' && outcome !== 'skipped');
    expect(notPassed.map(({ case: { id }, reason }) => [id, reason])).toEqual([]);
    expect(results.codes.filter(({ status }) => status === 'covered').length).toBe(24);
  });

  test('is verified with its fixtures, each used once: no case fails', async () => {
    await using mock = await open();
    await using target = openUrlTarget(
      { baseUrl: mock.url },
      createStaticFixtures(mock.fixtures, 'fixtures', operation),
    );
    const { cases } = await verify({ target, suite, seed: 42 });
    const count = (wanted: string): number => cases.filter(({ outcome }) => outcome === wanted).length;
    expect([count('failed'), count('error'), count('warned')]).toEqual([0, 0, 0]);
    expect(count('passed')).toBeGreaterThan(20);
  });
});

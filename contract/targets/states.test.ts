import { describe, expect, test } from 'vitest';
import type { Fixture } from '../../spec/family/states.ts';
import { type Dialect, defaultDialect } from '../../spec/pure-bt/dialect.ts';
import { operation } from '../../spec/pure-bt/operation.ts';
import {
  goodFixture,
  httpServer,
  jsonServer,
  rawServer,
  statesServer,
  type TestServer,
  tcpServer,
} from '../testing/servers.ts';
import { findContradiction, readFixture } from './fixture.ts';
import type { StateSetup } from './state-source.ts';
import { createStatesClient } from './states-client.ts';
import { createStaticFixtures } from './static-fixtures.ts';

const ready = 'a device ready to bind';

async function setupAt(url: string): Promise<StateSetup> {
  await using states = createStatesClient({ operation, url: `${url}/s`, timeoutMs: 300 });
  return await states.setup(ready);
}

describe('a fixture', () => {
  test('is read without the scheme of its token', () => {
    for (const token of ['a.b.c', 'Bearer a.b.c', 'bearer  a.b.c']) {
      expect(readFixture(ready, { ...goodFixture(1), token }, operation)).toMatchObject({
        fixture: { token: 'a.b.c' },
      });
    }
  });

  test('may have null for unneeded fields', () => {
    const reading = readFixture(ready, { ...goodFixture(1), pwd: null, fid: null }, operation);
    expect('fixture' in reading && 'pwd' in reading.fixture).toBe(false);
  });

  test.each<[string, object | null, string]>([
    ['null', null, 'the fixture is null, not a JSON object'],
    ['a list', [], 'the fixture is a list, not a JSON object'],
    ['without ps', { ps: undefined }, 'the fixture has no "ps"'],
    ['with a PS of 15', { ps: 'x'.repeat(15) }, '"ps" has 15 characters and is not 16 printable ASCII characters'],
    ['with a PS of 16 that is not ASCII', { ps: 'é'.repeat(16) }, '"ps" has 16 characters and is not'],
    ['with an empty secret', { bindingSecret: '' }, '"bindingSecret" is empty'],
    ['with a blank token', { token: '   ' }, '"token" is empty'],
    ['with a token of two lines', { token: 'a\r\nx: y' }, '"token" is not a token'],
    ['with a number', { pk: 7 }, '"pk" is a number, not a string'],
  ])('is refused without showing a value: %s', (_, change, problem) => {
    const value = change === null || Array.isArray(change) ? change : { ...goodFixture(1), ...change };
    const reading = readFixture(ready, value, operation);
    expect('problem' in reading ? reading.problem : '').toContain(problem);
  });

  test('must have the fields that its state needs', () => {
    const { otherToken: _, ...fixture } = goodFixture(1);
    expect(readFixture('two users, binding mode single', fixture, operation)).toEqual({
      problem: 'the fixture has no "otherToken"',
    });
  });
});

const endpoints: readonly (readonly [string, () => Promise<TestServer>, StateSetup['kind'], RegExp])[] = [
  ['404', () => jsonServer({ message: 'no such state' }, 404), 'unsupported', /answered 404: no such state/],
  [
    '400 with a hostile message',
    () => jsonServer({ error: '\u001b[31m\n::error::x' }, 400),
    'unsupported',
    /\\x1b\[31m\\n::error::x/,
  ],
  ['401', () => jsonServer({}, 401), 'broken', /refused the request \(HTTP 401\); check states.url and states.headers/],
  ['403', () => jsonServer({ message: 'no' }, 403), 'broken', /refused the request \(HTTP 403: no\); check states.url/],
  ['501', () => jsonServer({ message: 'not yet' }, 501), 'unsupported', /answered 501: not yet/],
  ['500', () => jsonServer({ message: 'boom' }, 500), 'broken', /answered HTTP 500 .*: boom/],
  ['always 503', () => jsonServer({}, 503), 'broken', /answered HTTP 503/],
  ['a redirect', () => jsonServer({}, 302), 'broken', /answered HTTP 302/],
  ['HTML', () => rawServer('HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\n<html>'), 'broken', /a body that is not JSON/],
  ['nothing', () => rawServer('HTTP/1.1 204 No Content\r\n\r\n'), 'broken', /a body that is not JSON: it is empty/],
  ['a list', () => jsonServer([]), 'broken', /wrong fixture: the fixture is a list/],
  ['null', () => jsonServer(null), 'broken', /wrong fixture: the fixture is null/],
  ['half a body', () => rawServer('HTTP/1.1 200 OK\r\ncontent-length: 60\r\n\r\n{"pk"'), 'broken', /did not answer/],
  ['a reset', () => tcpServer((socket) => socket.resetAndDestroy()), 'broken', /did not answer/],
  ['silence', () => tcpServer(() => undefined), 'broken', /did not answer: no whole answer within 300 ms/],
  ['a fixture without a dk', () => statesServer(({ dk: _, ...rest }) => rest), 'broken', /has no "dk"/],
  [
    'a PS of 15',
    () => statesServer((fixture) => ({ ...fixture, ps: 'x'.repeat(15) })),
    'broken',
    /"ps" has 15 characters/,
  ],
  ['a good fixture', () => statesServer(), 'ready', /./],
];

test.concurrent.each(endpoints)('handles a states endpoint that answers %s', async (_, start, kind, reason) => {
  await using server = await start();
  const setup = await setupAt(server.url);
  expect(setup.kind).toBe(kind);
  if (setup.kind !== 'ready') expect(setup.reason).toMatch(reason);
});

test.each<[string, string | undefined, RegExp]>([
  [
    'http://127.0.0.1:9/s',
    undefined,
    /127\.0\.0\.1:9\/s did not answer: connection refused; start it or correct --states$/,
  ],
  ['http://127.0.0.1:9/s', '--b-states', /; start it or correct --b-states$/],
])('names the flag of %s if nothing listens there: %s', async (url, flag, reason) => {
  await using states = createStatesClient({ operation, url, flag });
  expect(await states.setup(ready)).toMatchObject({ kind: 'broken', reason: expect.stringMatching(reason) });
});

test('gives an example of a states URL', () => {
  expect(() => createStatesClient({ operation, url: 'localhost' })).toThrow(
    '--states "localhost" is not an http or https URL; give one such as http://127.0.0.1:8080/_states',
  );
});

test('refuses a device that was returned before', async () => {
  await using server = await statesServer((fixture) => ({ ...fixture, dk: 'ALWAYSTHESAME' }));
  await using states = createStatesClient({ operation, url: server.url });
  expect((await states.setup(ready)).kind).toBe('ready');
  expect(await states.setup('home mode on')).toMatchObject({
    kind: 'broken',
    reason: expect.stringContaining('earlier set-up'),
  });
});

test('repeats a set-up after 429 and sends its id in the teardown', async () => {
  const asked: { action: string; params: { id: string } }[] = [];
  await using server = await httpServer((_request, response, body) => {
    asked.push(JSON.parse(body) as (typeof asked)[number]);
    response.writeHead(asked.length === 1 ? 429 : 200, { 'retry-after': '0.01' }).end(JSON.stringify(goodFixture(1)));
  });
  await using states = createStatesClient({ operation, url: server.url });
  const setup = await states.setup(ready);
  if (setup.kind !== 'ready') throw new Error(setup.reason);
  expect(await states.teardown(setup)).toBeUndefined();
  expect(asked.map(({ action }) => action)).toEqual(['setup', 'setup', 'teardown']);
  expect(new Set(asked.map(({ params }) => params.id)).size).toBe(1);
});

describe('static fixtures', () => {
  const device = (count: number): Fixture => goodFixture(count);

  test('are used once each', async () => {
    await using states = createStaticFixtures({ [ready]: [device(1), device(2)] }, 'file: fixtures', operation);
    const kinds = [
      await states.setup(ready),
      await states.setup(ready),
      await states.setup(ready),
      await states.setup('home mode on'),
    ];
    expect(kinds.map(({ kind }) => kind)).toEqual(['ready', 'ready', 'used-up', 'unsupported']);
    expect(kinds[2]).toMatchObject({ reason: `file: fixtures["${ready}"] has no device left: 2 given` });
    expect(states.given).toEqual(new Map([[ready, 2]]));
  });

  test.each<[string, Record<string, unknown>, RegExp]>([
    ['an unknown state', { 'a unicorn': [] }, /file: fixtures: unknown state "a unicorn"/],
    ['a misspelt state', { 'a devise ready to bind': [] }, /; did you mean "a device ready to bind"\?$/],
    ['no list', { [ready]: device(1) }, /must be a list/],
    [
      'a bad fixture',
      { [ready]: [{ ...device(1), ps: 'x' }] },
      /\["a device ready to bind"\]\[0\]: "ps" has 1 characters/,
    ],
    ['one device twice', { [ready]: [device(1), device(1)] }, /is listed twice/],
  ])('are refused with %s', (_, given, message) => {
    expect(() => createStaticFixtures(given, 'file: fixtures', operation)).toThrow(message);
    expect(() => createStaticFixtures(given, 'file: fixtures', operation)).toThrow(
      expect.objectContaining({ exitCode: 2 }),
    );
  });
});

test.each<[string, Partial<Fixture>, Partial<Dialect>, string | undefined]>([
  ['an undeclared format', { dk: 'AC:D9:29:6A' }, {}, undefined],
  ['a dk that matches the declared pattern', { dk: '482913' }, { dkPattern: '[0-9]{6}' }, undefined],
  [
    'a dk that does not match the declared pattern',
    { dk: 'AC-7' },
    { dkPattern: '[0-9]{6}' },
    'has a dk "AC-7" that does not match the declared dkPattern [0-9]{6}; correct one of them',
  ],
  [
    'a bindingCode that does not match the declared default',
    { bindingCode: 'abcdef0123456789' },
    { declared: ['bindingCodePattern'] },
    'has a bindingCode that does not match the declared bindingCodePattern [0-9A-F]{16}; correct one of them',
  ],
])('compares a fixture with the dialect: %s', (_, device, dialect, problem) => {
  expect(findContradiction({ ...goodFixture(1), ...device }, { ...defaultDialect, ...dialect })).toBe(problem);
});

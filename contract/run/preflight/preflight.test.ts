import { expect, test } from 'vitest';
import { writeSegment } from '../../../generators/tokens.ts';
import type { StateName } from '../../../spec/family/states.ts';
import { defaultDialect } from '../../../spec/pure-bt/dialect.ts';
import { operation } from '../../../spec/pure-bt/operation.ts';
import { operationPath } from '../../../spec/pure-bt/path.ts';
import { runAssuming } from '../../judge/assume-reading.ts';
import { cases } from '../../pure-bt/cases/all-cases.ts';
import { suite } from '../../pure-bt/suite.ts';
import { openReferenceTarget } from '../../pure-bt/targets/reference.ts';
import { noHost } from '../../targets/http-errors.ts';
import { createStaticFixtures } from '../../targets/static-fixtures.ts';
import type { Target } from '../../targets/target.ts';
import { openUrlTarget } from '../../targets/url.ts';
import { goodFixture, httpServer, jsonServer, statesServer, type TestServer } from '../../testing/servers.ts';
import { targetOf } from '../../testing/targets.ts';
import { casesUnder } from '../case.ts';
import { findCause, notFoundMessage } from './place.ts';
import { type Checked, preflight } from './preflight.ts';

const state: StateName = 'a device ready to bind';
const signal = new AbortController().signal;
const options = { state, required: true, dialect: defaultDialect, correct: suite.correct, signal };
const html = { 'content-type': 'text/html; charset=utf-8' };
const success = { code: 200, msg: '', data: { verified: 1 }, extMsg: null };
const here = Math.floor(Date.now() / 1000);

function tokenUntil(exp: number): string {
  return `${writeSegment({ alg: 'RS256' })}.${writeSegment({ exp })}.sig`;
}

/** A server with this HTTP status, body and headers in each answer. */
function answering(status: number, body: string, more: Record<string, string> = {}): () => Promise<TestServer> {
  return () => httpServer((_request, response) => response.writeHead(status, more).end(body));
}

/** A server with the operation at its path and HTTP 404 elsewhere. */
function operationAtItsPath(body: string, elsewhere: string): Promise<TestServer> {
  return httpServer((request, response) => {
    response.writeHead(request.url === operationPath ? 200 : 404, { 'content-type': 'application/json' });
    response.end(request.url === operationPath ? body : elsewhere);
  });
}

async function check(target: Target): Promise<{ problem?: string; notes?: readonly string[] }> {
  try {
    await using checked: Checked = await preflight(target, options);
    return { notes: checked.notes };
  } catch (error) {
    expect(error).toMatchObject({ exitCode: 3 });
    return { problem: (error as Error).message };
  }
}

test.each<[string, () => Promise<TestServer>, RegExp]>([
  ['401 without a body', answering(401, ''), /^the target answered HTTP 401 without an envelope: a gateway .*headers/],
  [
    '403 and an undocumented code',
    answering(403, '{"code":403}'),
    /answered HTTP 403 with code 403, which is not in the d/,
  ],
  ['404', answering(404, ''), /got HTTP 404: correct --url; .*such as \/api may be missing/],
  ['404 and an undocumented code', answering(404, '{"code":5000,"msg":""}'), /got HTTP 404: correct --url/],
  ['405', answering(405, '{"error":"no"}'), /got HTTP 405: correct --url/],
  ['an HTML page', answering(200, '\n<!DOCTYPE html><html>', html), /got an HTML page, HTTP 200: correct --url/],
])('stops if a correct request gets %s', async (_, start, message) => {
  await using target = await targetOf(start());
  expect((await check(target)).problem).toMatch(message);
});

test.each<[string, () => Promise<TestServer>]>([
  ['success', () => jsonServer(success)],
  ['a refusal', () => jsonServer({ code: 5361, msg: '' })],
  ['404 and a documented code', () => jsonServer({ code: 5314, msg: '' }, 404)],
  ['text', answering(200, 'hello')],
  ['500', answering(500, '<html>', html)],
  ['a redirect', answering(302, '<html>', { ...html, location: '/' })],
])('lets the run judge an answer with %s', async (_, start) => {
  await using target = await targetOf(start());
  expect(await check(target)).toEqual({ notes: [] });
});

test.each([
  [operationPath, "--url already contains the operation's path; use «origin»"],
  [`/api${operationPath}`, "--url already contains the operation's path; use «origin»/api"],
  ['/v2/binding', "--url already contains the beginning of the operation's path; use «origin»"],
  ['/api', "correct --url; the operation's path is appended to its path /api; try «origin»"],
])('corrects a URL that ends in %s', async (path, says) => {
  const server = operationAtItsPath(JSON.stringify(success), '{"code":5000,"msg":"no such path"}');
  await using target = await targetOf(server, statesServer(), path);
  const { url } = await server;
  expect((await check(target)).problem?.split('HTTP 404: ')[1]).toBe(says.replace('«origin»', url));
});

test('names the flag of the URL', async () => {
  const url = 'http://no-such-host.invalid';
  const silence = { kind: 'no-answer', durationMs: 1, stale: false } as const;
  const unknown = { ...silence, reason: 'unreachable', detail: `${noHost} no-such-host.invalid` } as const;
  expect((await findCause({ url }, unknown)).says).toMatch(/: no host is called no-such-host.invalid; correct --url$/);
  const refused = { ...silence, reason: 'refused', detail: 'refused' } as const;
  expect((await findCause({ url, urlFlag: '--b' }, refused)).says).toMatch(
    /: refused; start the server or correct --b$/,
  );
  expect(notFoundMessage({ url, kind: 'url', urlFlag: '--a' }, operation, 'HTTP 404')).toMatch(/: correct --a; /);
});

test('accepts a server with HTTP 404 for a missing token', async () => {
  let devices = 0;
  const server = httpServer((request, response) => {
    if (request.headers.authorization === undefined) response.writeHead(404).end();
    else response.setHeader('content-type', 'application/json').end(JSON.stringify(success));
  });
  const states = statesServer((fixture) => {
    devices += 1;
    return fixture;
  });
  await using target = await targetOf(server, states);
  expect(await check(target)).toEqual({ notes: [] });
  expect(devices).toBe(1);
});

test.each<[string, () => Promise<TestServer>, RegExp]>([
  ['401', () => jsonServer({}, 401), /refused the request \(HTTP 401\); check states.url and states.headers$/],
  [
    '404 for every state',
    () => jsonServer({}, 404),
    /^http:\S+ answered 404 to every state tried, so it is .* not the states endpoint; correct --states \(states\.url in/,
  ],
  [
    '404 for the ready state',
    () =>
      httpServer((_request, response, body) =>
        response.writeHead(body.includes(state) ? 404 : 200).end(JSON.stringify(goodFixture(1))),
      ),
    /is not supported: .*; the run needs this state \(docs\/provider-states.md\)$/,
  ],
  [
    'an expired token',
    () => statesServer((fixture) => ({ ...fixture, token: tokenUntil(here - 7_200) })),
    /^the token of the fixture for "a device ready to bind" expired 2 hours ago; let the states endpoint issue a new/,
  ],
])('stops if the states answer %s', async (_, start, message) => {
  await using target = await targetOf(jsonServer({ code: 5106, msg: '' }), start());
  expect((await check(target)).problem).toMatch(message);
});

test.each([
  ['agrees', 0, 3_600, undefined, []],
  ['is a little ahead', 240, 3_600, undefined, []],
  ['is ahead', 1_230, 3_600, undefined, ["the target's clock is 20 minutes ahead of the clock of this machine"]],
  ['is behind', -1_230, 3_600, undefined, ["the target's clock is 20 minutes behind the clock of this machine"]],
  ['is so far ahead that the token has expired', 7_230, 3_600, "because the target's clock is 2 hours ahead of", []],
])('checks a clock that %s', async (_, ahead, lives, problem, notes) => {
  const date = new Date(Date.now() + ahead * 1_000).toUTCString();
  const states = statesServer((fixture) => ({ ...fixture, token: tokenUntil(here + lives) }));
  await using target = await targetOf(answering(200, '{"code":5106,"msg":""}', { date })(), states);
  const checked = await check(target);
  if (problem === undefined) expect(checked.notes).toEqual(notes.map((note) => expect.stringContaining(note)));
  else expect(checked.problem).toMatch(new RegExp(`expired \\d+ minutes ago, ${problem} .*; correct the clocks$`));
});

test('rejects an expired token, except in its own state', async () => {
  const states = statesServer((fixture, name) =>
    name === state ? fixture : { ...fixture, token: tokenUntil(here - 7_300) },
  );
  await using target = await targetOf(jsonServer({ code: 5106, msg: '' }), states);
  await using checked = await preflight(target, options);
  expect(await checked.target.states.setup('home mode on')).toMatchObject({
    kind: 'broken',
    reason: expect.stringContaining('the token of the fixture for "home mode on" expired 2 hours ago'),
  });
  expect(await checked.target.states.setup('an expired token')).toMatchObject({ kind: 'ready' });
});

test('hands its device on to the run', async () => {
  await using server = await jsonServer({ code: 5106, msg: '' });
  const states = createStaticFixtures({ [state]: [goodFixture(1)] }, 'file: fixtures', operation);
  await using target = openUrlTarget({ baseUrl: server.url }, states);
  await using checked = await preflight(target, options);
  const kinds = [await checked.target.states.setup(state), await checked.target.states.setup(state)];
  expect(kinds.map(({ kind }) => kind)).toEqual(['ready', 'used-up']);
});

test('tears down a set-up that the run does not use', async () => {
  const asked: string[] = [];
  const states = httpServer((_request, response, body) => {
    asked.push((JSON.parse(body) as { action: string }).action);
    response.end(JSON.stringify(goodFixture(1)));
  });
  await using target = await targetOf(jsonServer({ code: 5106, msg: '' }), states);
  expect(await check(target)).toEqual({ notes: [] });
  expect(asked).toEqual(['setup', 'teardown']);
});

test('accepts the embedded server after one request', async () => {
  await using reference = await openReferenceTarget();
  let sent = 0;
  const target: Target = {
    ...reference,
    send: (request, given) => {
      sent += 1;
      return reference.send(request, given);
    },
  };
  expect(await check(target)).toEqual({ notes: [] });
  expect(sent).toBe(1);
});

test.each<[string, object, number, number]>([
  ['refuses every correct request', { code: 5000, msg: '' }, 2, 2],
  ['binds everything', success, cases.length, 0],
])('runs a server that %s', async (_, body, ran, failed) => {
  await using target = await targetOf(jsonServer(body));
  const some = casesUnder(defaultDialect, cases).filter(({ id }) => /^(bind|dk)\//.test(id));
  const { results } = (await runAssuming({ target, cases: some, dialect: defaultDialect, seed: 42 })).run;
  expect(results.filter(({ outcome }) => outcome !== 'skipped')).toHaveLength(Math.min(ran, some.length));
  if (failed > 0) expect(results.filter(({ outcome }) => outcome === 'failed')).toHaveLength(failed);
  if (failed > 0) expect(results.at(-1)?.reason).toMatch(/^not run: no correct request binds/);
});

test('stops if a gateway refuses correct requests', async () => {
  const server = httpServer((request, response) => {
    if (request.headers.authorization !== undefined) response.writeHead(401).end();
    else response.setHeader('content-type', 'application/json').end('{"code":5106,"msg":""}');
  });
  await using target = await targetOf(server);
  await expect(runAssuming({ target, cases, dialect: defaultDialect, seed: 42 })).rejects.toMatchObject({
    exitCode: 3,
    message: expect.stringMatching(/^the target answered HTTP 401 without/),
  });
});

import { describe, expect, test } from 'vitest';
import { cases } from '../../../contract/pure-bt/cases/all-cases.ts';
import { openReferenceTarget } from '../../../contract/pure-bt/targets/reference.ts';
import { clockFinding, tokenFinding } from '../../../contract/run/preflight/clocks.ts';
import { devicesNeeded } from '../../../contract/run/run-order.ts';
import {
  goodFixture,
  httpServer,
  jsonServer,
  statesServer,
  type TestServer,
} from '../../../contract/testing/servers.ts';
import { writeSegment } from '../../../generators/tokens.ts';
import { operationPath } from '../../../spec/pure-bt/path.ts';
import { testFolder } from '../../testing/folder.ts';
import { callBindgate, type Ended } from '../../testing/run-bindgate.ts';

const folder = testFolder();

// Docker, Go and a browser are slow to check, and not needed here.
const emptyPath = { PATH: '' };
const now = 1_700_000_000;
const jwt = (claims: Record<string, unknown>): string =>
  `${writeSegment({ alg: 'RS256' })}.${writeSegment(claims)}.sig`;
const here = Math.floor(Date.now() / 1000);
const goodToken = jwt({ iat: here, nbf: here - 120, exp: here + 7200 });

test.each([
  ['valid', jwt({ iat: now, nbf: now - 120, exp: now + 7200 }), 'ok', 'valid for another 2 hours'],
  ['expired', jwt({ exp: now - 300 }), 'wrong', 'expired 5 minutes ago'],
  ['not yet valid', jwt({ nbf: now + 600, exp: now + 7200 }), 'wrong', 'becomes valid in 10 minutes'],
  ['issued in the future', jwt({ iat: now + 600, exp: now + 7200 }), 'wrong', 'was issued 10 minutes in the future'],
  ['not a JWT', 'opaque', 'missing', 'not a JWT with exp in seconds'],
])('judges a token that is %s', (_, token, state, says) => {
  expect(tokenFinding(token, now)).toMatchObject({ state, says: expect.stringContaining(says) });
});

test.each([
  ['ours', 'Tue, 14 Nov 2023 22:13:50 GMT', 'ok', 'within 60 s'],
  ['ahead', 'Tue, 14 Nov 2023 22:18:20 GMT', 'wrong', '5 minutes ahead of ours'],
  ['behind', 'Tue, 14 Nov 2023 22:08:20 GMT', 'wrong', '5 minutes behind ours'],
  ['not told', undefined, 'missing', 'no Date header'],
])("judges a server's clock that is %s", (_, date, state, says) => {
  expect(clockFinding(date, now)).toMatchObject({ state, says: expect.stringContaining(says) });
});

describe('the doctor of a target', () => {
  test('finds no problem with the embedded server', async () => {
    await using target = await openReferenceTarget();
    const { out, exitCode } = await doctor(target.url, `${target.url}/_states`);
    expect(out).toMatch(/^(ok|missing) +browser /m);
    expect(out).toMatch(/^ok {7}target {4}http:\/\/127\.0\.0\.1:\d+ answers in \d+ ms$/m);
    expect(out).toMatch(/^ok {7}clock/m);
    expect(out).toMatch(/^ok {7}states {4}"a device ready to bind" set up and torn down in \d+ ms$/m);
    expect(out).toMatch(/^ok {7}token {5}valid for another (2 hours|119 minutes)$/m);
    expect(out).toMatch(/^ok {7}support {3}25 of 25 states$/m);
    expect(out).toMatch(/^ok {7}devices {3}a full run sets up \d+ in 25 states$/m);
    expect(exitCode).toBe(/^ok +k6 /m.test(out) ? 0 : 3);
  });

  test('names missing states and the codes they would cover', async () => {
    await using target = await openReferenceTarget();
    await using states = await statesProxy(`${target.url}/_states`, 'home mode on', 'a user without permission');
    const { out } = await doctor(target.url, states.url);
    expect(out).toContain(
      '23 of 25 states; "a user without permission" would cover 5041; "home mode on" would cover 5636',
    );
  });

  /** Expects lines, and exit code 3. */
  async function expectWrong(url: string, states: string, ...lines: readonly RegExp[]): Promise<void> {
    const { out, exitCode } = await doctor(url, states);
    for (const line of lines) expect(out).toMatch(line);
    expect(exitCode).toBe(3);
  }

  test('shows the tools if the target does not run', async () => {
    const refused = /^wrong {4}target .* connection refused; start the server or correct --url$/m;
    await expectWrong('http://127.0.0.1:9', 'http://127.0.0.1:9/s', /^ok {7}node/m, refused);
  });

  test('names an expired token, and states that fail', async () => {
    await using target = await jsonServer({ code: 5106, msg: '' });
    await using expired = await statesServer((fixture) => ({ ...fixture, token: jwt({ exp: here - 3600 }) }));
    const token = /^wrong {4}token {5}the fixture's token expired 60 minutes ago; let the states endpoint issue/m;
    await expectWrong(target.url, expired.url, token);
    await using failing = await jsonServer({}, 500);
    await expectWrong(target.url, failing.url, /^wrong {4}states {4}"a device ready to bind": .* answered HTTP 500/m);
  });

  test('explains a wrong URL and a wrong states URL', async () => {
    await using target = await openReferenceTarget();
    await expectWrong(
      `${target.url}${operationPath}`,
      `${target.url}/nowhere`,
      /^wrong {4}target .*HTTP 404: --url already contains the operation's path; use http:\S+$/m,
      /^wrong {4}states .* to every state tried, .*; correct --states \(states.url in the configuration\)$/m,
    );
  });

  test('ends with 2 for a target without states', async () => {
    await using target = await jsonServer({ code: 5106, msg: '' });
    const { err, exitCode } = await callBindgate(folder, `doctor --url ${target.url}`, emptyPath);
    expect(err).toMatch(/^bindgate: no provider states: give --states URL/);
    expect(exitCode).toBe(2);
  });

  test('uses the target of a configuration and prints only JSON', async () => {
    await using target = await jsonServer({ code: 5106, msg: '' }, 404);
    const fixtures = { 'a device ready to bind': [{ ...goodFixture(1), token: goodToken }] };
    const place = testFolder({ 'bindgate.config.json': JSON.stringify({ url: target.url, fixtures }) });
    const { out, exitCode } = await callBindgate(place, 'doctor --json', emptyPath);
    const { findings } = JSON.parse(out) as { findings: { name: string; state: string }[] };
    expect(findings).toContainEqual(expect.objectContaining({ name: 'target', state: 'wrong' }));
    expect(findings).toContainEqual(expect.objectContaining({ name: 'states', state: 'ok' }));
    const needed = devicesNeeded(cases, 25).get('a device ready to bind');
    const says = `"a device ready to bind": 1 given, ${needed} needed for a full run; the other cases will be skipped`;
    expect(findings).toContainEqual({ name: 'devices', state: 'missing', says });
    expect(out).not.toContain('userDomainSecretOfThisTest');
    expect(exitCode).toBe(3);
  });
});

test('shows the first missing state in verify, ready to paste', async () => {
  await using target = await openReferenceTarget();
  await using states = await statesProxy(`${target.url}/_states`, 'home mode on', 'home mode off');
  const args = `verify --url ${target.url} --states ${states.url} --only home/`;
  const { out, exitCode } = await callBindgate(folder, args);
  expect(out).toContain('2 states are not supported · how to: docs/provider-states.md');
  expect(out).toContain('"home mode on" would cover 5636');
  expect(out).toContain('"home mode off" would cover 5624');
  expect(out).toContain('request  {"state":"home mode on","params":{"id":"<id>"},"action":"setup"}');
  expect(out.match(/answer {3}\{"token":"<access token>","pk":"<product key>"/g)).toHaveLength(1);
  expect(exitCode).toBe(0);
});

function doctor(url: string, states: string): Promise<Ended> {
  return callBindgate(folder, `doctor --url ${url} --states ${states}`, emptyPath);
}

/** A states endpoint that does not support some states and forwards the others. */
function statesProxy(url: string, ...missing: readonly string[]): Promise<TestServer> {
  return httpServer(async (_request, response, body) => {
    const { state } = JSON.parse(body) as { state: string };
    const answer = missing.includes(state) ? undefined : await fetch(url, { method: 'POST', body });
    response.statusCode = answer?.status ?? 404;
    response.end(answer === undefined ? '{"message":"not yet"}' : await answer.text());
  });
}

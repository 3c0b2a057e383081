import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { openReferenceTarget } from '../contract/pure-bt/targets/reference.ts';
import type { Results } from '../contract/results.ts';
import type { TestServer } from '../contract/testing/servers.ts';
import {
  goodFixture,
  httpServer,
  jsonServer,
  rawServer,
  statesServer,
  tcpServer,
} from '../contract/testing/servers.ts';

const entry = fileURLToPath(new URL('./bindgate.ts', import.meta.url));
const compileCache = fileURLToPath(new URL('../node_modules/.cache/compile', import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'bindgate-'));
afterAll(() => rm(folder, { recursive: true }));

type Ended = { readonly exitCode: number | null; readonly out: string; readonly err: string };

/** Runs the command line in an empty folder; `interruptAfter` sends SIGINT once this text has been written. */
async function bindgate(
  args: readonly string[],
  more: { env?: object; interruptWhen?: Promise<unknown> } = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [entry, ...args], {
    cwd: folder,
    env: { ...process.env, NO_COLOR: '1', CI: 'true', NODE_COMPILE_CACHE: compileCache, ...more.env },
  });
  const pieces = { out: '', err: '' };
  child.stdout.on('data', (piece: Buffer) => (pieces.out += piece.toString()));
  child.stderr.on('data', (piece: Buffer) => (pieces.err += piece.toString()));
  void more.interruptWhen?.then(() => child.kill('SIGINT'));
  const exitCode = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { exitCode, ...pieces };
}

let count = 0;
function freshOut(): string {
  count += 1;
  return join(folder, `out-${count}`);
}

async function resultsIn(out: string): Promise<Results> {
  return JSON.parse(await readFile(join(out, 'results.json'), 'utf8')) as Results;
}

describe.concurrent('wrong usage is one clear line and exit 2', () => {
  test.each<[string, readonly string[], RegExp]>([
    ['an unknown flag', ['verify', '--reference', '--sed', '4'], /unknown option '--sed'/],
    ['an unknown command', ['verifi'], /unknown command 'verifi'/],
    [
      'an unknown case',
      ['verify', '--reference', '--only', 'dk/too-shrt'],
      /no case is called "dk\/too-shrt"; did you mean "dk\/too-short"\?/,
    ],
    [
      'a group without its slash',
      ['verify', '--reference', '--only', 'dk'],
      /no case is called "dk"; did you mean "dk\/"\?/,
    ],
    [
      'a pattern that matches no case',
      ['verify', '--reference', '--only', '*longest-dk'],
      /no case matches "\*longest-dk"; /,
    ],
    ['an unknown dialect setting', ['verify', '--reference', '--dialect', 'a=b'], /unknown dialect setting "a"/],
    [
      'a dialect value that is no choice',
      ['verify', '--reference', '--dialect', 'successCode=1'],
      /choose 200 \| 0 \| any/,
    ],
    ['a seed that is no number', ['verify', '--reference', '--seed', 'x'], /whole number from 0/],
    ['no target', ['verify'], /no target: give --url/],
    ['a gate without a target', ['gate'], /no target: give --url .*, or --reference .*; `bindgate init` writes/],
    ['two targets', ['verify', '--reference', '--url', 'http://127.0.0.1:9'], /give one/],
    ['a URL that is none', ['verify', '--url', 'localhost', '--states', 'x'], /"localhost" is no http or https URL/],
    [
      'a password in the URL',
      ['verify', '--url', 'http://a:hunter2@127.0.0.1', '--states', 'x'],
      /holds a user name or password/,
    ],
    [
      'an output folder below a file',
      ['verify', '--reference', '--out', `${entry}/x`],
      /cannot be written .*--out DIR/,
    ],
    ['an output folder in /proc', ['verify', '--reference', '--out', '/proc/x'], /cannot be written .*--out DIR/],
    ['an unknown station', ['gate', '--skip', 'lod'], /no station is called "lod"/],
    ['an unknown profile', ['load', 'smok', '--reference'], /no load profile is called "smok"/],
    [
      'a duration in an unknown unit',
      ['load', 'smoke', '--reference', '--duration', '5min'],
      /from 1s to 24h, such as 20s/,
    ],
    ['an unknown fault', ['payload', 'dk/none'], /no fault or form is called "dk\/none"/],
    ['a fixture file that is not there', ['payload', '--fixture', 'none.json'], /"none.json" cannot be read/],
    ['a configuration that is not there', ['verify', '--config', 'none.json'], /none.json cannot be loaded/],
  ])('%s', async (_, args, message) => {
    const { exitCode, err, out } = await bindgate(args);
    expect(err).toMatch(message);
    expect(err.trim().split('\n').length).toBeLessThanOrEqual(2);
    expect(out + err).not.toMatch(/^\s+at |hunter2/m);
    expect(exitCode).toBe(2);
  });
});

const text = '\u001b[31mred\u001b]0;title\u0007\n::error::hacked\r\n<script>alert(1)</script>]]>&lt;';
const hostile = JSON.stringify({ code: 200, msg: text.repeat(2000), data: { verified: 7 } });

describe.concurrent('a target that cannot be used is exit 3', () => {
  test('nobody listens', async () => {
    const { exitCode, err } = await bindgate([
      'verify',
      '--url',
      'http://127.0.0.1:9',
      '--states',
      'http://127.0.0.1:9/s',
    ]);
    expect(err).toBe(
      'bindgate: the target http://127.0.0.1:9 cannot be used: connection refused; start the server or correct --url\n',
    );
    expect(exitCode).toBe(3);
  });

  test.each<[string, () => Promise<TestServer>, RegExp]>([
    ['404', () => jsonServer({ message: text }, 404), /state "a device ready to bind" is not supported/],
    ['500', () => jsonServer({}, 500), /answered HTTP 500/],
    ['HTML', () => rawServer('HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\n<html>'), /no JSON/],
    ['a list', () => jsonServer([]), /a list, not a JSON object/],
    ['nothing', () => tcpServer((socket) => socket.end()), /did not answer/],
    ['a fixture without dk', () => statesServer(({ dk: _, ...rest }) => rest), /lacks "dk"/],
    ['a PS of 15', () => statesServer((fixture) => ({ ...fixture, ps: 'x'.repeat(15) })), /"ps" has 15 characters/],
  ])('states that answer %s', async (_, start, message) => {
    await using target = await jsonServer({ code: 5106, msg: '' });
    await using states = await start();
    const { exitCode, err, out } = await bindgate([
      'verify',
      '--url',
      target.url,
      '--states',
      `${states.url}/s`,
      '--out',
      freshOut(),
    ]);
    expect(err).toMatch(message);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(out + err).not.toMatch(/^\s+at |^::/m);
    expect(exitCode).toBe(3);
  });

  test('a reachable target without states is wrong usage', async () => {
    await using target = await jsonServer({ code: 5106, msg: '' });
    const { exitCode, err } = await bindgate(['verify', '--url', target.url]);
    expect(err).toMatch(/no provider states: give --states/);
    expect(exitCode).toBe(2);
  });
});

describe.concurrent('a target that answers wrongly is exit 1, with results and inert output', () => {
  test.each<[string, () => Promise<TestServer>]>([
    ['success to everything', () => jsonServer({ code: 200, msg: '', data: { verified: 1 }, extMsg: null })],
    ['a refusal to everything', () => jsonServer({ code: 5361, msg: 'no' })],
    ['no JSON', () => rawServer('HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\n<html>')],
    ['half a body', () => rawServer('HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\n{"co')],
    ['a redirect to itself', () => httpServer((_, response) => response.writeHead(302, { location: '/' }).end())],
    ['hostile text', () => httpServer((_, response) => response.setHeader('content-type', 'text/html').end(hostile))],
    ['500 with a stack trace', () => jsonServer({ stack: 'at com.example.Secret' }, 500)],
  ])('%s', async (_, start) => {
    await using target = await start();
    await using states = await statesServer();
    const out = freshOut();
    const ended = await bindgate([
      'verify',
      '--url',
      target.url,
      '--states',
      `${states.url}/s`,
      '--out',
      out,
      '--only',
      'dk/',
      'bind/',
    ]);
    expect(ended.exitCode).toBe(1);
    expect((await resultsIn(join(out, 'partial'))).verdict.exitCode).toBe(1);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not come through
    expect(ended.out + ended.err).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
    expect(ended.out + ended.err).not.toMatch(/^::/m);
    const written = await readFile(join(out, 'partial', 'results.json'), 'utf8');
    const { bindingSecret, userDomainSecret, ps, bindingCode } = goodFixture(1);
    for (const secret of [bindingSecret, userDomainSecret, ps, bindingCode, 'payload-of-the-token']) {
      expect(ended.out + ended.err + written).not.toContain(secret);
    }
  });
});

test('verify covers everything on the embedded server, and --json says nothing else', async () => {
  const out = freshOut();
  const { exitCode, out: stdout } = await bindgate(['verify', '--reference', '--seed', '42', '--json', '--out', out]);
  expect(exitCode).toBe(0);
  const results = JSON.parse(stdout) as Results;
  expect(results.codes.filter(({ status }) => status === 'covered')).toHaveLength(24);
  expect(await resultsIn(out)).toEqual(results);
});

test('verify meets a server by its URL, and a failure can be replayed by its line', async () => {
  await using reference = await openReferenceTarget();
  await using target = await httpServer(async (request, response, body) => {
    // A server that lets one malformed dk through: a proxy that mends it would do that.
    const length = (JSON.parse(body) as { dk?: string }).dk?.length;
    const answer = await fetch(reference.url + request.url, {
      method: 'POST',
      body,
      headers: { authorization: request.headers.authorization ?? '' },
    });
    const content = length === 33 ? '{"code":200,"msg":"","data":{"verified":1},"extMsg":null}' : await answer.text();
    response.setHeader('content-type', 'application/json').end(content);
  });
  const args = ['--url', target.url, '--states', `${reference.url}/_states`];
  const declared = ['--dialect', 'dkPattern=[0-9A-Za-z]{4,32}'];
  const flags = ['--only', 'dk/', '--seed', '7', '--out', freshOut()];
  const first = await bindgate(['verify', ...args, ...declared, ...flags]);
  expect(first.exitCode).toBe(1);
  expect(first.out).toMatch(/^FAILED {2}200 \(success\) where 5361 .* is due · 1 case$/m);
  const [, replay = ''] = /replay\s+bindgate (.*)/.exec(first.out) ?? [];
  expect(replay).toBe(`verify ${args.join(' ')} --dialect '${declared[1]}' --only dk/too-long --seed 7`);
  const again = await bindgate([...replay.replaceAll("'", '').split(' '), '--out', freshOut()]);
  expect(again.exitCode).toBe(1);
  expect(again.out).toContain('0 passed, 1 failed');
});

test('static fixtures of a configuration stand in for a states endpoint', async () => {
  await using target = await jsonServer({ code: 5361, msg: '' });
  const file = join(folder, 'static.yaml');
  await writeFile(
    file,
    JSON.stringify({
      url: target.url,
      fixtures: { 'a device ready to bind': [{ ...goodFixture(1), token: '${TOKEN}' }] },
    }),
  );
  const out = freshOut();
  const { exitCode } = await bindgate(['verify', '--config', file, '--only', 'dk/too-short', '--out', out], {
    env: { TOKEN: 'a.b.c' },
  });
  expect(exitCode).toBe(0);
  expect((await resultsIn(join(out, 'partial'))).summary).toMatchObject({ passed: 1 });
});

test('the gate fails with fixtures of one state, and names the codes; a policy lowers the bar', async () => {
  await using reference = await openReferenceTarget();
  const fixtures: object[] = [];
  while (fixtures.length < 24) {
    const setup = await reference.states.setup('a device ready to bind');
    if (setup.kind === 'ready') fixtures.push(setup.fixture);
  }
  // Twelve devices are enough for the twelve codes that need no other state.
  const gate = async (devices: readonly object[], policy: object): Promise<Ended> => {
    const file = join(folder, 'one-state.json');
    const config = { url: reference.url, fixtures: { 'a device ready to bind': devices }, policy };
    await writeFile(file, JSON.stringify(config));
    return bindgate(['gate', '--skip', 'spec', 'mock', 'load', '--config', file, '--out', freshOut()]);
  };
  const { exitCode, out } = await gate(fixtures.slice(0, 12), {});
  expect(exitCode).toBe(1);
  expect(out).toMatch(
    /contract NOT COVERED: 12 of 24 codes are covered; 24 must be.*; not covered: 5041, 5052, 5229, 5327, 5358, 5412, 5624, 5636, 5669, 5893, 6040, 6083$/m,
  );
  expect(out).toMatch(
    /exit 1 {2}contract .*, \d+ skipped: 24 states are not supported; the fixtures of 1 state are used/,
  );
  const lowered = await gate(fixtures.slice(12), { minimumCoverage: 12 });
  expect(lowered.exitCode).toBe(0);
  expect(lowered.out).toContain('contract kept, but 12 of 24 codes NOT COVERED: 5041 5052 5229');
});

test('a run that cannot be made leaves a junit.xml that says why', async () => {
  await using target = await jsonServer({ code: 5106, msg: '' });
  await using states = await jsonServer({}, 401);
  const args = ['--url', target.url, '--states', `${states.url}/s`, '--out'];
  const line = /<error type="set-up" message="the states endpoint .* refused us \(HTTP 401\); check states.url/;
  for (const command of [['verify'], ['gate', '--skip', 'spec', 'mock', 'load']]) {
    const out = freshOut();
    const { exitCode } = await bindgate([...command, ...args, out]);
    expect(exitCode).toBe(3);
    expect(await readFile(join(out, 'junit.xml'), 'utf8')).toMatch(line);
    await expect(readFile(join(out, 'results.json'))).rejects.toThrow('ENOENT');
  }
});

test('Ctrl-C ends within a second, with 130 and what was measured', async () => {
  let hang: () => void = () => undefined;
  const hanging = new Promise<void>((resolve) => {
    hang = resolve;
  });
  let asked = 0;
  await using target = await httpServer((_, response) => {
    asked += 1;
    if (asked > 20) hang();
    else response.setHeader('content-type', 'application/json').end('{"code":200,"msg":"","data":{"verified":1}}');
  });
  await using states = await statesServer();
  const out = freshOut();
  const { exitCode, err } = await bindgate(
    ['verify', '--url', target.url, '--states', `${states.url}/s`, '--out', out],
    { interruptWhen: hanging },
  );
  expect(exitCode).toBe(130);
  expect(err).not.toMatch(/^\s+at /m);
  const results = await resultsIn(out);
  expect(results.interrupted).toBe(true);
  expect(results.summary.passed + results.summary.failed).toBeGreaterThan(0);
});

test('without k6 the gate says so and is not decided; with --skip load it passes', async () => {
  const env = { PATH: '', XDG_CACHE_HOME: freshOut(), K6_BIN: '', BINDGATE_K6_RELEASES: 'http://127.0.0.1:9' };
  await using reference = await openReferenceTarget();
  const gate = async (...skipped: readonly string[]): Promise<Ended> => {
    const setup = await reference.states.setup('a device ready to bind');
    const fixtures = { 'a device ready to bind': setup.kind === 'ready' ? [setup.fixture] : [] };
    const file = join(folder, 'one-device.json');
    await writeFile(file, JSON.stringify({ url: reference.url, fixtures, policy: { mustCover: [200] } }));
    return bindgate(['gate', '--config', file, '--skip', ...skipped, '--out', freshOut()], { env });
  };
  const without = await gate('spec', 'mock');
  const skipping = await gate('spec', 'mock', 'load');
  expect(without.out).toMatch(
    /exit 3 {2}load .* cannot be brought .* install k6 and set K6_BIN, or run with --skip load/,
  );
  expect(without.exitCode).toBe(3);
  expect(skipping.out).toMatch(/gate passed in [\d.]+ s, without spec, mock, load \(--skip\)/);
  expect(skipping.exitCode).toBe(0);
});

test('load is refused against a host that is not loopback and was not allowed', async () => {
  const { exitCode, err } = await bindgate([
    'load',
    'smoke',
    '--url',
    'http://192.0.2.1',
    '--states',
    'http://127.0.0.1:9',
  ]);
  expect(err).toMatch(/load runs against loopback only, and 192.0.2.1 is not; add it to allowHosts/);
  expect(exitCode).toBe(2);
});

test('the gate runs its stations and sums up', async () => {
  const { exitCode, out } = await bindgate(['gate', '--reference', '--skip', 'load', '--out', freshOut()]);
  expect(out).toMatch(/ok\s+spec\s+[\d.]+ s {2}openapi.yaml is clean, 24 codes/);
  expect(out).toMatch(/ok\s+mock\s+[\d.]+ s {2}\d+ examples and faults/);
  expect(out).toMatch(/ok\s+contract\s+[\d.]+ s {2}24 of 24 codes covered/);
  expect(out).toContain('gate passed');
  expect(exitCode).toBe(0);
});

test('the gate leaves a report of this run alone, and report makes it again', async () => {
  const chosen = freshOut();
  const out = join(chosen, 'partial');
  await mkdir(out, { recursive: true });
  await writeFile(join(out, 'load.json'), '{"left":"by an earlier run"}');
  const args = ['--reference', '--skip', 'load', 'mock', '--only', 'dk/', '--seed', '3', '--out', chosen];
  const gate = await bindgate(['gate', ...args]);
  expect(gate.exitCode).toBe(1);
  expect(gate.out).toContain(
    'a part of the cases (--only) is no full gate: 3 of 24 codes are covered; not covered: 5032,',
  );
  expect(gate.out).toContain(`report in ${join(out, 'report.html')}`);
  const page = await readFile(join(out, 'report.html'), 'utf8');
  expect(page).toContain('bindgate verify --reference --only dk/too-short --seed 3');
  expect(page.match(/<section id="(gate|load)"/g)).toEqual(['<section id="gate"']);
  const again = await bindgate(['report', out]);
  expect(again).toMatchObject({ exitCode: 0, err: '' });
  expect(await readFile(join(out, 'report.html'), 'utf8')).toBe(page);
  expect(await bindgate(['report', join(out, 'none')])).toMatchObject({ exitCode: 2 });
});

test('the list of cases names the code of each, or that there is none', async () => {
  const { out } = await bindgate(['verify', '--list']);
  expect(out).toMatch(/^bind\/plain +200 +document +success +binds/m);
  expect(out).toMatch(/^dk\/too-long +5361 +inferred +dk-format +refuses/m);
  expect(out).toMatch(/^signature\/absent +no documented code +document +signature +refuses/m);
});

test('payload repeats itself for a seed', async () => {
  const args = ['payload', 'dk/too-short', '--seed', '5', '--count', '3', '--format', 'ndjson'];
  const [one, two] = await Promise.all([bindgate(args), bindgate(args)]);
  expect(one.out).toBe(two.out);
  expect(
    one.out
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { body: { dk: string } }).body.dk.length),
  ).toEqual([3, 3, 3]);
});

test("the version is package.json's", async () => {
  const { version } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  expect((await bindgate(['--version'])).out.trim()).toBe(version);
});

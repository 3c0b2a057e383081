/** The command line: wrong usage, and behaviour that involves several processes. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openReferenceTarget } from '../contract/pure-bt/targets/reference.ts';
import { goodFixture, httpServer, jsonServer, statesServer } from '../contract/testing/servers.ts';
import { version } from '../contract/version.ts';
import { expectRefused } from './testing/expect-refused.ts';
import { resultsIn, testFolder } from './testing/folder.ts';
import { callBindgate, type Ended, runBindgate } from './testing/run-bindgate.ts';

const folder = testFolder();

test.each<[string, string | RegExp]>([
  ['verify --reference --sed 4', /unknown option '--sed'/],
  ['verifi', /unknown command 'verifi'/],
  ['help verfy', /^bindgate: unknown command 'verfy' \(Did you mean verify\?\)$/m],
  ['spec impot --help', /^bindgate: unknown command 'impot' \(Did you mean import\?\)$/m],
  ['load', /missing required argument 'profile'; see bindgate load --help$/m],
  ['spec diff', /missing required argument 'before'; see bindgate spec diff --help$/m],
  ['verify --reference --only dk/too-shrt', /no case is called "dk\/too-shrt"; did you mean "dk\/too-short"\?/],
  ['verify --reference --only dk', /no case is called "dk"; did you mean "dk\/"\?/],
  ['verify --reference --only *longest-dk', /no case matches "\*longest-dk"; /],
  ['verify --reference --dialect a=b', /unknown dialect setting "a"/],
  ['verify --reference --dialect successCode=1', /choose 200 \| 0 \| any/],
  ['verify --reference --seed x', /whole number from 0/],
  ['verify', /no target: give --url/],
  ['gate', /no target: give --url .*, or --reference .*; or run `bindgate init`/],
  ['verify --reference --states nope', /^bindgate: --states must be a path such as \/_states; "nope" does not/],
  ['verify --reference --header NoColon', /--header must be "Name: value" in printable ASCII/],
  ['verify --prism --header NoColon', /--header must be "Name: value" in printable ASCII/],
  ['verify --reference --image-port 80', /^bindgate: --image-port needs --image NAME, or "image" in bindgate.config/],
  ['verify --url http://127.0.0.1?x=1 --states x', /the URL has a query \(\?x=1\), which is not sent; remove it/],
  ['verify --reference --url http://127.0.0.1:9', /give only one/],
  ['verify --url localhost --states x', /"localhost" is not an http or https URL/],
  ['verify --url http://a:hunter2@127.0.0.1 --states x', /^(?!.*hunter2).*contains a user name or password/],
  ['verify --url http://127.0.0.1:9 --header x', /--header must be "Name: value" in printable ASCII/],
  [`verify --reference --out ${import.meta.filename}`, /is a file, not a folder; choose another --out DIR/],
  [`verify --reference --out ${import.meta.filename}/x`, /cannot be made .*--out DIR/],
  ['verify --reference --out /proc/x', /cannot be made .*--out DIR/],
  [
    'verify --reference --timing-effect 0.5',
    /'--timing-effect <duration>' argument '0.5' is invalid\. .* 0.01ms to 1s with/,
  ],
  ['verify --reference --time-limit 0', /option '--time-limit <duration>' argument '0' is invalid\. .* 1s to 24h/],
  ['verify --reference --time-limit abc', /argument 'abc' is invalid\. .* 1s to 24h/],
  ['verify --reference --time-limit 25h', /argument '25h' is invalid\. .* 1s to 24h/],
  ['gate --skip lod', /no step is called "lod"/],
  ['gate --skip spec mock contract load', /--skip excludes every step/],
  ['load smok --reference', /no load profile is called "smok"/],
  ['load smoke --reference --duration 5min', /from 1s to 24h, such as 20s/],
  [
    'load smoke --url http://192.0.2.1 --states http://127.0.0.1:9',
    /load runs against loopback and allowed hosts only; to allow 192.0.2.1, add it to allowHosts/,
  ],
  ['payload dk/none', /no fault or form is called "dk\/none"/],
  ['payload dk/none --format har', /no fault or form is called "dk\/none"/],
  ['payload token/alg-none --format postman', /"token\/alg-none" cannot be written in this format/],
  ['payload token/expired', /"token\/expired" cannot be printed: only the token issuer can sign such a token/],
  ['payload token/expired --format http', /"token\/expired" cannot be written in this format: only the token issuer/],
  ['payload --format postman --fixture f.json', /--fixture does not work with --format postman/],
  ['payload --format k6 --count 2', /--count works only with --format json, ndjson, curl/],
  ['payload --fixture none.json', /"none.json": there is no such file/],
  ['mutants --only dk/wrod', /^bindgate: no mutant or variant is called "dk\/wrod"; did you mean "dk\/word"\?\n$/],
  ['reference --mutant dk/wrod', /^bindgate: no mutant or variant is called "dk\/wrod"; did you mean "dk\/word"\?\n$/],
  ['mock --plain --document page.md', /--plain works only with the contract/],
  [`report ${import.meta.filename}`, /is a file; give the folder with results.json/],
  [
    'mock --operation /x',
    /^bindgate: --operation \/x: there is no such id or folder; the ids are .*, bindDeviceDk; make/,
  ],
  ['mock --strict --plain', '--strict works only with the contract and the embedded server; remove --plain'],
  ['mock --strict --document page.md', /^bindgate: --strict works only with .* remove --document\n$/],
  ['mock --explain', '--explain works only with --strict'],
  ['mock --fixtures devices.json', '--fixtures works only with --strict'],
  ['mock --document page.md --seed 3', '--seed works only with --strict'],
  ['mock --strict --explain body', /argument 'body' is invalid. Allowed choices are header, extMsg/],
  ['mock --strict --seed -1', /argument '-1' is invalid/],
  [
    'mock --strict --fixtures none.json',
    /^bindgate: --fixtures none.json: there is no such file; give a file like the answer of/,
  ],
  ['mock --strict --fixtures /', /^bindgate: --fixtures \/: it is a folder; give a file/],
  ['mutants --readings 2 --only dk/', /--readings .* --only .*; give only one of them/],
  ['verify --list --only zz', /no case is called "zz"; `bindgate verify --list`/],
  ['verify --list --json', /--list prints only text; remove --json/],
  ['verify --reference --out=', '--out needs a folder name'],
  ['load smoke --reference --out=', '--out needs a folder name'],
  ['reference --states nope', '--states must be a path such as /_states; "nope" does not start with /'],
  ['reference --states=', /--states must be a path such as \/_states; "" does not/],
  ['reference --host 192.0.2.1', 'cannot listen on host "192.0.2.1" (EADDRNOTAVAIL); choose another --host'],
  ['payload --format curl --url nope', /^bindgate: "nope" is not an http or https URL; /],
  ['payload --url http://127.0.0.1:9', '--url does not work with --format json'],
  ['report none', /"none" contains no results.json/],
  ['verify --config none.json', /none.json: there is no such file; correct --config, or run bindgate init/],
  ['verify --config /', /\/: it is a folder/],
])('refuses wrong usage in one line with exit 2: %s', async (words, message) => {
  await expectRefused(folder, words, message);
});

test('reports an unreachable target in one line with exit 3', async () => {
  const args = 'verify --url http://127.0.0.1:9 --states http://127.0.0.1:9/s';
  expect(await callBindgate(folder, args)).toMatchObject({
    exitCode: 3,
    out: '',
    err: 'bindgate: the target http://127.0.0.1:9 cannot be used: connection refused; start the server or correct --url\n',
  });
});

test('refuses a target without states as wrong usage', async () => {
  await using target = await jsonServer({ code: 5106, msg: '' });
  await expectRefused(folder, `verify --url ${target.url}`, /no provider states: give --states/);
});

test('prints only the results with verify --json', async () => {
  const out = testFolder();
  const ended = await runBindgate(folder, `verify --reference --only bind/ --json --out ${out}`);
  expect([ended.exitCode, ended.err]).toEqual([0, '']);
  expect(JSON.parse(ended.out)).toEqual(resultsIn(out, 'partial'));
});

test('verifies a server by URL and replays a failure by its line', async () => {
  await using reference = await openReferenceTarget();
  await using target = await httpServer(async (request, response, body) => {
    // A server that accepts one malformed dk, as behind a proxy that fixes it.
    const length = (JSON.parse(body) as { dk?: string }).dk?.length;
    const headers = { authorization: request.headers.authorization ?? '' };
    const answer = await fetch(reference.url + request.url, { method: 'POST', body, headers });
    const content = length === 33 ? '{"code":200,"msg":"","data":{"verified":1},"extMsg":null}' : await answer.text();
    response.setHeader('content-type', 'application/json').end(content);
  });
  const args = `verify --url ${target.url} --states ${reference.url}/_states`;
  const declared = 'dkPattern=[0-9A-Za-z]{4,32}';
  const flags = `--only dk/ --seed 7 --out ${testFolder()}`;
  const first = await callBindgate(folder, `${args} --dialect ${declared} ${flags}`);
  expect(first.exitCode).toBe(1);
  expect(first.out).toMatch(/^FAILED {2}expected 5361.*, got 200 \(success\) · 1 case$/m);
  const [, replay = ''] = /replay\s+bindgate (.*)/.exec(first.out) ?? [];
  expect(replay).toBe(`${args} --dialect '${declared}' --only dk/too-long --seed 7`);
  const again = await callBindgate(folder, `${replay.replaceAll("'", '')} --out ${testFolder()}`);
  expect(again.exitCode).toBe(1);
  expect(again.out).toContain('0 passed, 1 failed');
});

/** Writes a configuration of a URL and fixtures of the ready state, and runs a command with it. */
async function withFixtures(
  args: string,
  config: { readonly url: string; readonly fixtures: readonly object[]; readonly policy?: object },
  env: object = {},
): Promise<Ended & { readonly place: string }> {
  const fixtures = { 'a device ready to bind': config.fixtures };
  const place = testFolder({ 'bindgate.config.json': JSON.stringify({ ...config, fixtures }) });
  return { place, ...(await callBindgate(place, args, env)) };
}

async function freshFixtures(target: Awaited<ReturnType<typeof openReferenceTarget>>, of: number): Promise<object[]> {
  const setups = await Promise.all(Array.from({ length: of }, () => target.states.setup('a device ready to bind')));
  return setups.flatMap((setup) => (setup.kind === 'ready' ? [setup.fixture] : []));
}

test('uses static fixtures in place of a states endpoint', async () => {
  await using target = await jsonServer({ code: 5361, msg: '' });
  const fixtures = [{ ...goodFixture(1), token: '${TOKEN}' }];
  const config = { url: target.url, fixtures };
  const { exitCode, place } = await withFixtures('verify --only dk/too-short', config, { TOKEN: 'a.b.c' });
  expect(exitCode).toBe(0);
  expect(resultsIn(place, 'reports', 'partial').summary).toMatchObject({ passed: 1 });
});

test('fails the gate with fixtures of one state unless a policy allows it', async () => {
  await using reference = await openReferenceTarget();
  const fixtures = await freshFixtures(reference, 24);
  // Twelve devices are enough for the twelve codes that need no other state.
  const gate = (devices: readonly object[], policy: object): Promise<Ended> =>
    withFixtures('gate --skip spec mock load', { url: reference.url, fixtures: devices, policy });
  const { exitCode, out } = await gate(fixtures.slice(0, 12), {});
  expect(exitCode).toBe(1);
  expect(out).toMatch(
    /contract NOT COVERED: 12 of 24 codes are covered, 24 are required; not covered: 5041, 5052, 5229, 5327, 5358, 5412, 5624, 5636, 5669, 5893, 6040, 6083; to/m,
  );
  expect(out).toMatch(/exit 1 {2}contract .*, \d+ skipped: 24 states are not supported; 1 state has no device left/);
  const lowered = await gate(fixtures.slice(12), { minimumCoverage: 12 });
  expect(lowered.exitCode).toBe(0);
  expect(lowered.out).toContain('contract passed, but 12 of 24 codes NOT COVERED: 5041 5052 5229');
});

test.each(['verify', 'gate --skip spec mock load'])(
  'writes a junit.xml with the reason if %s cannot run',
  async (command) => {
    await using target = await jsonServer({ code: 5106, msg: '' });
    await using states = await jsonServer({}, 401);
    const out = testFolder();
    const args = `${command} --url ${target.url} --states ${states.url}/s --out ${out}`;
    expect((await callBindgate(folder, args)).exitCode).toBe(3);
    expect(await readFile(join(out, 'junit.xml'), 'utf8')).toMatch(
      /<error type="set-up" message="the states endpoint .* refused the request \(HTTP 401\); check states.url/,
    );
    await expect(readFile(join(out, 'results.json'))).rejects.toThrow('ENOENT');
  },
);

test('ends within a second at Ctrl-C, with 130 and partial results', async () => {
  const hanging = Promise.withResolvers<void>();
  let asked = 0;
  await using target = await httpServer((_, response) => {
    asked += 1;
    if (asked > 20) hanging.resolve();
    else response.setHeader('content-type', 'application/json').end('{"code":200,"msg":"","data":{"verified":1}}');
  });
  await using states = await statesServer();
  const out = testFolder();
  const args = `verify --url ${target.url} --states ${states.url}/s --out ${out}`;
  const { exitCode, err } = await runBindgate(folder, args, {}, { interrupt: hanging.promise });
  expect(exitCode).toBe(130);
  expect(err).not.toMatch(/^\s+at /m);
  const results = resultsIn(out);
  expect(results.interrupted).toBe(true);
  expect(results.summary.passed + results.summary.failed).toBeGreaterThan(0);
});

test('does not decide the gate without k6 unless load is skipped', async () => {
  const env = { PATH: '', XDG_CACHE_HOME: testFolder(), K6_BIN: '', BINDGATE_K6_RELEASES: 'http://127.0.0.1:9' };
  await using reference = await openReferenceTarget();
  const gate = async (args: string): Promise<Ended> => {
    const config = { url: reference.url, fixtures: await freshFixtures(reference, 1), policy: { mustCover: [200] } };
    return withFixtures(`gate ${args}`, config, env);
  };
  const without = await gate('--skip spec mock');
  expect(without.out).toMatch(
    /exit 3 {2}load .* cannot be installed .* install k6 and set K6_BIN, or run with --skip load/,
  );
  expect(without.exitCode).toBe(3);
  const skipping = await gate('--skip spec mock load');
  expect(skipping.out).toMatch(/gate passed in [\d.]+ s, without spec, mock, load \(--skip\)/);
  expect(skipping.exitCode).toBe(0);
});

test('writes a report of this gate only, which report regenerates', async () => {
  const chosen = testFolder({ 'partial/load.json': '{"left":"by an earlier run"}' });
  const out = join(chosen, 'partial');
  const args = `gate --reference --skip load mock --only dk/ --seed 3 --out ${chosen}`;
  const gate = await callBindgate(folder, args);
  expect(gate.exitCode).toBe(1);
  expect(gate.out).toContain('--only runs a part of the cases, so the coverage is incomplete: 3 of 24 codes;');
  expect(gate.out).toContain(`report in ${join(out, 'report.html')}`);
  const page = await readFile(join(out, 'report.html'), 'utf8');
  expect(page).toContain('bindgate verify --reference --only dk/too-short --seed 3');
  expect(page.match(/<section id="(gate|load)"/g)).toEqual(['<section id="gate"']);
  expect(await callBindgate(folder, `report ${out}`)).toMatchObject({ exitCode: 0, err: '' });
  expect(await readFile(join(out, 'report.html'), 'utf8')).toBe(page);
});

test('lists every case with its code, or without one', async () => {
  const { out } = await callBindgate(folder, 'verify --list');
  expect(out).toMatch(/^bind\/plain +200 +document +success +binds/m);
  expect(out).toMatch(/^dk\/too-long +5361 +inferred +dk-format +rejects/m);
  expect(out).toMatch(/^signature\/absent +no documented code +document +signature +rejects/m);
  const some = await callBindgate(folder, 'verify --list --only dk/too-long bind/plain');
  expect(some.out.split('\n').map((line) => line.split(' ')[0])).toEqual(['bind/plain', 'dk/too-long', '']);
});

describe('payload', () => {
  const payload = async (format: string, n: number): Promise<string> => {
    return (await callBindgate(folder, `payload dk/too-short --seed 5 --count ${n} --format ${format}`)).out;
  };

  test('prints the same for the same seed: one request, a JSON list, or one curl line each', async () => {
    const lines = (await payload('ndjson', 3)).trim().split('\n');
    const rows = lines.map((line) => JSON.parse(line) as { body: { dk: string } });
    expect(rows.map(({ body }) => body.dk.length)).toEqual([3, 3, 3]);
    expect(await payload('json', 3)).toBe(`${JSON.stringify(rows, undefined, 2)}\n`);
    expect(await payload('json', 1)).toBe(`${JSON.stringify(rows[0], undefined, 2)}\n`);
    expect((await payload('curl', 3)).match(/^curl .*http:\/\/127\.0\.0\.1:8080\/v2\//gm)).toHaveLength(3);
  });

  test('prints curl lines for the URL in the configuration', async () => {
    const place = testFolder({ 'payload.json': '{"url":"http://127.0.0.1:9090"}' });
    const { out } = await callBindgate(place, 'payload --format curl --config payload.json');
    expect(out).toContain(' http://127.0.0.1:9090/v2/');
  });
});

test('sets the exit code for the version and for wrong usage', async () => {
  expect(await runBindgate(folder, '--version')).toMatchObject({ exitCode: 0, out: `${version()}\n`, err: '' });
  expect(await runBindgate(folder, 'verifi')).toMatchObject({ exitCode: 2, out: '' });
});

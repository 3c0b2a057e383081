import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { jwt } from '../contract/pure-bt/explain/testing/device.ts';
import { payload } from '../contract/pure-bt/payload.ts';
import { embeddedTokenKey, startReference } from '../contract/pure-bt/targets/reference.ts';
import { goodFixture, httpServer, jsonServer } from '../contract/testing/servers.ts';
import { makeCertificates, tlsServer } from '../contract/testing/tls.ts';
import { operationPath } from '../spec/pure-bt/path.ts';
import { readGuide } from './testing/guides/read-guide.ts';
import { comparable } from './testing/guides/transcript.ts';
import { callBindgate, type Ended, runBindgate } from './testing/run-bindgate.ts';

const folder = await mkdtemp(join(tmpdir(), 'bindgate-proxy-'));
afterAll(() => rm(folder, { recursive: true }));
const json = { 'content-type': 'application/json' };
const bound = { code: 200, msg: '', data: { verified: 1 }, extMsg: null };

/** Runs the proxy while `use` sends requests to its URL, then interrupts it: in this process, or as one of its own. */
async function proxying(
  args: readonly string[],
  use: (url: string) => Promise<unknown>,
  own?: 'own process',
): Promise<Ended> {
  const started = Promise.withResolvers<string>();
  const used = started.promise.then(use).catch((error: unknown) => error);
  const onSaid = (said: string): void => {
    const [, url] = /^proxy {3}(http\S+) →[^\n]*\nchecks/m.exec(said) ?? [];
    if (url !== undefined) started.resolve(url);
  };
  const interrupt = new AbortController();
  void used.then(() => interrupt.abort());
  const ended =
    own === undefined
      ? await callBindgate(folder, ['proxy', ...args], {}, { signal: interrupt.signal, onSaid })
      : await runBindgate(folder, ['proxy', ...args], {}, { interrupt: used, onSaid });
  expect(await used, ended.said).not.toBeInstanceOf(Error);
  return ended;
}

async function file(name: string, value: unknown): Promise<string> {
  await writeFile(join(folder, name), typeof value === 'string' ? value : JSON.stringify(value));
  return name;
}

type Made = { readonly headers: Record<string, string>; readonly body: Record<string, unknown> };

/** A signed request of a fixture. */
async function signed(fixture: object, name?: string): Promise<Made> {
  for await (const { headers, body } of payload({ fixture, seed: 1, name })) {
    return { headers: { ...json, ...headers }, body: body as Made['body'] };
  }
  throw new Error('no payload');
}

async function bind(url: string, { headers, body }: Made): Promise<string> {
  const response = await fetch(url + operationPath, { method: 'POST', headers, body: JSON.stringify(body) });
  return response.text();
}

/** A new device of a server. */
async function setUp({ statesUrl }: { readonly statesUrl: string }, id: string): Promise<Record<string, string>> {
  const body = JSON.stringify({ action: 'setup', state: 'a device ready to bind', params: { id } });
  const response = await fetch(statesUrl, { method: 'POST', headers: json, body });
  return (await response.json()) as Record<string, string>;
}

/** Every text under which a value could be found. */
function forms(value: string): readonly string[] {
  const bytes = Buffer.from(value);
  return [
    value,
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
    bytes.toString('hex'),
    encodeURIComponent(value),
    value.toUpperCase(),
  ];
}

function expectNoSecret(text: string, fixture: Readonly<Record<string, string>>): void {
  const secrets = ['token', 'ps', 'bindingCode', 'bindingSecret', 'userDomainSecret', 'oldBindingSecret', 'pwd'];
  for (const name of secrets) {
    for (const form of forms(fixture[name] ?? 'absent')) expect(text.includes(form), `${name}: ${form}`).toBe(false);
  }
}

test('checks requests and answers live, and sums them up', async () => {
  await using server = await startReference({ port: 0 });
  const [one, two, unknown] = [await setUp(server, '1'), await setUp(server, '2'), await setUp(server, '3')];
  const fixtures = await file('fixtures.json', { 'a device ready to bind': [one], other: two });
  const { exitCode, out, err } = await proxying(['--url', server.url, '--fixture', fixtures], async (url) => {
    expect(await bind(url, await signed(one))).toContain('"code":200');
    const wrong = await signed(two);
    expect(await bind(url, { ...wrong, body: { ...wrong.body, signature: '0'.repeat(64) } })).toContain('"code":5420');
    expect(await bind(url, await signed(two, 'dk/too-short'))).toContain('"code"');
    expect(await bind(url, await signed(unknown))).toContain('"code":200');
    await fetch(`${url}/other?token=secretOfAnotherOperation`);
  });
  expect(exitCode, out + err).toBe(1);
  expect(err).toBe('');
  expect(out).toContain('checks  each request, with the secrets of 2 fixtures, and each answer');
  expect(out).toMatch(
    /^\d\d:\d\d:\d\d {2}POST \S+deviceBindingByPureBt {2}HTTP 200 {2}code 200 \(success\) {2}\d+ ms$/m,
  );
  expect(out).toMatch(/code 5420 [^\n]*\n {4}WRONG {4}request signature: [^\n]+\n {13}fix: /);
  expect(out).toMatch(/note {5}request secrets: no fixture is of this device/);
  expect(out).toMatch(/GET \/other {2}HTTP 404 {2}\d+ ms {2}another operation: not checked/);
  expect(out).toMatch(/5 exchanges, 4 of deviceBindingByPureBt\n/);
  expect(out).toMatch(/wrong requests?, \d refused by the server\n {2}1 {2}/);
  expect(out).toContain('no answer broke the contract');
  expect(out).not.toContain('secretOfAnotherOperation');
  for (const fixture of [one, two, unknown]) expectNoSecret(out, fixture);
});

test('prints what docs/proxy.md shows', async () => {
  await using server = await startReference({});
  const shown = readGuide('docs/proxy.md').blocks.find(({ language }) => language === 'text')?.text ?? '';
  const fixture = await setUp(server, '1');
  const fixtures = await file('guide.json', fixture);
  const { out } = await proxying(['--url', server.url, '--fixture', fixtures], async (url) => {
    await bind(url, await signed(fixture, 'signature/without-secret'));
    await bind(url, await signed(fixture));
    await fetch(`${url}/health`);
  });
  const printed = out.split('\n').slice(2).map(comparable);
  expect(shown.split('\n').map(comparable)).toEqual(printed.slice(0, -1));
});

test('hides secrets in the terminal and the archive, whatever a client and a server do', async () => {
  const fixture = { ...goodFixture(1), token: `eyJhbGciOiJSUzI1NiJ9.${'a1B2'.repeat(20)}.${'Zx9_'.repeat(20)}` };
  const made = await signed(fixture);
  const request = { ...made, body: { ...made.body, pwd: fixture.pwd } };
  // A server that repeats everything, in several forms.
  await using server = await httpServer((incoming, response, body) => {
    const said = [...Object.values(fixture), body].flatMap((value) => forms(value));
    const answer = JSON.stringify({
      code: 5061,
      msg: said.join(' '),
      data: null,
      extMsg: `${incoming.headers.authorization}`,
    });
    response.writeHead(200, {
      ...json,
      'x-said': fixture.ps,
      'content-encoding': 'gzip',
      'set-cookie': 's=abcdefghijklmnop',
    });
    response.end(gzipSync(answer));
  });
  const args = ['--url', server.url, '--fixture', await file('one.json', fixture), '--har', 'hidden.har'];
  const { exitCode, said } = await proxying(args, async (url) => {
    await bind(url, request);
    await bind(url, { ...request, headers: { ...request.headers, 'X-Api-Key': fixture.bindingSecret } });
    const broken = JSON.stringify(request.body).slice(0, -9);
    await fetch(url + operationPath, { method: 'POST', headers: request.headers, body: broken });
    const form = new URLSearchParams({ bindingCode: fixture.bindingCode, pwd: fixture.pwd });
    await fetch(url + operationPath, { method: 'POST', headers: request.headers, body: form });
    await fetch(`${url}/login?password=${fixture.pwd}`, {
      method: 'POST',
      headers: json,
      body: '{"password":"hunter2-secret"}',
    });
  });
  expect(exitCode).toBe(1);
  expect(said).toMatch(/WRONG {4}answer: .*leaks the (token|ps)/);
  expect(said).toContain('5 exchanges, 4 of');
  const har = await readFile(join(folder, 'hidden.har'), 'utf8');
  expect((await stat(join(folder, 'hidden.har'))).mode & 0o777).toBe(0o600);
  const { entries } = (
    JSON.parse(har) as {
      log: { entries: { request: { postData?: { text: string } }; response: { content: { text?: string } } }[] };
    }
  ).log;
  expect(entries).toHaveLength(5);
  // The answer was decoded, so that it can be read, and masked.
  expect(entries[0]?.request.postData?.text).toContain('«bindingCode»');
  expect(entries[0]?.response.content.text).toContain('"code":5061');
  expect(entries.slice(2).map(({ request: { postData } }) => postData)).toEqual([undefined, undefined, undefined]);
  expectNoSecret(said, fixture);
  expectNoSecret(har, fixture);
  expect(har + said).not.toMatch(/hunter2|abcdefghijklmnop/);
});

test('an archive is explained as the requests were, with the secrets of the fixture put back', async () => {
  await using server = await jsonServer(bound);
  await using reference = await startReference({ tokenKey: await embeddedTokenKey() });
  const fixture = {
    ...reference.states.setup('a device ready to bind', 'archive'),
    pwd: 'Door#42!x',
    oldBindingSecret: 'Pv37kDy6GsUa2CfJ',
  };
  const fixtures = await file('archive.json', fixture);
  const right = await signed(fixture);
  const { authorization: _, ...noToken } = right.headers;
  const lower = { ...right.body, bindingCode: fixture.bindingCode.toLowerCase() };
  const requests: readonly (readonly [Made, RegExp])[] = [
    [right, /nothing wrong found/],
    [{ ...right, body: { ...right.body, signature: '0'.repeat(64) } }, /^wrong: signature$/m],
    [{ ...right, headers: noToken }, /^token +WRONG +there is no Authorization header/m],
    [{ ...right, headers: { ...right.headers, authorization: `Bearer ${jwt({ iss: 'x' })}` } }, /^token +– +masked/m],
    [{ ...right, headers: { ...right.headers, authorization: fixture.token } }, /^token +WRONG +"Bearer " is missing/m],
    // The mask finds a secret in any letter case, but only the secret itself may be put back.
    [{ ...right, body: lower }, /^signature +– +masked in this file: bindingCode[\s\S]*nothing wrong found/m],
    [await signed(fixture, 'code/encrypted'), /nothing wrong found/],
  ];
  const args = ['--url', server.url, '--fixture', fixtures, '--har', 'explained.har'];
  await proxying(args, async (url) => {
    for (const [request] of requests) await bind(url, request);
    await bind(url, { ...right, body: { ...right.body, deviceName: 'x'.repeat(900_000) } });
    await fetch(url + operationPath, { method: 'POST', headers: right.headers, body: 'text' });
    await fetch(`${url}/other?token=${fixture.token}&password=hunter2`);
  });
  const har = await readFile(join(folder, 'explained.har'), 'utf8');
  expectNoSecret(har, fixture);
  expect(har).toContain('/other?token=%C2%ABtoken%C2%BB&password=%C2%ABhidden%C2%BB');
  const { out, err } = await callBindgate(folder, ['explain', 'explained.har', '--fixture', fixtures]);
  for (const [at, [, says]] of requests.entries()) {
    const text = await callBindgate(folder, [
      'explain',
      'explained.har',
      '--fixture',
      fixtures,
      '--entry',
      String(at + 1),
    ]);
    expect(text.out).toMatch(says);
  }
  expectNoSecret(out, fixture);
  expect(err).toMatch(
    /HAR entry 8 in "explained\.har" has only the beginning of its body \(cut: 900\d+ bytes in total\)/,
  );
  expect(err).toMatch(/HAR entry 9 in "explained\.har" has no body: the client sent none, or one that is not JSON/);
});

test('reports answers that break the contract as JSON lines', async () => {
  const answers = [
    { body: JSON.stringify({ ...bound, code: 0 }) },
    { body: 'bad gateway', status: 502 },
    { body: JSON.stringify(bound) },
  ];
  let count = 0;
  await using server = await httpServer((_request, response) => {
    const { body = '', status = 200 } = answers[count] ?? {};
    count += 1;
    response.writeHead(status, json).end(body);
  });
  const request = await signed(goodFixture(1));
  const { exitCode, out, err } = await proxying(['--url', server.url, '--json'], async (url) => {
    for (const _ of answers) await bind(url, request);
  });
  expect(exitCode).toBe(1);
  expect(err).toMatch(/^proxy {3}/);
  const lines = out
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
  const wrong = (says: unknown, more: object = {}): object => ({
    kind: 'exchange',
    answer: [{ kind: 'wrong', about: 'answer', says, ...more }],
  });
  expect(lines).toMatchObject([
    wrong(expect.stringMatching(/in this dialect, success is 200/), {
      fix: 'if 0 is success, start with --dialect successCode=0',
    }),
    wrong('got HTTP 502; every business outcome comes with HTTP 200'),
    { kind: 'exchange', code: 200 },
    { kind: 'summary', exchanges: 3, brokenAnswers: 2, codes: { 200: 1, 0: 1 } },
  ]);
});

test('ends with exit code 0 if nothing was wrong, and with 3 if the server never answered', async () => {
  await using server = await jsonServer(bound);
  const fine = await proxying(['--url', server.url], (url) => fetch(url));
  expect(fine.exitCode, fine.said).toBe(0);
  expect(fine.out).toContain('1 exchange, 0 of');
  const { url: closed } = await jsonServer(bound).then(async (one) => {
    await one[Symbol.asyncDispose]();
    return one;
  });
  const down = await proxying(['--url', closed, '--har', 'down.har'], async (url) => {
    const answers = [await fetch(url), await fetch(url)];
    expect(answers.map(({ status }) => status)).toEqual([502, 502]);
    expect(await answers[0]?.text()).toBe(
      `{"error":"bindgate proxy: the target ${closed} cannot be used: connection refused; start the server or correct --url"}\n`,
    );
  });
  expect(down.exitCode, down.said).toBe(3);
  expect(down.err.match(/start the server or correct --url/g)).toHaveLength(1);
  expect(down.out).toContain('2 without an answer of the server');
  expect(JSON.parse(await readFile(join(folder, 'down.har'), 'utf8'))).toMatchObject({ log: { entries: [{}, {}] } });
});

test('writes a complete archive when it is interrupted during a request', async () => {
  const arrived = Promise.withResolvers<unknown>();
  await using server = await httpServer(() => arrived.resolve(undefined));
  const use = (url: string): Promise<unknown> => {
    void fetch(url).catch(() => undefined);
    return arrived.promise;
  };
  const { exitCode, out } = await proxying(['--url', server.url, '--har', 'cut.har'], use, 'own process');
  expect(exitCode).toBe(0);
  expect(out).toContain("no answer: the client's connection was closed");
  const { log } = JSON.parse(await readFile(join(folder, 'cut.har'), 'utf8')) as { log: { entries: unknown[] } };
  expect(log.entries).toHaveLength(1);
});

test('presents a client certificate to the server, also from one file with its key', async () => {
  await using certificates = await makeCertificates();
  await using server = await tlsServer(certificates, () => bound);
  const { ca, client } = certificates;
  const both = await file('both.pem', (await readFile(client.cert, 'utf8')) + (await readFile(client.key, 'utf8')));
  for (const identity of [
    ['--cert', client.cert, '--key', client.key],
    ['--cert', join(folder, both)],
    ['--key', join(folder, both)],
  ]) {
    const { exitCode, said } = await proxying(['--url', server.url, '--ca', ca, ...identity], async (url) => {
      expect(await (await fetch(url)).json()).toEqual(bound);
    });
    expect(exitCode, said).toBe(0);
  }
  expect([...server.clients]).toEqual([['client', 3]]);
});

test('says in its line that the server asks for a certificate, and ends with 3 although the request is wrong', async () => {
  await using certificates = await makeCertificates();
  await using server = await tlsServer(certificates, () => bound);
  const { exitCode, out } = await proxying(['--url', server.url, '--ca', certificates.ca], (url) =>
    bind(url, { headers: json, body: {} }),
  );
  expect(out).toMatch(/no answer: the server asks for a client certificate {2}\d+ ms\n {4}WRONG/);
  expect(exitCode).toBe(3);
});

test.each<[string, RegExp]>([
  ['proxy', /^bindgate: no server: give --url URL, the base URL of the server\n$/],
  ['proxy --url http://localhost:18000/x --port 18000', /is this proxy itself \(--port 18000\); choose another --port/],
  // On all addresses, and by the address of every interface.
  ['proxy --url http://127.0.0.9:18000 --port 18000 --host 0.0.0.0', /is this proxy itself/],
  ['proxy --url http://0.0.0.0:18000 --port 18000', /is this proxy itself/],
  [
    `proxy --url http://127.0.0.1:9/api${operationPath}/`,
    /^bindgate: --url already contains the operation's path; use http:\/\/127\.0\.0\.1:9\/api\n$/,
  ],
  ['proxy --url ftp://a', /is not an http or https URL/],
  ['proxy --url http://a --fixture none.json', /the fixture file "none\.json": there is no such file/],
  ['proxy --url http://a --fixture nothing.json', /contains no fixture; its members are token, pk,/],
  [
    'proxy --url http://a --fixture partly.json',
    /the fixture file "partly\.json" cannot be used: the signature cannot be checked without userDomainSecret/,
  ],
  ['proxy --url http://a --fixture text.json', /"text\.json": it is not valid JSON/],
  ['proxy --url http://a --har none/x.har', /--har "none\/x\.har" cannot be written \(ENOENT\)/],
  ['proxy --url http://a --har .', /--har "\." is a folder; choose another file/],
  ['proxy --url https://a --cert a.pem', /--cert is given without --key; give both/],
  ['proxy --url https://a --key a.pem', /--key is given without --cert; give both/],
  ['proxy --url http://a --header x', /--header must be "Name: value"/],
  [
    'proxy --url http://a --host 192.0.2.1',
    /cannot listen on host "192\.0\.2\.1" \(EADDRNOTAVAIL\); choose another --host/,
  ],
])('refuses in one line: %s', async (command, says) => {
  await file('nothing.json', { url: 'http://a', list: [1, { a: 1 }] });
  await file('partly.json', { ps: '0123456789abcdef' });
  await file('text.json', 'pk=1');
  const ended = await callBindgate(folder, command.split(' '));
  expect(ended.err).toMatch(says);
  expect(ended.err.split('\n')).toHaveLength(2);
  expect(ended.exitCode).toBe(2);
});

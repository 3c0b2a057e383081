/** Servers with every kind of wrong behaviour, as targets and as states endpoints: each run ends by itself, with the right exit code and inert output. */
import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Results } from '../contract/results.ts';
import {
  endlessBody,
  goodFixture,
  httpServer,
  jsonServer,
  rawServer,
  statesServer,
  type TestServer,
  tcpServer,
} from '../contract/testing/servers.ts';
import { failureLine, findExitCode } from './failure.ts';
import { testFolder } from './testing/folder.ts';
import { verifying } from './testing/verifying.ts';

const text = '\u001b[2J\u001b]0;owned\u0007\u009b31m\n::error::owned\n<script>alert(1)</script>]]>&"\'\u202e\u0000';
const secrets = goodFixture(1);
const hidden = [
  secrets.bindingSecret,
  secrets.userDomainSecret,
  secrets.ps,
  secrets.bindingCode,
  secrets.pwd,
  'payload-of-the-token',
  'signature-of-the-token',
];
const ok = '{"code":200,"msg":"","data":{"verified":1},"extMsg":null}';
const head = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';

type Ended = { readonly exitCode: number; readonly shown: string; readonly results: Results | undefined };
type Start = () => Promise<TestServer>;

/** Runs `bindgate verify` in this process, with a few cases and a short timeout. */
async function verifyingFew(url: string, states: string, timeoutMs = 1_000): Promise<Ended> {
  const out = testFolder();
  const only = ['bind/plain', 'dk/too-short', 'signature/absent', 'token/missing'];
  const ended = await verifying({ url, states, only, seed: 1, out }, { timeoutMs, concurrency: 2 }).catch(
    (error: unknown) => ({ exitCode: findExitCode(error), said: failureLine(error), text: '', results: undefined }),
  );
  const files = ['results.json', 'junit.xml'].map((file) =>
    readFile(join(out, 'partial', file), 'utf8').catch(() => ''),
  );
  const { exitCode, said, text, results } = ended;
  const shown = [said, text, ...(await Promise.all(files))].filter((part) => part !== '').join('\n');
  return { exitCode, shown, results };
}

function expectInert(shown: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not come through
  expect(shown).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]|^::|^\s+at .*:\d+/m);
  for (const secret of hidden) expect(shown).not.toContain(secret);
  expect(shown.length).toBeLessThan(200_000);
}

/** A server with these answers; a function gets the body and the token of a request. */
function answering(
  answer: string | Uint8Array | ((body: string, token: string) => string),
  headers: Record<string, string> = {},
  status = 200,
): Start {
  return () =>
    httpServer((request, response, body) => {
      const content = typeof answer === 'function' ? answer(body, String(request.headers.authorization)) : answer;
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(content);
    });
}

/** A server that answers the probe correctly and does this to every real request. */
function afterProbe(onReal: (response: ServerResponse) => unknown): Start {
  return () =>
    httpServer((request, response) => {
      if (request.headers.authorization !== undefined) return onReal(response);
      return response.setHeader('content-type', 'application/json').end('{"code":5106,"msg":""}');
    });
}

let flips = 0;

const targets: readonly (readonly [string, Start, number])[] = [
  ['binds everything', answering(ok), 1],
  ['refuses everything', answering('{"code":5361,"msg":"no"}'), 1],
  ['closes at once', () => tcpServer((socket) => socket.destroy()), 3],
  ['never answers', () => tcpServer(() => undefined), 3],
  ['stalls in the body', () => rawServer(`${head}content-length: 9\r\n\r\n{`, true), 3],
  ['promises more than it sends', () => rawServer(`${head}content-length: 500\r\n\r\n${ok}`), 3],
  ['sends more than it promised', () => rawServer(`${head}content-length: 2\r\n\r\n${ok}`), 1],
  ['does not speak HTTP', () => rawServer('220 mail ESMTP\r\n'), 3],
  ['has a header of 1 MB', () => rawServer(`${head}x: ${'y'.repeat(1_000_000)}\r\n\r\n{}`), 3],
  ['has 10,000 headers', () => rawServer(`${head}${'x-many: headers\r\n'.repeat(10_000)}\r\n{}`), 3],
  ['has a status of 999', () => rawServer('HTTP/1.1 999 X\r\ncontent-length: 2\r\n\r\n{}'), 1],
  ['has a body of 100 MB', () => endlessBody('x'.repeat(65_536), `${head}content-length: 104857600\r\n\r\n`), 3],
  ['answers 204', answering('', {}, 204), 1],
  ['answers 304', answering('', {}, 304), 1],
  ['redirects to itself', answering('', { location: '/' }, 302), 1],
  ['redirects permanently', answering('', { location: 'http://192.0.2.1/' }, 308), 1],
  ['asks for authentication', answering('', { 'www-authenticate': `Basic realm="${'x'.repeat(100)}"` }, 401), 3],
  ['is always busy', answering(ok, { 'retry-after': '0' }, 429), 3],
  [
    'answers 503 with a stack trace',
    answering('java.lang.NullPointerException\n\tat com.example.A(A.java:1)', {}, 503),
    1,
  ],
  ['sends a gzip bomb', answering(gzipSync(Buffer.alloc(20_000_000)), { 'content-encoding': 'gzip' }), 1],
  ['sends a deflated body', answering(deflateSync(ok), { 'content-encoding': 'deflate' }), 1],
  ['sends a brotli body', answering(brotliCompressSync(ok), { 'content-encoding': 'br' }), 1],
  ['sends UTF-16', answering(Buffer.from(ok, 'utf16le'), { 'content-type': 'application/json; charset=utf-16' }), 1],
  ['sends invalid UTF-8', answering(Buffer.from([0x22, 0xc3, 0x28, 0x22])), 1],
  ['sends a byte order mark', answering(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from('x')])), 1],
  ['sends nothing', answering(''), 1],
  ['sends null', answering('null'), 1],
  ['sends a list', answering('[]'), 1],
  ['sends a number', answering('200'), 1],
  ['sends text', answering('"ok"'), 1],
  ['sends two objects', answering(ok + ok), 1],
  ['sends half an object', answering(ok.slice(0, 20)), 1],
  ['sends NaN for a code', answering('{"code":NaN}'), 1],
  ['sends a code as text', answering('{"code":"200","msg":""}'), 1],
  ['sends a code as a float', answering('{"code":5361.5,"msg":""}'), 1],
  ['sends a huge code', answering('{"code":99999999999999999999,"msg":""}'), 1],
  ['sends an infinite code', answering('{"code":1e999,"msg":""}'), 1],
  ['sends a negative code', answering('{"code":-1,"msg":""}'), 1],
  ['sends a code in an object', answering('{"code":{"value":200},"msg":""}'), 1],
  ['sends __proto__', answering('{"__proto__":{"code":200},"msg":""}'), 1],
  ['nests 100,000 levels', answering('['.repeat(100_000)), 1],
  ['nests 20,000 whole levels', answering(`{"code":5361,"data":${'['.repeat(20_000)}${']'.repeat(20_000)}}`), 1],
  ['has hostile text in msg', answering(JSON.stringify({ code: 5361, msg: text.repeat(500) })), 1],
  ['has hostile text as a code', answering(JSON.stringify({ code: text, msg: '' })), 1],
  [
    'has hostile text in its media type',
    () =>
      rawServer(
        `HTTP/1.1 200 OK\r\ncontent-type: text/x\u009b31m<script>\r\ncontent-length: ${ok.length}\r\n\r\n${ok}`,
      ),
    1,
  ],
  ['echoes the request', answering((body, token) => JSON.stringify({ code: 5361, msg: body + token })), 1],
  [
    'echoes the request in Base64 and URL form',
    answering((body, token) => Buffer.from(body).toString('base64') + encodeURIComponent(token)),
    1,
  ],
  ['has a message of 900 KB', answering(JSON.stringify({ code: 5361, msg: 'x'.repeat(900_000) })), 1],
  [
    'answers differently each time',
    answering(() => `{"code":${[200, 5361, 5106][flips++ % 3]},"msg":"","data":{"verified":1}}`),
    1,
  ],
  ['drops every real request', afterProbe((response) => response.destroy()), 1],
  ['hangs on every real request', afterProbe(() => undefined), 1],
  ['stops after three requests', () => dyingServer(3), 1],
];

describe.concurrent('a target that', () => {
  test.each(targets)('%s', async (_, start, exitCode) => {
    await using server = await start();
    await using states = await statesServer();
    const ended = await verifyingFew(server.url, `${states.url}/s`);
    expectInert(ended.shown);
    expect([ended.exitCode, ended.shown.slice(0, 300)]).toEqual([exitCode, expect.any(String)]);
    // Result files exist if a case was run; an unusable target is reported before that.
    if (exitCode === 1) expect(ended.results?.verdict.exitCode).toBe(1);
  });
});

const endpoints: [string, Start, says?: RegExp][] = [
  ['closes at once', () => tcpServer((socket) => socket.destroy()), /did not answer/],
  ['never answers', () => tcpServer(() => undefined)],
  ['stalls in the body', () => rawServer(`${head}content-length: 9\r\n\r\n{`, true)],
  ['has a body of 100 MB', () => endlessBody('x'.repeat(65_536), `${head}content-length: 104857600\r\n\r\n`)],
  ['does not speak HTTP', () => rawServer('hello\r\n')],
  [
    'answers 404 with hostile text',
    answering(JSON.stringify({ message: text }), {}, 404),
    /answered 404 to every state tried/,
  ],
  ['answers 500', answering(text, {}, 500), /answered HTTP 500/],
  ['always answers 503', answering('', { 'retry-after': '0' }, 503)],
  ['always answers 429', answering('', { 'retry-after': '0' }, 429)],
  ['redirects', answering('', { location: '/' }, 307)],
  ['answers HTML', answering('<html>'), /not JSON/],
  ['answers nothing', answering('')],
  ['answers gzip', answering(gzipSync(JSON.stringify(goodFixture(1))), { 'content-encoding': 'gzip' })],
  ['has a dk of 33', () => statesServer((fixture) => ({ ...fixture, dk: 'x'.repeat(33) }))],
  ['has numbers for texts', () => statesServer((fixture) => ({ ...fixture, bindingCode: 1234567890123456 }))],
  ['has a token with a line break', () => statesServer((fixture) => ({ ...fixture, token: 'a\r\nx-evil: 1' }))],
  ['has hostile text for a pk', () => statesServer((fixture) => ({ ...fixture, pk: 7, msg: text }))],
];

describe.concurrent('a states endpoint that', () => {
  test.each<[string, Start, says?: RegExp]>(endpoints)('%s', async (_, start, says = /./) => {
    await using server = await jsonServer({ code: 5106, msg: '' });
    await using states = await start();
    const ended = await verifyingFew(server.url, `${states.url}/s`, 3_000);
    expectInert(ended.shown);
    expect([ended.exitCode, ended.shown.slice(0, 300)]).toEqual([3, expect.any(String)]);
    expect(ended.shown).toMatch(says);
    expect(ended.shown.trim().split('\n')).toHaveLength(1);
  });

  test('gives the same device each time', async () => {
    await using server = await jsonServer({ code: 200, msg: '', data: { verified: 1 } });
    await using states = await statesServer((fixture) => ({ ...fixture, dk: 'THESAME' }));
    const ended = await verifyingFew(server.url, `${states.url}/s`, 3_000);
    expectInert(ended.shown);
    expect(ended.shown).toContain('earlier set-up');
    expect(ended.results?.summary.errors).toBeGreaterThan(0);
  });
});

function dyingServer(after: number): Promise<TestServer> {
  let asked = 0;
  return httpServer((_request, response) => {
    asked += 1;
    if (asked > after) response.destroy();
    else response.setHeader('content-type', 'application/json').end('{"code":200,"msg":"","data":{"verified":1}}');
  });
}

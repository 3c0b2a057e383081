import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { ApiRequest } from '../../spec/http.ts';
import { endlessBody, httpServer, jsonServer, rawServer, type TestServer, tcpServer } from '../testing/servers.ts';
import { proxyServer } from '../testing/tls.ts';
import type { Exchange } from './exchange.ts';
import { createHttpClient } from './http-client.ts';
import { noTls } from './http-errors.ts';
import { readBaseUrl } from './read-url.ts';

const token = 'Bearer head.secret-payload.secret-signature';
const request: ApiRequest = {
  method: 'POST',
  path: '/operation',
  headers: [['Authorization', token]],
  body: Buffer.from('{}'),
};

async function sendTo(url: string, more: object = {}, sent: ApiRequest = request): Promise<Exchange> {
  await using client = createHttpClient({ baseUrl: url, timeoutMs: 15_000, ...more });
  return await client.send(sent);
}

const head = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';
const chunked = `${head}transfer-encoding: chunked\r\n\r\n`;

describe.concurrent('gives a reason for a target that', () => {
  const behaviours: readonly (readonly [string, () => Promise<TestServer>, string])[] = [
    ['closes at once', () => tcpServer((socket) => socket.destroy()), 'reset'],
    ['resets at once', () => tcpServer((socket) => socket.resetAndDestroy()), 'reset'],
    [
      'resets after the request',
      () => tcpServer((socket) => socket.once('data', () => socket.resetAndDestroy())),
      'reset',
    ],
    ['never answers', () => tcpServer(() => undefined), 'time-out'],
    ['stalls in the status line', () => rawServer('HTTP/1.1 20', true), 'time-out'],
    ['stalls in the headers', () => rawServer('HTTP/1.1 200 OK\r\ncontent-ty', true), 'time-out'],
    ['stalls in the body', () => rawServer(`${head}content-length: 10\r\n\r\n{"co`, true), 'time-out'],
    ['stalls in a chunk', () => rawServer(`${chunked}a\r\n{"co`, true), 'time-out'],
    ['stalls before the last chunk', () => rawServer(`${chunked}2\r\n{}\r\n`, true), 'time-out'],
    ['drips a byte at a time', () => slowBody(), 'time-out'],
    ['sends interim answers for ever', () => endlessBody('HTTP/1.1 103 Early Hints\r\n\r\n'), 'time-out'],
    ['speaks no HTTP', () => rawServer('SSH-2.0-OpenSSH_9.6\r\n'), 'malformed'],
    ['has a malformed status line', () => rawServer('HTTP/1.1 abc OK\r\n\r\n'), 'malformed'],
    ['has a bad header', () => rawServer(`${head}bad header\u0000: x\r\n\r\n{}`), 'malformed'],
    ['closes before the body is whole', () => rawServer(`${head}content-length: 100\r\n\r\n{}`), 'reset'],
    ['closes inside a chunk', () => rawServer(`${chunked}ff\r\n{}`), 'reset'],
    ['has a bad chunk size', () => rawServer(`${chunked}zz\r\n{}\r\n0\r\n\r\n`), 'malformed'],
    [
      'has two different lengths',
      () => rawServer(`${head}content-length: 2\r\ncontent-length: 3\r\n\r\n{}`),
      'malformed',
    ],
    ['has a length that is not a number', () => rawServer(`${head}content-length: many\r\n\r\n{}`), 'malformed'],
    ['speaks HTTP/0.9', () => rawServer('{"code":200}'), 'malformed'],
    ['has a negative length', () => rawServer(`${head}content-length: -1\r\n\r\n{}`), 'malformed'],
    ['has a header of 2 MB', () => rawServer(`${head}x: ${'x'.repeat(2_000_000)}\r\n\r\n{}`), 'malformed'],
    [
      'switches to another protocol',
      () => rawServer('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n', true),
      'reset',
    ],
    ['has 20,000 headers', () => rawServer(`${head}${'x-header: value\r\n'.repeat(20_000)}\r\n{}`), 'malformed'],
    [
      'has a body of 100 MB',
      () => endlessBody('x'.repeat(65_536), `${head}content-length: 104857600\r\n\r\n`),
      'too-large',
    ],
    ['has endless chunks', () => endlessBody(`ffff\r\n${'x'.repeat(65_535)}\r\n`, chunked), 'too-large'],
    [
      'has an endless body without a length',
      () => endlessBody('x'.repeat(65_536), `${head}connection: close\r\n\r\n`),
      'too-large',
    ],
  ];

  test.each(behaviours)('%s', async (_, start, reason) => {
    await using server = await start();
    // The time-out is short only in tests of time-outs, so that a busy machine does not cause others.
    const exchange = await sendTo(server.url, { timeoutMs: reason === 'time-out' ? 300 : 15_000 });
    expect(exchange).toMatchObject({ kind: 'no-answer', reason });
    expect(JSON.stringify(exchange)).not.toContain('secret');
  });
});

test('reports a refused connection', async () => {
  expect(await sendTo('http://127.0.0.1:9')).toMatchObject({ reason: 'refused', detail: 'connection refused' });
});

test('reports https on an http port', async () => {
  await using server = await jsonServer({});
  expect(await sendTo(server.url.replace('http', 'https'))).toMatchObject({
    kind: 'no-answer',
    reason: 'tls',
    detail: noTls,
  });
});

test('does not follow a redirect with the token', async () => {
  let asked = 0;
  await using elsewhere = await httpServer((_request, response) => {
    asked += 1;
    response.end();
  });
  await using server = await httpServer((_request, response) => {
    response.writeHead(307, { location: `${elsewhere.url}/operation` }).end();
  });
  expect(await sendTo(server.url)).toMatchObject({ kind: 'answer', response: { httpStatus: 307 } });
  expect(asked).toBe(0);
});

test('does not decompress a body', async () => {
  const bomb = gzipSync(Buffer.alloc(50_000_000));
  await using server = await httpServer((_request, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
  });
  const exchange = await sendTo(server.url);
  expect(exchange.kind === 'answer' && Buffer.compare(exchange.response.body, bomb)).toBe(0);
});

test('keeps the base path and the headers as given', async () => {
  let seen: { path: string | undefined; raw: readonly string[] } | undefined;
  await using server = await httpServer((incoming, response) => {
    seen = { path: incoming.url, raw: incoming.rawHeaders };
    response.end('{}');
  });
  await sendTo(`${server.url}/prefix/`, { headers: [['X-Extra', '1']] });
  expect(seen?.path).toBe('/prefix/operation');
  expect(seen?.raw.join(' ')).toContain(`X-Extra 1 Authorization ${token}`);
});

test('uses a proxy with CONNECT', async () => {
  await using server = await jsonServer({ code: 5106 });
  await using proxy = await proxyServer(server.port);
  expect(await sendTo(server.url, { proxy: proxy.url })).toMatchObject({
    kind: 'answer',
    response: { httpStatus: 200 },
  });
  expect([...proxy.asked]).toEqual([[`CONNECT 127.0.0.1:${server.port}`, 1]]);
});

test('does not take the refusal of a proxy for an answer', async () => {
  await using proxy = await rawServer('HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 2\r\n\r\n{}');
  expect(await sendTo('http://127.0.0.1:1', { proxy: proxy.url })).toMatchObject({
    kind: 'no-answer',
    reason: 'unreachable',
    detail: 'the proxy answers CONNECT with HTTP 407',
  });
});

test('keeps each of 1,500 pairs of headers', async () => {
  const names = Array.from({ length: 3_000 }, (_, at) => `x-${at % 1_500}: ${at}\r\n`);
  await using server = await rawServer(`${head}${names.join('')}content-length: 2\r\n\r\n{}`);
  const exchange = await sendTo(server.url);
  expect(exchange.kind === 'answer' && exchange.response.headers.length).toBe(3_002);
});

test('sends a body in pieces with chunked coding', async () => {
  let seen = '';
  await using server = await httpServer((incoming, response, body) => {
    seen = `${incoming.headers['transfer-encoding']} ${body}`;
    response.end('{}');
  });
  const body = [
    { bytes: Buffer.from('{"a"'), afterMs: 0 },
    { bytes: Buffer.from(':1}'), afterMs: 20 },
  ];
  await sendTo(server.url, {}, { ...request, body });
  expect(seen).toBe('chunked {"a":1}');
});

test('ends a request after an interruption', async () => {
  await using server = await tcpServer(() => undefined);
  await using client = createHttpClient({ baseUrl: server.url, timeoutMs: 60_000 });
  const interrupted = new AbortController();
  const sending = client.send(request, interrupted.signal);
  setTimeout(() => interrupted.abort(), 30);
  expect(await sending).toMatchObject({ reason: 'aborted' });
  expect(await client.send(request, interrupted.signal)).toMatchObject({ reason: 'aborted' });
});

test('ignores bytes after an answer', async () => {
  await using server = await rawServer(
    `${head}content-length: 2\r\n\r\n{}HTTP/1.1 500 X\r\ncontent-length: 0\r\n\r\n`,
    true,
  );
  await using client = createHttpClient({ baseUrl: server.url, timeoutMs: 15_000 });
  await client.send(request);
  const next = await client.send(request);
  expect(next.kind === 'answer' ? next.response.httpStatus : next.reason).not.toBe(500);
});

test('does not take bytes on an idle connection for the next answer', async () => {
  await using server = await tcpServer((socket) => {
    socket.on('data', () => {
      socket.write(`${head}content-length: 2\r\n\r\n{}`);
      setTimeout(() => socket.write('HTTP/1.1 500 X\r\ncontent-length: 0\r\n\r\n'), 20);
    });
  });
  await using client = createHttpClient({ baseUrl: server.url, timeoutMs: 15_000 });
  await client.send(request);
  await pause(100);
  const next = await client.send(request);
  expect(next.kind === 'answer' ? next.response.httpStatus : next.reason).not.toBe(500);
});

test('returns status, headers in order, body and time', async () => {
  await using server = await httpServer((_request, response) => {
    response
      .writeHead(
        201,
        [
          ['X-One', '1'],
          ['x-two', '2'],
        ].flat(),
      )
      .end('body');
  });
  const exchange = await sendTo(server.url);
  expect(exchange).toMatchObject({ kind: 'answer', response: { httpStatus: 201, truncated: false } });
  if (exchange.kind !== 'answer') return;
  expect(exchange.response.headers.slice(0, 2)).toEqual([
    ['X-One', '1'],
    ['x-two', '2'],
  ]);
  expect(Buffer.from(exchange.response.body).toString()).toBe('body');
  expect(exchange.response.durationMs).toBeGreaterThan(0);
});

test.each([
  ['nonsense', /not an http or https URL/],
  ['ftp://127.0.0.1', /not an http or https URL/],
  ['http://127.0.0.1?x=1', /^the URL has a query \(\?x=1\), which is not sent; remove it$/],
  ['http://user:hunter2@127.0.0.1', /contains a user name or password/],
])('refuses the base URL %s', (url, message) => {
  expect(() => readBaseUrl(url)).toThrow(message);
  expect(() => readBaseUrl(url)).not.toThrow(/hunter2/);
});

function slowBody(): Promise<TestServer> {
  return tcpServer((socket) => {
    socket.write(`${head}content-length: 1000\r\n\r\n`);
    const timer = setInterval(() => socket.write('x'), 20);
    socket.on('close', () => clearInterval(timer));
  });
}

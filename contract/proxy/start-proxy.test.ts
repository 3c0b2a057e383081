import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type Socket } from 'node:net';
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { Listening } from '../../spec/listen.ts';
import { createHttpClient } from '../targets/http-client.ts';
import { httpServer, rawServer, type TestServer, tcpServer } from '../testing/servers.ts';
import { type Proxied, startProxy } from './start-proxy.ts';

type Running = Listening & { readonly exchanges: Proxied[]; readonly notes: string[] };

async function proxyTo(
  baseUrl: string,
  more: { timeoutMs?: number; maxBodyBytes?: number; port?: number } = {},
): Promise<Running> {
  const { maxBodyBytes = 1024 * 1024, port = 0, ...options } = more;
  const client = createHttpClient({ baseUrl, timeoutMs: 20_000, maxBodyBytes, ...options });
  const exchanges: Proxied[] = [];
  const notes: string[] = [];
  const proxy = await startProxy({
    client,
    host: '127.0.0.1',
    port,
    maxBodyBytes,
    onExchange: (proxied) => exchanges.push(proxied),
    onNote: (says) => notes.push(says),
  });
  return {
    ...proxy,
    exchanges,
    notes,
    [Symbol.asyncDispose]: async () => {
      await proxy[Symbol.asyncDispose]();
      await client[Symbol.asyncDispose]();
    },
  };
}

/** Sends bytes and reads until the other side closes. */
async function sendRaw(port: number, bytes: string | Uint8Array): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => socket.destroy());
  const pieces: Buffer[] = [];
  socket.on('data', (piece: Buffer) => pieces.push(piece));
  socket.write(bytes);
  await once(socket, 'close');
  return Buffer.concat(pieces).toString('latin1');
}

/** A server that keeps the bytes of each request and answers with these bytes. */
async function capturing(answer: string | Uint8Array): Promise<TestServer & { readonly got: () => string }> {
  let got = Buffer.alloc(0);
  const server = await tcpServer((socket) => {
    socket.on('data', (piece: Buffer) => {
      got = Buffer.concat([got, piece]);
      const text = got.toString('latin1');
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
      const [, body = ''] = text.split(/\r\n\r\n([\s\S]*)/);
      if (
        /transfer-encoding: chunked/i.test(text)
          ? body.endsWith('0\r\n\r\n')
          : body.length >= length && /\r\n\r\n/.test(text)
      )
        socket.end(answer);
    });
  });
  return { ...server, got: () => got.toString('latin1') };
}

const get = 'GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n';
const ok = 'HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}';

test('forwards odd headers, their order and case, and a binary body byte for byte', async () => {
  await using server = await capturing(ok);
  await using proxy = await proxyTo(`${server.url}/api`);
  const body = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
  const head = [
    'PUT /a%20b//c;x=1?q=%C3%A9&q=2&empty HTTP/1.1',
    'X-B: 1',
    'host: client.example',
    'x-a: \xe9 \tz',
    'X-b: 2',
    'Cookie: a=1',
    'COOKIE: b=2',
    'X-Empty:',
    'Accept-Encoding: gzip',
    'Connection: close, X-Hop',
    'X-Hop: dropped',
    'TE: trailers',
    'Keep-Alive: timeout=1',
    'Content-Length: 256',
  ];
  await sendRaw(proxy.port, Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), body]));
  const [sent = '', received] = server.got().split(/\r\n\r\n([\s\S]*)/);
  const [line, ...lines] = sent.split('\r\n');
  expect(line).toBe('PUT /api/a%20b//c;x=1?q=%C3%A9&q=2&empty HTTP/1.1');
  // The client of the proxy writes the headers of the connection and the length itself.
  const own = /^(connection|content-length|via):/i;
  expect(lines.filter((header) => !own.test(header))).toEqual([
    `Host: 127.0.0.1:${server.port}`,
    'X-B: 1',
    'x-a: \xe9 \tz',
    'X-b: 2',
    'Cookie: a=1',
    'COOKIE: b=2',
    'X-Empty: ',
    'Accept-Encoding: gzip',
  ]);
  expect(lines).toContain('Content-Length: 256');
  expect(lines.at(-1)).toMatch(/^Via: 1\.1 bindgate-[0-9a-f-]{36}$/);
  expect(received).toBe(body.toString('latin1'));
});

test('passes an answer on byte for byte', async () => {
  const body = Buffer.from([0, 0xff, 0x0a, 0x80]);
  const head =
    'HTTP/1.1 418 Odd\r\nX-B: \xe9\r\nset-cookie: a=1\r\nSet-Cookie: b=2\r\nAccess-Control-Allow-Origin: *\r\nconnection: close, x-hop\r\nx-hop: 1\r\ncontent-length: 4\r\n\r\n';
  await using server = await rawServer(Buffer.concat([Buffer.from(head, 'latin1'), body]));
  await using proxy = await proxyTo(server.url);
  const answer = await sendRaw(proxy.port, get);
  expect(answer.split('\r\n')).toEqual([
    expect.stringMatching(/^HTTP\/1\.1 418 /),
    'X-B: \xe9',
    'set-cookie: a=1',
    'Set-Cookie: b=2',
    'Access-Control-Allow-Origin: *',
    'content-length: 4',
    'Connection: close',
    '',
    body.toString('latin1'),
  ]);
});

test('keeps chunked transfer coding on both sides, and does not decode a body', async () => {
  const zipped = gzipSync('{"code":200}');
  const chunk = Buffer.concat([Buffer.from(`${zipped.length.toString(16)}\r\n`), zipped, Buffer.from('\r\n0\r\n\r\n')]);
  const head = 'HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n';
  await using server = await capturing(Buffer.concat([Buffer.from(head), chunk]));
  await using proxy = await proxyTo(server.url);
  const asked =
    'POST / HTTP/1.1\r\nhost: a\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{"\r\n3\r\na":\r\n2\r\n1}\r\n0\r\n\r\n';
  const answer = await sendRaw(proxy.port, asked);
  expect(server.got()).toMatch(/transfer-encoding: chunked\r\n\r\n7\r\n\{"a":1\}\r\n0\r\n\r\n$/);
  expect(server.got()).not.toMatch(/content-length/i);
  expect(answer).toMatch(/transfer-encoding: chunked/i);
  const [, size = '', rest = ''] = /\r\n\r\n([0-9a-f]+)\r\n([\s\S]*)$/.exec(answer) ?? [];
  expect(gunzipSync(Buffer.from(rest.slice(0, Number.parseInt(size, 16)), 'latin1')).toString()).toBe('{"code":200}');
});

test.each(['HEAD', 'OPTIONS', 'PROPFIND', 'DELETE'])('forwards %s without a body', async (method) => {
  await using server = await httpServer((request, response) => {
    response.writeHead(200, { 'x-method': String(request.method), 'content-length': 5 });
    response.end(request.method === 'HEAD' ? undefined : 'hello');
  });
  await using proxy = await proxyTo(server.url);
  const answer = await sendRaw(proxy.port, `${method} / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n`);
  expect(answer).toContain(`x-method: ${method}`);
  expect(answer.endsWith(method === 'HEAD' ? '\r\n\r\n' : 'hello')).toBe(true);
});

test.each<[string, string, number, RegExp]>([
  [
    'a WebSocket',
    'GET / HTTP/1.1\r\nhost: a\r\nconnection: upgrade, close\r\nupgrade: websocket\r\n\r\n',
    501,
    /WebSocket is not supported/,
  ],
  ['CONNECT', 'CONNECT a:443 HTTP/1.1\r\nhost: a:443\r\n\r\n', 405, /CONNECT is refused: use the URL of this proxy/],
  [
    'an absolute URL',
    'GET http://other/ HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n',
    400,
    /the target is not a path/,
  ],
  ['no HTTP', 'hello\r\n\r\n', 400, /the request is not HTTP\/1\.1/],
  ['TLS', '\x16\x03\x01\x00\x05hello', 400, /this port speaks HTTP only; use http:\/\//],
  [
    'a long body',
    `POST / HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: 101\r\n\r\n${'x'.repeat(101)}`,
    413,
    /the body is over 100 bytes/,
  ],
  [
    'a long chunk',
    `POST / HTTP/1.1\r\nhost: a\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n65\r\n${'x'.repeat(101)}\r\n0\r\n\r\n`,
    413,
    /over 100 bytes/,
  ],
])('refuses %s in one line and keeps running', async (_, bytes, httpStatus, says) => {
  await using server = await rawServer(ok);
  await using proxy = await proxyTo(server.url, { maxBodyBytes: 100 });
  const answer = await sendRaw(proxy.port, bytes);
  expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${httpStatus} `));
  expect(answer.split('\r\n\r\n')[1]).toMatch(/^\{"error":"bindgate proxy: [^\n]*"\}\n$/);
  expect(proxy.notes).toEqual([expect.stringMatching(says)]);
  expect(await sendRaw(proxy.port, get)).toMatch(/ 200 /);
});

test('serves a client that offers h2c, as Java does', async () => {
  await using server = await httpServer((request, response, body) => {
    response.end(`${body}${request.headers.upgrade ?? ' no upgrade'}`);
  });
  await using proxy = await proxyTo(server.url);
  const head =
    'POST / HTTP/1.1\r\nhost: a\r\nConnection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c\r\nHTTP2-Settings: AAEA\r\ncontent-length: 2\r\n\r\n{}';
  expect(await sendRaw(proxy.port, head)).toContain('{} no upgrade');
});

test('answers 502 while the server is down, and forwards when it is up', async () => {
  const { port } = await closedPort();
  await using proxy = await proxyTo(`http://127.0.0.1:${port}`);
  const answer = await sendRaw(proxy.port, get);
  expect(answer).toMatch(/^HTTP\/1\.1 502 /);
  expect(answer).toContain(
    `the target http://127.0.0.1:${port} cannot be used: connection refused; start the server or correct --url`,
  );
  await using server = createServer((_request, response) => response.end('{}')).listen(port, '127.0.0.1');
  await once(server, 'listening');
  expect(await sendRaw(proxy.port, get)).toMatch(/^HTTP\/1\.1 200 /);
  expect(proxy.exchanges.map(({ exchange }) => exchange.kind)).toEqual(['no-answer', 'answer']);
});

test('answers 504 for a slow server, 502 for one that is not HTTP or too long', async () => {
  await using silent = await tcpServer(() => undefined);
  await using slow = await proxyTo(silent.url, { timeoutMs: 50 });
  expect(await sendRaw(slow.port, get)).toMatch(/^HTTP\/1\.1 504 [\s\S]*no whole answer within 50 ms/);
  await using ssh = await rawServer('SSH-2.0-OpenSSH\r\n');
  await using wrong = await proxyTo(ssh.url);
  expect(await sendRaw(wrong.port, get)).toMatch(/^HTTP\/1\.1 502 [\s\S]*not an HTTP answer/);
  await using long = await rawServer(`HTTP/1.1 200 OK\r\ncontent-length: 101\r\n\r\n${'x'.repeat(101)}`);
  await using bounded = await proxyTo(long.url, { maxBodyBytes: 100 });
  expect(await sendRaw(bounded.port, get)).toMatch(/^HTTP\/1\.1 502 [\s\S]*the body is over 100 bytes/);
});

test('finds that it sends to itself', async () => {
  // The first proxy sends to a port where the second one sends back to the first.
  const { port } = await closedPort();
  await using first = await proxyTo(`http://127.0.0.1:${port}`);
  await using second = await proxyTo(first.url, { port });
  expect(second.url).toContain(String(port));
  const answer = await sendRaw(first.port, get);
  expect(answer).toMatch(/^HTTP\/1\.1 508 /);
  expect(first.notes).toEqual([expect.stringMatching(/HTTP 508: the proxy sends to itself; correct --url/)]);
});

test('stops a request if its client goes away', async () => {
  const arrived = Promise.withResolvers<Socket>();
  await using server = await tcpServer((socket) => socket.once('data', () => arrived.resolve(socket)));
  await using proxy = await proxyTo(server.url);
  const client = connect(proxy.port, '127.0.0.1');
  client.write('POST /x HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\n\r\n{}');
  const upstream = await arrived.promise;
  client.destroy();
  await once(upstream, 'close');
  await expect.poll(() => proxy.exchanges).toMatchObject([{ exchange: { kind: 'no-answer', reason: 'aborted' } }]);
  expect(proxy.notes).toEqual([]);
});

test('tells when a client goes away in the middle of its request, and forwards nothing', async () => {
  let connections = 0;
  await using server = await tcpServer(() => {
    connections += 1;
  });
  await using proxy = await proxyTo(server.url);
  const client = connect(proxy.port, '127.0.0.1');
  client.write('POST /x HTTP/1.1\r\nhost: a\r\ncontent-length: 20\r\n\r\n{}', () => client.end());
  await expect.poll(() => proxy.notes).toEqual(['a client closed the connection before its request was complete']);
  expect([connections, proxy.exchanges]).toEqual([0, []]);
});

test('forwards many requests at once without mixing them', async () => {
  await using server = await httpServer((_request, response, body) => response.end(body));
  await using proxy = await proxyTo(server.url);
  const sent = Array.from({ length: 200 }, (_, index) => `${index}:${'x'.repeat(index * 50)}`);
  expect(
    await Promise.all(sent.map(async (body) => (await fetch(proxy.url, { method: 'POST', body })).text())),
  ).toEqual(sent);
  expect(proxy.exchanges).toHaveLength(200);
});

test('says that a port is in use', async () => {
  await using server = await rawServer(ok);
  await expect(proxyTo(server.url, { port: server.port })).rejects.toMatchObject({
    exitCode: 3,
    message: expect.stringMatching(/^port \d+ is in use; choose another --port/),
  });
});

/** A port on which nothing listens. */
async function closedPort(): Promise<{ readonly port: number }> {
  await using server = await rawServer(ok);
  return { port: server.port };
}

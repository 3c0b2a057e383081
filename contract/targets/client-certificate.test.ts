import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operation } from '../../spec/pure-bt/operation.ts';
import { findCause, wrongPlace } from '../run/preflight/place.ts';
import { httpServer, rawServer } from '../testing/servers.ts';
import { type Certificates, makeCertificates, proxyServer, tlsServer, unresolvedHost } from '../testing/tls.ts';
import { certificateProblem } from './client-certificate.ts';
import type { Exchange } from './exchange.ts';
import { createHttpClient, type HttpClientOptions } from './http-client.ts';
import { createStatesClient } from './states-client.ts';

let own: Certificates;
let foreign: Certificates;
beforeAll(async () => {
  [own, foreign] = await Promise.all([makeCertificates(), makeCertificates()]);
});
afterAll(async () => {
  await own[Symbol.asyncDispose]();
  await foreign[Symbol.asyncDispose]();
});

const asks = 'asks for a client certificate: set "cert" and "key" in bindgate.config, or give --cert FILE --key FILE';
const refuses =
  'refuses the client certificate: check that "cert" is the right file and that the server trusts its issuer';

async function sendTo(baseUrl: string, more: Partial<HttpClientOptions> = {}): Promise<Exchange> {
  await using client = createHttpClient({ baseUrl, timeoutMs: 15_000, ...more });
  return await client.send({ method: 'GET', path: '/', headers: [], body: new Uint8Array() });
}

async function identityOf({ cert, key }: Certificates['client']): Promise<Pick<HttpClientOptions, 'cert' | 'key'>> {
  return { cert: await readFile(cert, 'utf8'), key: await readFile(key, 'utf8') };
}

/** Why a server that demands a certificate does not answer. */
async function why(url: string, client?: Certificates['client'], authority: string = own.ca): Promise<string> {
  const ca = await readFile(authority, 'utf8');
  const exchange = await sendTo(url, { ca, ...(client && (await identityOf(client))) });
  if (exchange.kind === 'answer') return `HTTP ${exchange.response.httpStatus}`;
  return (await findCause({ url }, exchange)).says;
}

/** OpenSSL's own server, which refuses with a TLS alert. */
async function opensslServer(version: string): Promise<AsyncDisposable & { readonly url: string }> {
  const { cert, key } = own.server;
  const files = ['-cert', cert, '-key', key, '-CAfile', own.ca, '-Verify', '1', '-verify_return_error'];
  const child = spawn('openssl', ['s_server', '-accept', '127.0.0.1:0', '-www', version, ...files]);
  const ended = new Promise((resolve) => child.on('close', resolve));
  const port = await new Promise<string>((resolve) => {
    let said = '';
    child.stdout.on('data', (piece: Buffer) => {
      said += piece.toString();
      const [, found] = /ACCEPT \S+:(\d+)/.exec(said) ?? [];
      if (found !== undefined) resolve(found);
    });
  });
  return {
    url: `https://localhost:${port}`,
    [Symbol.asyncDispose]: async () => {
      child.kill();
      await ended;
    },
  };
}

test('reaches a server with client certificates, also by proxy', async () => {
  await using server = await tlsServer(own, () => ({ code: 5106 }));
  await using proxy = await proxyServer(server.port);
  const trust = { ca: await readFile(own.ca, 'utf8') };
  const identity = await identityOf(own.client);
  const behind = `https://${unresolvedHost}:${server.port}`;
  expect(await sendTo(server.url, { ...trust, ...identity })).toMatchObject({ kind: 'answer' });
  expect(await sendTo(behind, { ...trust, ...identity, proxy: proxy.url })).toMatchObject({ kind: 'answer' });
  expect(await sendTo(server.url, trust)).toMatchObject({ kind: 'no-answer' });
  expect(await sendTo(server.url, identity)).toMatchObject({ kind: 'no-answer', reason: 'tls' });
  expect([...proxy.asked]).toEqual([[`CONNECT ${unresolvedHost}:${server.port}`, 1]]);
  expect([...server.clients]).toEqual([['client', 2]]);
});

test.each(['-tls1_2', '-tls1_3'])('names the missing or refused certificate of OpenSSL with %s', async (version) => {
  await using server = await opensslServer(version);
  expect(await why(server.url, own.client)).toBe('HTTP 200');
  expect(await why(server.url)).toBe(`the target ${server.url} ${asks}`);
  expect(await why(server.url, foreign.client)).toBe(`the target ${server.url} ${refuses}`);
});

test('names the missing or refused certificate of a server without alerts', async () => {
  await using server = await tlsServer(own, () => ({}));
  expect(await why(server.url, own.client)).toBe('HTTP 200');
  expect(await why(server.url)).toBe(`the target ${server.url} ${asks}`);
  expect(await why(server.url, foreign.client)).toBe(`the target ${server.url} ${refuses}`);
});

test('says that the port of an http URL speaks TLS, also if the server asks for a certificate', async () => {
  await using any = await tlsServer(own, () => ({}));
  await using openssl = await opensslServer('-tls1_2');
  await using plain = await rawServer('');
  for (const { url } of [any, openssl]) {
    const http = url.replace('https', 'http');
    expect(await why(http)).toBe(`the target ${http} cannot be used: the port speaks TLS; use ${url}`);
  }
  expect(await why(plain.url)).toMatch(/; start the server or correct --url$/);
});

test('names the authority of the server first', async () => {
  await using server = await tlsServer(own, () => ({}));
  for (const client of [undefined, own.client])
    expect(await why(server.url, client, foreign.ca)).toMatch(
      /the server's certificate is not trusted: .*; add its certificate/,
    );
});

test('names it for the states endpoint', async () => {
  await using server = await tlsServer(own, () => ({}));
  await using states = createStatesClient({ operation, url: server.url, ca: await readFile(own.ca, 'utf8') });
  expect(await states.setup(operation.readyState)).toEqual({
    kind: 'broken',
    reason: `the states endpoint ${server.url}/ ${asks}`,
  });
});

test('does not blame a certificate for another problem', async () => {
  await using plain = await rawServer('');
  await using closed = await rawServer('');
  await closed[Symbol.asyncDispose]();
  const reset = { reason: 'reset', detail: '' } as const;
  expect(await certificateProblem(plain.url, reset)).toBeUndefined();
  expect(await certificateProblem(plain.url.replace('http', 'https'), reset)).toBeUndefined();
  expect(await certificateProblem(closed.url.replace('http', 'https'), reset)).toBeUndefined();
});

describe('an answer of HTTP', () => {
  test.each([
    [400, '<html><title>400 No required SSL certificate was sent</title></html>', asks],
    [403, '403.7 - Forbidden: SSL client certificate is required.', asks],
    [400, '<html><title>400 The SSL certificate error</title></html>', refuses],
  ])('%i %s', async (status, body, says) => {
    await using server = await httpServer((_request, response) => response.writeHead(status).end(body));
    const exchange = await sendTo(server.url);
    if (exchange.kind !== 'answer') throw new Error(exchange.detail);
    const target = { url: server.url, kind: 'url' as const };
    expect(await wrongPlace(target, exchange.response, operation)).toBe(`the target ${server.url} ${says}`);
  });
});

import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operation } from '../../spec/pure-bt/operation.ts';
import { findCause, wrongPlace } from '../run/preflight/place.ts';
import { httpServer, rawServer } from '../testing/servers.ts';
import { type Certificates, makeCertificates, tlsServer } from '../testing/tls.ts';
import { certificateProblem } from './client-certificate.ts';
import { createHttpClient } from './http-client.ts';
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

/** Why a server that demands a certificate does not answer. */
async function why(url: string, client?: Certificates['client'], authority: string = own.ca): Promise<string> {
  const ca = await readFile(authority, 'utf8');
  const identity = client && { cert: await readFile(client.cert, 'utf8'), key: await readFile(client.key, 'utf8') };
  await using http = createHttpClient({ baseUrl: url, ca, timeoutMs: 15_000, ...identity });
  const exchange = await http.send({ method: 'GET', path: '/', headers: [], body: new Uint8Array() });
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
    await using client = createHttpClient({ baseUrl: server.url });
    const exchange = await client.send({ method: 'POST', path: '/', headers: [], body: Buffer.from('{}') });
    if (exchange.kind !== 'answer') throw new Error(exchange.detail);
    const target = { url: server.url, kind: 'url' as const };
    expect(await wrongPlace(target, exchange.response, operation)).toBe(`the target ${server.url} ${says}`);
  });
});

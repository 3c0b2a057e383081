import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { makeCertificates, proxyServer, tlsServer, unresolvedHost } from '../testing/tls.ts';
import type { Exchange } from './exchange.ts';
import type { HttpClientOptions } from './http-client.ts';
import { createHttpClient } from './http-client.ts';

async function sendTo(baseUrl: string, more: Partial<HttpClientOptions>): Promise<Exchange> {
  await using client = createHttpClient({ baseUrl, timeoutMs: 15_000, ...more });
  return await client.send({ method: 'POST', path: '/operation', headers: [], body: Buffer.from('{}') });
}

test('reaches a server with client certificates, also by proxy', async () => {
  await using certificates = await makeCertificates();
  await using server = await tlsServer(certificates, () => ({ code: 5106 }));
  await using proxy = await proxyServer(server.port);
  const trust = { ca: readFileSync(certificates.ca, 'utf8') };
  const { cert, key } = certificates.client;
  const identity = { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') };
  const behind = `https://${unresolvedHost}:${server.port}`;
  expect(await sendTo(server.url, { ...trust, ...identity })).toMatchObject({ kind: 'answer' });
  expect(await sendTo(behind, { ...trust, ...identity, proxy: proxy.url })).toMatchObject({ kind: 'answer' });
  // With TLS 1.3 a server refuses after the handshake, so the client only sees a closed connection.
  expect(await sendTo(server.url, trust)).toMatchObject({ kind: 'no-answer' });
  expect(await sendTo(server.url, identity)).toMatchObject({ kind: 'no-answer', reason: 'tls' });
  expect([...proxy.asked]).toEqual([[`CONNECT ${unresolvedHost}:${server.port}`, 1]]);
  expect([...server.clients]).toEqual([['client', 2]]);
});

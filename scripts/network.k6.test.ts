/** A target that needs a proxy, a private certificate authority and a client certificate. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createStatesClient } from '../contract/targets/states-client.ts';
import { openUrlTarget } from '../contract/targets/url.ts';
import { goodFixture, httpServer } from '../contract/testing/servers.ts';
import { makeCertificates, proxyServer, tlsServer, unresolvedHost } from '../contract/testing/tls.ts';
import { recordWindows } from '../load/compare/record.ts';
import { generatorWith, operation, siteAt, withoutK6 } from '../load/testing/with-k6.ts';
import { operation as device } from '../spec/pure-bt/operation.ts';
import { readNetwork } from './load.ts';
import { runBindgate } from './testing/run-bindgate.ts';

const folder = await mkdtemp(join(tmpdir(), 'bindgate-network-'));
afterAll(() => rm(folder, { recursive: true }));

const bound = { code: 200, msg: '', data: { verified: 1 }, extMsg: null };

/** Binds a device once, and sets up every state. */
function bindingPlatform(): (request: { readonly url?: string | undefined }, body: string) => unknown {
  const devices = new Set<string>();
  let count = 0;
  return ({ url }, body) => {
    const { action, dk = '' } = JSON.parse(body === '' ? '{}' : body) as { action?: string; dk?: string };
    if (url === '/_states') return action === 'setup' ? goodFixture(++count) : {};
    const again = devices.has(dk);
    devices.add(dk);
    return again ? { code: 5049, msg: '' } : bound;
  };
}

async function configFile(name: string, config: object): Promise<string> {
  await writeFile(join(folder, name), JSON.stringify({ load: { mix: { plain: 1 } }, ...config }));
  return name;
}

async function countRequests(out: string): Promise<number> {
  return (JSON.parse(await readFile(join(folder, out, 'load.json'), 'utf8')) as { requests: number }).requests;
}

describe.skipIf(withoutK6)('with k6', () => {
  test('sends load with a client certificate through a proxy', async () => {
    await using certificates = await makeCertificates();
    await using server = await tlsServer(certificates, bindingPlatform());
    await using proxy = await proxyServer(server.port);
    const url = `https://${unresolvedHost}:${server.port}`;
    const { cert, key } = certificates.client;
    const config = await configFile('tls.json', {
      ...{ url, states: `${url}/_states`, proxy: proxy.url, allowHosts: [unresolvedHost] },
      ca: relative(folder, certificates.ca),
    });
    const identity = ['--cert', relative(folder, cert), '--key', key];
    const args = ['load', 'smoke', '--config', config, ...identity, '--rate', '30', '--duration', '1s', '--out', 'tls'];
    const { exitCode, out, err } = await runBindgate(folder, args, { NO_PROXY: unresolvedHost });
    expect(exitCode, out + err).toBe(0);
    const requests = await countRequests('tls');
    expect(requests).toBeGreaterThanOrEqual(29);
    // The load and the few requests around it all come from the client in the certificate.
    expect([...server.clients.keys()]).toEqual(['client']);
    expect(server.clients.get('client')).toBeGreaterThan(requests);
    expect([...proxy.asked.keys()]).toEqual([`CONNECT ${unresolvedHost}:${server.port}`]);
  });

  test('sends load over plain http through the proxy', async () => {
    const platform = bindingPlatform();
    let arrived = 0;
    await using server = await httpServer((request, response, body) => {
      arrived += 1;
      response.setHeader('content-type', 'application/json').end(JSON.stringify(platform(request, body)));
    });
    await using proxy = await proxyServer(server.port);
    const url = `http://${unresolvedHost}`;
    const config = await configFile('http.json', {
      ...{ url, states: `${url}/_states`, proxy: proxy.url, allowHosts: [unresolvedHost] },
    });
    const args = ['load', 'smoke', '--config', config, '--rate', '30', '--duration', '1s', '--out', 'http'];
    const { exitCode, out, err } = await runBindgate(folder, args);
    expect(exitCode, out + err).toBe(0);
    const requests = await countRequests('http');
    expect(proxy.asked.get(`POST http://${unresolvedHost}`)).toBe(requests);
    expect(arrived).toBeGreaterThan(requests);
  });

  test('reaches the servers of compare in the same way', async () => {
    await using certificates = await makeCertificates();
    await using server = await tlsServer(certificates, bindingPlatform());
    await using proxy = await proxyServer(server.port);
    const { ca, client } = certificates;
    const url = `https://${unresolvedHost}:${server.port}`;
    const target = openUrlTarget({ baseUrl: url }, createStatesClient({ operation: device, url }));
    const site = siteAt(target, { timeoutMs: 2_000, network: readNetwork({ ca, ...client, proxy: proxy.url }) });
    const fixture = goodFixture(1);
    const tokens = new Map([[operation.state, fixture.token]]);
    const side = { site, fixture, tokens, mix: [], notes: [], usual: new Map() };
    const windows = { order: [0, 1], rate: 60, windowSeconds: 1 };
    const recording = await recordWindows(generatorWith(), [side, side], windows);
    expect(recording.said).toBe('');
    expect(recording.outcomes.map((codes) => Object.keys(codes))).toEqual([['200'], ['200']]);
    expect([...server.clients]).toEqual([['client', recording.requests]]);
    expect([...proxy.asked.keys()]).toEqual([`CONNECT ${unresolvedHost}:${server.port}`]);
  });
});

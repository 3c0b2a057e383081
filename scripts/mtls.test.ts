/** Commands against a server that demands a client certificate, for the operation and for its states. */

import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startReference } from '../contract/pure-bt/targets/reference.ts';
import { type Certificates, makeCertificates, tlsServer } from '../contract/testing/tls.ts';
import { testFolder } from './testing/folder.ts';
import { callBindgate } from './testing/run-bindgate.ts';

const folder = testFolder();
let certificates: Certificates;
let reference: Awaited<ReturnType<typeof startReference>>;
let server: Awaited<ReturnType<typeof tlsServer>>;
let trust: readonly string[] = [];
let identity: readonly string[] = [];
let place: readonly string[] = [];

beforeAll(async () => {
  certificates = await makeCertificates();
  reference = await startReference({});
  server = await tlsServer(certificates, async ({ url = '', headers }, body) => {
    const { authorization = '', ...others } = headers;
    const type = others['content-type'] ?? '';
    const forwarded = { method: 'POST', headers: { authorization, 'content-type': type }, body };
    return (await fetch(new URL(url, reference.url), forwarded)).json();
  });
  const { ca, client } = certificates;
  trust = ['--ca', ca];
  identity = ['--cert', client.cert, '--key', client.key];
  place = ['--url', server.url, '--states', `${server.url}/_states`];
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await reference[Symbol.asyncDispose]();
  await certificates[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const asks = 'asks for a client certificate: set "cert" and "key" in bindgate.config, or give --cert FILE --key FILE';

test('verify, and its curl lines', async () => {
  const few = ['verify', ...place, ...trust, ...identity, '--only', 'bind/plain', 'dk/too-short', '--seed', '1'];
  const passed = await callBindgate(folder, few);
  expect(passed.exitCode, passed.said).toBe(0);
  // A dialect that the server does not follow, so that there is a finding to repeat.
  const failed = await callBindgate(folder, [...few, '--dialect', 'successCode=0']);
  expect(failed.exitCode).toBe(1);
  const { client } = certificates;
  expect(failed.out).toContain(`--cacert ${certificates.ca} --cert ${client.cert} --key ${client.key}`);
  expect(failed.out).toContain(`--ca ${certificates.ca} --cert ${client.cert} --key ${client.key}`);
  expect([...server.clients.keys()]).toEqual(['client']);
});

test('doctor, from flags and from a configuration', async () => {
  const { ca, client } = certificates;
  await writeFile(
    join(folder, 'tls.json'),
    JSON.stringify({ ca, ...client, url: server.url, states: `${server.url}/_states` }),
  );
  for (const args of [
    [...place, ...trust, ...identity],
    ['--config', 'tls.json'],
  ]) {
    const { out } = await callBindgate(folder, ['doctor', ...args]);
    expect(out).toMatch(/^ok {7}target +https:\/\/localhost:\d+ answers in/m);
    expect(out).toMatch(/^ok {7}support +\d+ of \d+ states/m);
  }
});

test('the contract step of gate', async () => {
  const steps = ['--skip', 'spec', 'mock', 'load'];
  const { out, said } = await callBindgate(folder, [
    'gate',
    ...place,
    ...trust,
    ...identity,
    ...steps,
    '--only',
    'bind/plain',
  ]);
  // One case does not cover every code.
  expect(out, said).toContain('1 of 24 codes');
});

test('compare', async () => {
  const before = server.clients.get('client') ?? 0;
  const other = 'https://localhost:1';
  const args = [
    '--a',
    server.url,
    '--b',
    other,
    '--a-states',
    `${server.url}/_states`,
    '--b-states',
    `${other}/_states`,
  ];
  const { said } = await callBindgate(folder, ['compare', ...args, ...trust, ...identity]);
  expect(said).toContain(`the target ${other} cannot be used: connection refused`);
  expect(server.clients.get('client')).toBeGreaterThan(before);
});

describe('without a client certificate, the server is named and what to set', () => {
  test.each<[string, readonly string[], number]>([
    ['verify', [], 3],
    ['doctor', [], 3],
    ['gate', ['--skip', 'spec', 'mock', 'load'], 3],
    ['load', ['smoke'], 3],
  ])('%s', async (command, args, code) => {
    const { exitCode, said } = await callBindgate(folder, [command, ...args, ...place, ...trust]);
    expect(said).toContain(`the target ${server.url} ${asks}`);
    expect(exitCode).toBe(code);
  });
});

test.each(['verify', 'gate', 'doctor', 'load', 'compare', 'proxy'])(
  '%s refuses half of an identity in one line',
  async (command) => {
    const args = { load: ['smoke'], compare: ['--a', 'https://a', '--b', 'https://b'] }[command] ?? [];
    const target = command === 'compare' ? [] : ['--url', server.url];
    const flag = await callBindgate(folder, [command, ...args, ...target, '--cert', certificates.client.cert]);
    expect(flag).toMatchObject({
      exitCode: 2,
      err: 'bindgate: --cert is given without --key; give both, or one PEM file that contains both\n',
    });
    await writeFile(join(folder, 'half.json'), JSON.stringify({ cert: certificates.client.cert }));
    const key = await callBindgate(folder, [command, ...args, ...target, '--config', 'half.json']);
    expect(key).toMatchObject({
      exitCode: 2,
      err: 'bindgate: half.json: "cert" is given without "key"; give both, or neither\n',
    });
  },
);

/** Commands against a server that demands a client certificate, for the operation and for its states. */

import { afterAll, expect, test } from 'vitest';
import { startReference } from '../contract/pure-bt/targets/reference.ts';
import { makeCertificates, tlsServer } from '../contract/testing/tls.ts';
import { expectRefused } from './testing/expect-refused.ts';
import { testFolder } from './testing/folder.ts';
import { callBindgate } from './testing/run-bindgate.ts';

const certificates = await makeCertificates();
const reference = await startReference({});
const server = await tlsServer(certificates, async ({ url = '', headers }, body) => {
  const { authorization = '', ...others } = headers;
  const type = others['content-type'] ?? '';
  const forwarded = { method: 'POST', headers: { authorization, 'content-type': type }, body };
  return (await fetch(new URL(url, reference.url), forwarded)).json();
});
const { ca, client } = certificates;
const trust = `--ca ${ca}`;
const identity = `--cert ${client.cert} --key ${client.key}`;
const place = `--url ${server.url} --states ${server.url}/_states`;
const folder = testFolder({
  'tls.json': JSON.stringify({ ca, ...client, url: server.url, states: `${server.url}/_states` }),
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await reference[Symbol.asyncDispose]();
  await certificates[Symbol.asyncDispose]();
});

const asks = 'asks for a client certificate: set "cert" and "key" in bindgate.config, or give --cert FILE --key FILE';

test('verify, and its curl lines', async () => {
  const few = `verify ${place} ${trust} ${identity} --only bind/plain dk/too-short --seed 1`;
  const passed = await callBindgate(folder, few);
  expect(passed.exitCode, passed.said).toBe(0);
  // A dialect that the server does not follow, so that there is a finding to repeat.
  const failed = await callBindgate(folder, `${few} --dialect successCode=0`);
  expect(failed.exitCode).toBe(1);
  expect(failed.out).toContain(`--cacert ${ca} ${identity}`);
  expect(failed.out).toContain(`${trust} ${identity}`);
  expect([...server.clients.keys()]).toEqual(['client']);
});

test('doctor, from flags and from a configuration', async () => {
  for (const args of [`${place} ${trust} ${identity}`, '--config tls.json']) {
    const { out } = await callBindgate(folder, `doctor ${args}`);
    expect(out).toMatch(/^ok {7}target +https:\/\/localhost:\d+ answers in/m);
    expect(out).toMatch(/^ok {7}support +\d+ of \d+ states/m);
  }
});

test('the contract step of gate', async () => {
  const args = `gate ${place} ${trust} ${identity} --skip spec mock load --only bind/plain`;
  const { out, said } = await callBindgate(folder, args);
  // One case does not cover every code.
  expect(out, said).toContain('1 of 24 codes');
});

test('compare', async () => {
  const before = server.clients.get('client') ?? 0;
  const other = 'https://localhost:1';
  const states = `--a-states ${server.url}/_states --b-states ${other}/_states`;
  const args = `compare --a ${server.url} --b ${other} ${states} ${trust} ${identity}`;
  expect((await callBindgate(folder, args)).said).toContain(`the target ${other} cannot be used: connection refused`);
  expect(server.clients.get('client')).toBeGreaterThan(before);
});

test.each(['verify', 'doctor', 'gate --skip spec mock load', 'load smoke'])(
  '%s without a client certificate says which server asks for one, and what to set',
  async (command) => {
    const { exitCode, said } = await callBindgate(folder, `${command} ${place} ${trust}`);
    expect(said).toContain(`the target ${server.url} ${asks}`);
    expect(exitCode).toBe(3);
  },
);

test.each(['verify', 'gate', 'doctor --json', 'load smoke', 'compare', 'proxy'])(
  '%s refuses half of an identity in one line',
  async (command) => {
    const args = command === 'compare' ? 'compare --a https://a --b https://b' : `${command} --url ${server.url}`;
    const both = 'give both, or one PEM file that contains both';
    await expectRefused(folder, `${args} --cert ${client.cert}`, `--cert is given without --key; ${both}`);
  },
);

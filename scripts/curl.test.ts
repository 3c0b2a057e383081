/** Runs the curl lines of reports in a shell: they send what bindgate sent. */

import { execFile } from 'node:child_process';
import { hash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { bodyFileName } from '../contract/curl.ts';
import { cases } from '../contract/pure-bt/cases/all-cases.ts';
import type { CaseRow } from '../contract/results.ts';
import { goodFixture, httpServer, statesServer, type TestServer } from '../contract/testing/servers.ts';
import { testFolder } from './testing/folder.ts';
import { verifying } from './testing/verifying.ts';

const folder = testFolder();

/** A request as a server sees it, without headers that depend on the client. */
type Seen = { readonly line: string; readonly headers: readonly string[]; readonly body: string };

/** A server that accepts and fails everything, and records the requests. */
async function recordingServer(): Promise<TestServer & { readonly seen: Seen[] }> {
  const seen: Seen[] = [];
  const server = await httpServer(({ method, url, rawHeaders }, response, _, bytes) => {
    const pairs = rawHeaders.flatMap((name, at, all) => (at % 2 === 0 ? [`${name}: ${all[at + 1]}`] : []));
    const headers = pairs.filter((pair) => !/^(host|connection|user-agent|content-length|expect):/i.test(pair)).sort();
    seen.push({ line: `${method} ${url}`, headers, body: hash('sha256', bytes) });
    response.writeHead(500).end();
  });
  return { ...server, url: `${server.url}/base`, seen };
}

async function failing(
  url: string,
  states: string,
  out: string,
  more: { readonly only: readonly string[]; readonly showSecrets?: boolean; readonly header?: readonly string[] },
): Promise<readonly CaseRow[]> {
  const flags = { url, states, out, seed: 1, ...more };
  return (await verifying(flags, { headers: { 'x-gateway': "it's $5" } })).results.cases;
}

function shell(script: string): Promise<unknown> {
  return promisify(execFile)('bash', ['-e', '-c', script], { cwd: folder });
}

test('sends the same bytes as bindgate', async () => {
  await using server = await recordingServer();
  await using states = await statesServer();
  const only = ['robustness/', 'transport/', 'token/', 'dk/', 'bind/name/', 'bind/plain', 'signature/absent'];
  const ran = await failing(server.url, states.url, join(folder, 'shown'), {
    ...{ only, showSecrets: true, header: ['x-tenant: tenant-7'] },
  });
  const rows = ran.filter(({ outcome }) => outcome !== 'skipped');
  const sent = new Set(server.seen.splice(0).map((seen) => JSON.stringify(seen)));
  // A case with several requests at once shows one of them.
  expect(rows.filter(({ outcome, curl }) => outcome !== 'failed' || curl === '')).toEqual([]);
  await shell(rows.map(({ curl }) => `${curl} -o /dev/null`).join('\n'));
  expect(server.seen).toHaveLength(rows.length);
  const others = rows.filter((_, at) => !sent.delete(JSON.stringify(server.seen[at])));
  expect(others.map(({ id, curl }) => `${id}: ${curl.slice(0, 300)}`)).toEqual([]);
}, 60_000);

test('writes bodies that a shell cannot pass to files, with masked secrets', async () => {
  await using server = await recordingServer();
  await using states = await statesServer();
  const out = join(folder, 'masked');
  const only = ['robustness/', 'transport/', 'dk/too-long', 'token/tampered-expiry'];
  const rows = await failing(server.url, states.url, out, { only, header: ['x-tenant: tenant-7'] });
  const bodies = join(out, 'partial', 'bodies');
  const names = await readdir(bodies);
  expect(names).toContain('robustness-invalid-utf-8.bin');
  expect(names).not.toContain('dk-too-long.bin');
  const written = await Promise.all(names.map((name) => readFile(join(bodies, name), 'latin1')));
  const { bindingCode, pwd, token } = goodFixture(1);
  const all = [...rows.flatMap(({ curl, setUp, curlNote }) => [curl, setUp, curlNote]), ...written].join('\n');
  for (const secret of [bindingCode, pwd, token, 'tenant-7', "it's $5"])
    expect(all.includes(secret), secret).toBe(false);
  const [truncated] = rows.filter(({ id }) => id === 'robustness/truncated');
  expect(truncated?.curlNote).toMatch(
    /^set-up makes a new device, but this request is signed for the old one, .* Fill in .*«bindingCode».*, or run with --show-secrets\.$/,
  );
  // A later run removes the files of this run.
  await failing(server.url, states.url, out, { only: ['dk/too-long'] });
  expect(await readdir(bodies)).toEqual([]);
}, 60_000);

test('gets a token by the set-up line and repeats the request', async () => {
  await using server = await recordingServer();
  const setUps: string[] = [];
  await using states = await statesServer((fixture, state) => {
    setUps.push(state);
    return fixture;
  });
  const only = ['robustness/not-json', 'robustness/white-space', 'robustness/empty-array'];
  const rows = await failing(server.url, states.url, join(folder, 'set-up'), { only });
  const sent = server.seen.splice(0);
  setUps.length = 0;
  for (const { setUp, curl, curlNote } of rows) {
    expect(curlNote).toBe('Fill in «x-gateway», or run with --show-secrets.');
    await shell(`${setUp}\n${curl.replace('«x-gateway»', "it'\\''s $5")} -o /dev/null`);
  }
  expect(setUps).toEqual(rows.map(({ given }) => given));
  for (const seen of server.seen) expect(sent).toContainEqual(seen);
  expect(server.seen).toHaveLength(3);
});

test('makes files with secrets readable only for their owner', async () => {
  await using server = await recordingServer();
  await using states = await statesServer();
  const out = join(folder, 'private');
  await failing(server.url, states.url, out, {
    only: ['robustness/raw-control', 'robustness/invalid-utf-8'],
    showSecrets: true,
  });
  const bodies = join(out, 'partial', 'bodies');
  const modes = (await readdir(bodies)).map(async (name) => (await stat(join(bodies, name))).mode & 0o777);
  expect(await Promise.all(modes)).toEqual([0o600, 0o600]);
});

test('uses a separate file for each case', () => {
  expect(new Set(cases.map(({ id }) => bodyFileName(id))).size).toBe(cases.length);
});

/** Replay lines: they contain every flag that matters, and a shell runs them to the same failure. */

import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { httpServer, statesServer } from '../../contract/testing/servers.ts';
import { resultsIn, testFolder } from '../testing/folder.ts';
import { runBindgate } from '../testing/run-bindgate.ts';
import type { TargetFlags, VerifyFlags } from './flags.ts';
import { replayCommand } from './repeat.ts';

test.each<[string, TargetFlags & VerifyFlags, string]>([
  ['a URL', { url: 'http://a:1', states: 'http://a:1/_states' }, '--url http://a:1 --states http://a:1/_states'],
  ['an image', { image: 'server:1', imagePort: 9000 }, '--image server:1 --image-port 9000'],
  ['a configuration', { config: "it's here.yaml" }, `--config 'it'\\''s here.yaml'`],
  ['Prism', { prism: true }, '--prism'],
  ['settings', { dialect: ['a=1', 'b=2'], strict: true }, '--dialect a=1 --dialect b=2 --strict'],
  ['runs', { runs: 500 }, '--runs 500'],
  ['headers', { header: ['x-tenant: t1', 'x-b: s'] }, "--header 'x-tenant: «value»' --header 'x-b: «value»'"],
  ['shown secrets', { header: ['x-tenant: t1'], showSecrets: true }, "--header 'x-tenant: t1' --show-secrets"],
  ['hostile text', { url: 'http://a/\u001b[31m\n::error::x' }, "--url $'http://a/\\x1b[31m\\x0a::error::x'"],
])('%s', (_, flags, words) => expect(replayCommand(flags)).toBe(`bindgate verify ${words}`));

test('reproduces each failure by its replay line in a shell', async () => {
  await using states = await statesServer();
  // It binds a dk that is too long and a request without pk, but only for the right tenant.
  await using server = await httpServer((request, response, body) => {
    const { dk, pk } = JSON.parse(body) as { dk?: string; pk?: string };
    const wrong = request.headers['x-tenant'] === 't 1' && ((dk ?? '').length > 32 || pk === undefined);
    const answer = wrong ? { code: 200, msg: '', data: { verified: 1 } } : { code: 5106, msg: '' };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
  });
  const config = JSON.stringify({ states: states.url, headers: { 'x-other': '1' } });
  const place = join(testFolder({ "the team's folder/gate.json": config }), "the team's folder");
  const selected = '--only dk/too-long pk/absent property/single-fault --seed 7 --runs 60'.split(' ');
  const dialect = '--dialect deviceNameLimit=100 dkPattern=[0-9A-Za-z]{4,32}'.split(' ');
  const flags = ['--url', server.url, '--config', `${place}/gate.json`, '--header', 'x-tenant: t 1', '--show-secrets'];
  const { out } = await runBindgate(place, ['verify', ...flags, ...selected, ...dialect]);
  const lines = [...out.matchAll(/^ {4}replay +(.*)$/gm)].map(([, line = '']) => line);
  expect(lines.map((line) => /--path/.test(line))).toContain(true);
  const first = resultsIn(place, 'reports', 'partial');
  for (const line of lines) {
    await rm(join(place, 'reports'), { recursive: true });
    await shell(place, line);
    const [again, ...others] = resultsIn(place, 'reports', 'partial').cases;
    expect(others).toEqual([]);
    const before = first.cases.find(({ id }) => id === again?.id);
    expect([line, again?.outcome, again?.cause]).toEqual([line, before?.outcome, before?.cause]);
  }
}, 60_000);

/** Runs a line in a shell that has the command `bindgate`. */
async function shell(cwd: string, line: string): Promise<void> {
  const entry = join(import.meta.dirname, '..', 'bindgate.ts');
  const script = `bindgate() { "$NODE" "$ENTRY" "$@"; }\n${line}`;
  const env = { ...process.env, NODE: process.execPath, ENTRY: entry, CI: 'true', NO_COLOR: '1' };
  // A failure is exit code 1; the findings are read from the results.
  await promisify(execFile)('bash', ['-c', script], { cwd, env }).catch(() => undefined);
}

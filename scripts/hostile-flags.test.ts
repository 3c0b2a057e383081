/** Text of flags is made inert like text of a server: no terminal, CI or report gets it raw. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { jsonServer, statesServer } from '../contract/testing/servers.ts';
import { testFolder } from './testing/folder.ts';
import { callBindgate } from './testing/run-bindgate.ts';

const folder = testFolder();
const hostile = '\u001b[31mred\n::error::owned\r\u202e\u0007<script>';
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not come through
const raw = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]|^::error::owned/m;
const ran = join(folder, `out ${hostile}`);
const url = `http://127.0.0.1:9/${hostile}`;
const one = ['verify', '--reference', '--only', 'bind/plain'];

describe('hostile text in', () => {
  test.each<[string, readonly string[], number]>([
    ['--url', ['verify', '--url', url, '--states', 'http://127.0.0.1:9'], 3],
    ['an invalid --url', ['verify', '--url', hostile, '--states', 'http://127.0.0.1:9'], 2],
    ['--states', ['verify', '--reference', '--states', hostile], 2],
    ['--only', ['verify', '--reference', '--only', hostile], 2],
    ['--header', ['verify', '--url', url, '--states', url, '--header', hostile], 2],
    ['--image', ['verify', '--image', hostile], 3],
    ['--image-port', ['verify', '--image', 'x', '--image-port', hostile], 2],
    ['--config', ['verify', '--reference', '--config', hostile], 2],
    ['--dialect', ['verify', '--reference', '--dialect', `${hostile}=1`], 2],
    ['a value of --dialect', [...one, '--dialect', `pwdPattern=${hostile}`], 2],
    ['--seed', [...one, '--seed', hostile], 2],
    ['--path', [...one, '--path', hostile], 2],
    ['--baseline', [...one, '--baseline', hostile], 2],
    ['--record', [...one, '--record', join(folder, `record ${hostile}`)], 0],
    ['--out', [...one, '--out', ran], 0],
    ['--out that cannot be written', [...one, '--out', `/proc/${hostile}`], 2],
    ['--failed --out', ['verify', '--reference', '--failed', '--out', `none ${hostile}`], 2],
    ['an unknown flag', ['verify', `--${hostile}`], 2],
    ['an extra argument', ['verify', hostile], 2],
    ['a command', [hostile], 2],
    ['a choice', ['payload', '--format', hostile], 2],
    ['--skip', ['gate', '--reference', '--skip', hostile], 2],
    ['--out of the gate', ['gate', '--reference', '--skip', 'load', 'mock', 'contract', '--out', `${ran}2`], 0],
    ['--document', ['gate', '--reference', '--document', hostile, '--skip', 'load', 'mock', 'contract'], 2],
    ['--out of mutants', ['mutants', '--only', 'dk/word', '--out', ran], 0],
    ['--url of payload', ['payload', '--format', 'curl', '--url', url], 0],
    ['--url of doctor', ['doctor', '--url', url], 3],
    ['--url of load', ['load', 'smoke', '--url', url, '--states', url], 3],
    ['files of compare', ['compare', hostile, hostile], 2],
    ['a folder of report', ['report', hostile], 2],
    ['a page of spec check', ['spec', 'check', hostile], 2],
  ])('makes hostile text inert: %s', async (_, args, exitCode) => {
    const ended = await callBindgate(folder, args, { PATH: '' });
    expect(ended.out + ended.err).not.toMatch(raw);
    expect([ended.exitCode, ended.err.slice(0, 300)]).toEqual([exitCode, expect.any(String)]);
    if (exitCode === 2) expect(ended.err.trim().split('\n')).toHaveLength(1);
  });

  test('makes flags inert in every report of a failed run', async () => {
    await using server = await jsonServer({ code: 200, msg: '', data: { verified: 1 }, extMsg: null });
    await using states = await statesServer();
    const out = join(folder, `failing ${hostile}`);
    const flags = ['--url', `${server.url}/${hostile}`, '--states', `${states.url}/${hostile}`, '--out', out];
    const only = ['--only', 'dk/too-long', 'robustness/white-space', '--header', 'x-tenant: <script>'];
    const ended = await callBindgate(folder, ['verify', ...flags, ...only], { GITHUB_ACTIONS: 'true' });
    expect(ended.exitCode).toBe(1);
    expect(ended.out + ended.err).not.toMatch(raw);
    expect(ended.out).toMatch(/^::error title=bindgate/m);
    expect(ended.out).toMatch(/--data-binary \$'@.*\\x1b\[31mred.*robustness-white-space\.bin'/);
    for (const file of ['junit.xml', 'report.html', 'results.json']) {
      const text = await readFile(join(out, 'partial', file), 'utf8');
      expect(text.match(raw), file).toBeNull();
      if (file !== 'results.json') expect(text).not.toContain('owned\\r\\u{202e}\\x07<script>');
    }
    expect(await readdir(join(out, 'partial', 'bodies'))).toEqual(['robustness-white-space.bin']);
  });
});

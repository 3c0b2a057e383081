/** Partial runs: where they write, what they do not change, and `--failed`. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { cases } from '../contract/pure-bt/cases/all-cases.ts';
import type { Results } from '../contract/results.ts';
import { toResults } from '../contract/results.ts';
import type { Outcome } from '../contract/run/outcome.ts';
import { defaultDialect } from '../spec/pure-bt/dialect.ts';
import type { Ended } from './testing/run-bindgate.ts';
import { callBindgate } from './testing/run-bindgate.ts';

const folder = await mkdtemp(join(tmpdir(), 'bindgate-partial-'));
afterAll(() => rm(folder, { recursive: true }));

let count = 0;

/** An output folder with the files of an earlier full run that has failures. */
async function fullRun(outcomes: Readonly<Record<string, Outcome>>): Promise<{ out: string; files: object }> {
  count += 1;
  const out = join(folder, `out-${count}`);
  await mkdir(out);
  const results = cases.map((tested) => ({
    ...{ case: tested, attempts: [], durationMs: 1 },
    outcome: outcomes[tested.id] ?? ('passed' as const),
  }));
  const target = { kind: 'url', url: 'http://127.0.0.1:1' } as const;
  const made = toResults(
    { results, durationMs: 1, interrupted: false, statesMs: 0, targetMs: 0 },
    { version: '0', catalogue: 1, target, dialect: defaultDialect, seed: 1 },
  );
  await writeFile(join(out, 'results.json'), JSON.stringify(made));
  for (const file of ['gate.json', 'junit.xml', 'load.json', 'report.html']) await writeFile(join(out, file), file);
  return { out, files: await readFiles(out) };
}

async function readFiles(out: string): Promise<object> {
  const names = (await readdir(out)).filter((name) => name !== 'partial').sort();
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(join(out, name), 'utf8')])),
  );
}

async function readRunIds(out: string): Promise<readonly string[]> {
  const { cases: rows } = JSON.parse(await readFile(join(out, 'partial', 'results.json'), 'utf8')) as Results;
  return rows.map(({ id }) => id);
}

describe('a partial run', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ['verify', ['verify', '--reference', '--only', 'dk/too-short'], []],
    ['gate', ['gate', '--reference', '--only', 'dk/too-short', '--skip', 'spec', 'mock', 'load'], ['gate.json']],
  ])('writes into a separate folder and keeps the full report: %s', async (_, args, more) => {
    const { out, files } = await fullRun({});
    const ended = await callBindgate(folder, [...args, '--out', out]);
    expect(ended.out).toContain(`report in ${join(out, 'partial', 'report.html')} (partial run; the full report is`);
    expect(await readFiles(out)).toEqual(files);
    expect(await readdir(join(out, 'partial'))).toEqual([...more, 'junit.xml', 'report.html', 'results.json'].sort());
    expect(await readRunIds(out)).toEqual(['dk/too-short']);
  });

  test('does not name a full report that does not exist', async () => {
    const out = join(folder, 'alone');
    const ended = await callBindgate(folder, ['verify', '--reference', '--only', 'dk/too-short', '--out', out]);
    expect(ended.out).toContain('report.html (a part of the cases: written to partial/)');
  });
});

const failures = {
  'dk/too-short': 'failed',
  'pk/absent': 'failed',
  'bind/plain': 'error',
  'pwd/malformed': 'warned',
} as const;

describe('--failed', () => {
  const failed = (out: string, ...more: readonly string[]): Promise<Ended> =>
    callBindgate(folder, ['verify', '--reference', '--failed', '--out', out, ...more]);

  test('runs the failed cases and errors of the last full run', async () => {
    const { out, files } = await fullRun(failures);
    const first = await failed(out);
    expect(first.exitCode).toBe(0);
    expect(await readRunIds(out)).toEqual(['bind/plain', 'pk/absent', 'dk/too-short']);
    expect(await readFiles(out)).toEqual(files);
    // A passed partial run does not change the list.
    await failed(out, '--only', 'dk/');
    expect(await readRunIds(out)).toEqual(['dk/too-short']);
    await failed(out);
    expect(await readRunIds(out)).toHaveLength(3);
  });

  test.each<[string, Readonly<Record<string, Outcome>>, readonly string[]]>([
    ['nothing failed', { 'pwd/malformed': 'warned', 'dk/too-long': 'skipped' }, []],
    ['nothing that is selected failed', failures, ['--only', 'signature/']],
    ['nothing failed, with --json', {}, ['--json']],
  ])('ends with one line and exit 0: %s', async (_, outcomes, more) => {
    const { out } = await fullRun(outcomes);
    const ended = await failed(out, ...more);
    expect(ended.exitCode).toBe(0);
    expect(ended.out + ended.err).toBe('nothing to run: no case failed in the last full run\n');
    expect(more.includes('--json') ? ended.out : ended.err).toBe('');
  });

  test.each<[string, string | undefined, RegExp]>([
    [
      'no earlier run',
      undefined,
      /^bindgate: --failed needs the results of a full run, but ".*" has no results\.json; run `bindgate verify` first\n$/,
    ],
    [
      'a file that is not a result',
      '{}',
      /^bindgate: .*results\.json: expected a file of bindgate\.results\/1, got JSON .*\n$/,
    ],
  ])('ends with one line and exit 2: %s', async (_, content, line) => {
    count += 1;
    const out = join(folder, `out-${count}`);
    await mkdir(out);
    if (content !== undefined) await writeFile(join(out, 'results.json'), content);
    expect(await failed(out)).toMatchObject({ exitCode: 2, out: '', err: expect.stringMatching(line) });
  });

  test('refuses a pattern that matches no case', async () => {
    const { out } = await fullRun(failures);
    const ended = await failed(out, '--only', 'dk/too-shrt');
    expect(ended).toMatchObject({
      exitCode: 2,
      out: '',
      err: expect.stringMatching(/did you mean "dk\/too-short"\?\n$/),
    });
  });

  test('refuses cases of another kind of run', async () => {
    const { out } = await fullRun(failures);
    const ended = await callBindgate(folder, ['verify', '--prism', '--failed', '--out', out]);
    expect(ended.err).toMatch(
      /^bindgate: --failed: .*results\.json has a case that is not in this run, "bind\/plain"; .*\n$/,
    );
    expect(ended.exitCode).toBe(2);
  });
});

/** Partial runs: where they write, what they do not change, and `--failed`. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cases } from '../contract/pure-bt/cases/all-cases.ts';
import { toResults } from '../contract/results.ts';
import type { Outcome } from '../contract/run/outcome.ts';
import { defaultDialect } from '../spec/pure-bt/dialect.ts';
import { expectRefused } from './testing/expect-refused.ts';
import { resultsIn, testFolder } from './testing/folder.ts';
import { callBindgate, type Ended } from './testing/run-bindgate.ts';

const folder = testFolder();

/** An output folder with the files of an earlier full run that has failures. */
function fullRun(outcomes: Readonly<Record<string, Outcome>>): { out: string; files: object } {
  const results = cases.map((tested) => ({
    ...{ case: tested, attempts: [], durationMs: 1 },
    outcome: outcomes[tested.id] ?? ('passed' as const),
  }));
  const target = { kind: 'url', url: 'http://127.0.0.1:1' } as const;
  const made = toResults(
    { results, durationMs: 1, interrupted: false, statesMs: 0, targetMs: 0 },
    { version: '0', catalogue: 1, target, dialect: defaultDialect, seed: 1 },
  );
  const others = ['gate.json', 'junit.xml', 'load.json', 'report.html'].map((name) => [name, name] as const);
  const files = { 'results.json': JSON.stringify(made), ...Object.fromEntries(others) };
  return { out: testFolder(files), files };
}

function readFiles(out: string): object {
  const names = readdirSync(out).filter((name) => name !== 'partial');
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(out, name), 'utf8')]));
}

function readRunIds(out: string): readonly string[] {
  return resultsIn(out, 'partial').cases.map(({ id }) => id);
}

describe('a partial run', () => {
  test.each([
    ['verify', 'verify --reference --only dk/too-short', []],
    ['gate', 'gate --reference --only dk/too-short --skip spec mock load', ['gate.json']],
  ])('writes into a separate folder and keeps the full report: %s', async (_, args, more) => {
    const { out, files } = fullRun({});
    const ended = await callBindgate(folder, `${args} --out ${out}`);
    expect(ended.out).toContain(`report in ${join(out, 'partial', 'report.html')} (partial run; the full report is`);
    expect(readFiles(out)).toEqual(files);
    expect(readdirSync(join(out, 'partial'))).toEqual([...more, 'junit.xml', 'report.html', 'results.json']);
    expect(readRunIds(out)).toEqual(['dk/too-short']);
  });

  test('does not name a full report that does not exist', async () => {
    const ended = await callBindgate(testFolder(), 'verify --reference --only dk/too-short');
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
  const failed = (out: string, more = ''): Promise<Ended> =>
    callBindgate(folder, `verify --reference --failed --out ${out}${more}`);

  test('runs the failed cases and errors of the last full run', async () => {
    const { out, files } = fullRun(failures);
    const first = await failed(out);
    expect(first.exitCode).toBe(0);
    expect(readRunIds(out)).toEqual(['bind/plain', 'pk/absent', 'dk/too-short']);
    expect(readFiles(out)).toEqual(files);
    // A passed partial run does not change the list.
    await failed(out, ' --only dk/');
    expect(readRunIds(out)).toEqual(['dk/too-short']);
    await failed(out);
    expect(readRunIds(out)).toHaveLength(3);
  });

  test.each<[string, Readonly<Record<string, Outcome>>, string]>([
    ['nothing failed', { 'pwd/malformed': 'warned', 'dk/too-long': 'skipped' }, ''],
    ['nothing that is selected failed', failures, ' --only signature/'],
    ['nothing failed, with --json', {}, ' --json'],
  ])('ends with one line and exit 0: %s', async (_, outcomes, more) => {
    const ended = await failed(fullRun(outcomes).out, more);
    expect(ended.exitCode).toBe(0);
    expect(ended.said).toBe('nothing to run: no case failed in the last full run\n');
    expect(more === ' --json' ? ended.out : ended.err).toBe('');
  });

  test.each<[string, string, () => string, RegExp]>([
    [
      'no earlier run',
      'verify --reference',
      testFolder,
      /--failed needs the results of a full run, but ".*" has no results\.json; run `bindgate verify` first$/m,
    ],
    [
      'a file that is not a result',
      'verify --reference',
      () => testFolder({ 'results.json': '{}' }),
      /results\.json: expected a file of bindgate\.results\/1, got JSON /,
    ],
    [
      'a pattern that matches no case',
      'verify --reference --only dk/too-shrt',
      () => fullRun(failures).out,
      /did you mean "dk\/too-short"\?$/m,
    ],
    [
      'cases of another kind of run',
      'verify --prism',
      () => fullRun(failures).out,
      /^bindgate: --failed: .*results\.json has a case that is not in this run, "bind\/plain"; /,
    ],
  ])('refuses %s', async (_, args, out, line) => {
    await expectRefused(folder, `${args} --failed --out ${out()}`, line);
  });
});

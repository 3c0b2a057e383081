import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serverNamed } from '../contract/mutants/named.ts';
import { mutantSet } from '../contract/pure-bt/mutants/set.ts';
import { startReference } from '../contract/pure-bt/targets/reference.ts';
import { jsonServer } from '../contract/testing/servers.ts';
import { UserError } from '../contract/user-error.ts';
import { type CompareResults, defaultSettings } from '../load/compare/results.ts';
import { storedRun } from '../load/compare/testing/stored-run.ts';
import { type CompareFlags, type Comparison, compareFiles, readCompareFlags } from './compare.ts';
import { callBindgate } from './testing/run-bindgate.ts';

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bindgate-compare-'));
  const files: Readonly<Record<string, unknown>> = {
    'before.json': storedRun,
    'same.json': storedRun,
    'slower.json': { ...storedRun, latency: { ...storedRun.latency, p99: 40 } },
    'stress.json': { ...storedRun, profile: 'stress' },
    'half.json': { schema: 'bindgate.load/1', profile: 'average' },
    'gate.json': { schema: 'bindgate.gate/1' },
    'other.json': { schema: 'another.tool/1' },
    'list.json': [1, 2],
    'null.json': null,
  };
  await Promise.all(Object.entries(files).map(([name, value]) => writeFile(join(folder, name), JSON.stringify(value))));
  await writeFile(join(folder, 'torn.json'), '{"schema": "bindgate.load/1", "prof');
  await writeFile(join(folder, 'empty.json'), '');
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe('compare BEFORE AFTER', () => {
  test('passes equal runs and writes compare.json', async () => {
    const { exitCode, out, err } = await callBindgate(folder, ['compare', 'before.json', 'same.json', '--out', 'out']);
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    expect(out).toMatch(/compare PASS: nothing got worse by more than identical runs differ/);
    const written = JSON.parse(await readFile(join(folder, 'out', 'compare.json'), 'utf8')) as CompareResults;
    expect(written).toMatchObject({ schema: 'bindgate.compare/1', verdict: 'PASS', kind: 'stored' });
  });

  test('warns with exit code 3 and the next step for a fourfold p99', async () => {
    const { exitCode, out } = await callBindgate(folder, ['compare', 'before.json', 'slower.json', '--out', 'out']);
    expect(exitCode).toBe(3);
    expect(out).toMatch(/p99: \+300 % .*\n.*to decide, run `bindgate compare --a URL --b URL`/);
    expect(out).toMatch(/compare INCONCLUSIVE/);
    expect(out).not.toMatch(/FAIL/);
  });

  test('passes with --inconclusive pass and prints only JSON with --json', async () => {
    const args = ['compare', 'before.json', 'slower.json', '--out', 'out', '--inconclusive=pass', '--json'];
    const { exitCode, out } = await callBindgate(folder, args);
    expect(exitCode).toBe(0);
    expect((JSON.parse(out) as CompareResults).verdict).toBe('INCONCLUSIVE');
  });

  test.each<[string, readonly string[], RegExp]>([
    ['one file', ['before.json'], /^1 file was given; compare takes two: BEFORE AFTER$/],
    ['three files', ['before.json', 'same.json', 'slower.json'], /^3 files were given; compare takes two/],
    [
      'a missing file',
      ['before.json', 'nowhere.json'],
      /^nowhere.json: there is no such file; compare takes two load.json/,
    ],
    ['a folder', ['before.json', '.'], /it is a folder/],
    ['a torn file', ['torn.json', 'same.json'], /^torn.json:1: the JSON is cut off or damaged at column \d+/],
    ['an empty file', ['empty.json', 'same.json'], /^empty.json: the file is empty/],
    ['a list', ['before.json', 'list.json'], /^list.json: expected a file of bindgate.load\/1, got JSON without/],
    ['null', ['null.json', 'same.json'], /^null.json: expected a file of bindgate.load\/1, got JSON without/],
    [
      'two kinds',
      ['before.json', 'gate.json'],
      /^gate.json: expected a file of bindgate.load\/1, got one of bindgate.gate/,
    ],
    ['a foreign kind', ['other.json', 'other.json'], /^other.json: .*, got one of another.tool\/1; compare takes two/],
    ['half a result', ['half.json', 'same.json'], /^half.json: not a valid file of .*: it must have required property/],
  ])('refuses %s as wrong usage', (_, files, line) => {
    const paths = files.map((name) => join(folder, name));
    expect(refusal(() => compareFiles(...comparedFiles(readCompareFlags(paths, {}))))).toMatch(line);
  });

  test.each<[string, CompareFlags, RegExp]>([
    ['servers', { a: 'http://127.0.0.1:1' }, /^--a is for servers, but "before.json" is a file/],
    ['windows', { windowSeconds: 2 }, /^--window-seconds is for servers/],
  ])('refuses files together with %s', (_, flags, line) => {
    expect(refusal(() => readCompareFlags([join(folder, 'before.json'), join(folder, 'same.json')], flags))).toMatch(
      line,
    );
  });

  test('compares two baseline files', async () => {
    const record = async (name: string, more: readonly string[]): Promise<void> => {
      const args = ['verify', '--only', 'dk/', 'signature/', '--seed', '1', '--record', name, '--out', 'out', ...more];
      await callBindgate(folder, args);
    };
    await record('recorded.txt', ['--reference']);
    await using server = await startReference({ ...serverNamed(mutantSet, 'dk/33-characters'), port: 0 });
    await record('changed.txt', ['--url', server.url, '--states', server.statesUrl]);
    const same = await callBindgate(folder, ['compare', 'recorded.txt', 'recorded.txt']);
    expect({ exitCode: same.exitCode, err: same.err }).toEqual({ exitCode: 0, err: '' });
    const changed = await callBindgate(folder, ['compare', 'recorded.txt', 'changed.txt']);
    expect(changed.exitCode).toBe(1);
    expect(changed.out).toMatch(/dk\/too-long/);
    expect(changed.out).not.toMatch(/signature\//);
  });

  test('reports wrong usage in one line with exit code 2', async () => {
    const { exitCode, out, err } = await callBindgate(folder, 'compare before.json stress.json --out out'.split(' '));
    expect(err).toMatch(/^bindgate: before.json ran the profile "average" and stress.json "stress"; .*\n$/);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
  });
});

describe('compare --a --b', () => {
  const both = { a: 'http://127.0.0.1:1', b: 'http://127.0.0.1:2' };
  const live = `--a ${both.a} --b ${both.b}`;

  test.each<[string, CompareFlags, RegExp]>([
    [
      'nothing',
      {},
      /^nothing to compare; give two servers \(--a URL --b URL\) or two load.json, baseline or results.json files/,
    ],
    ['A alone', { a: both.a }, /^--b is missing/],
    ['B alone', { b: both.b }, /^--a is missing/],
    ['windows that make no blocks', { ...both, windows: 42 }, /^--windows 42 must be a multiple of 4/],
    ['too few windows', { ...both, windows: 8 }, /and at least 32/],
    [
      'too few answers a window',
      { ...both, rate: 20 },
      /^20\/s in windows of 2 s gives 15 answers each, but a p99 needs 200/,
    ],
  ])('refuses wrong usage: %s', (_, flags, line) => {
    expect(refusal(() => readCompareFlags([], flags))).toMatch(line);
  });

  test('compares with the default settings', () => {
    expect(readCompareFlags([], { ...both, windows: 80 })).toEqual({
      kind: 'live',
      ...both,
      settings: { ...defaultSettings, windows: 80 },
    });
  });

  test.each<[string, string, RegExp, number]>([
    ['no URL', `--a localhost --b ${both.b}`, /^bindgate: "localhost" is not an http or https URL/, 2],
    [
      'a foreign host',
      `--a ${both.a} --b https://production.example`,
      /^bindgate: load runs against loopback and allowed hosts only; to allow production.example, add/,
      2,
    ],
    ['a bad header', `${live} --header oops`, /^bindgate: --header must be "Name: value"/, 2],
    ['no windows', `${live} --windows 0`, /whole number from 1 to 1000/, 2],
    ['another word for --inconclusive', `${live} --inconclusive fail`, /Allowed choices are pass/, 2],
    ['a server that is not running', live, /^bindgate: .*127\.0\.0\.1:1.*refused; .* or correct --a$/m, 3],
  ])('reports in one line: %s', async (_, args, line, code) => {
    const { exitCode, out, err } = await callBindgate(folder, `compare ${args} --out out`.split(' '));
    expect(err).toMatch(line);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect({ exitCode, out }).toEqual({ exitCode: code, out: '' });
  });

  test('refuses a server without states as wrong usage', async () => {
    await using server = await jsonServer({ code: 5106 });
    const args = ['compare', '--a', server.url, '--b', server.url, '--out', 'out'];
    const { exitCode, err } = await callBindgate(folder, args);
    expect(err).toMatch(/^bindgate: no provider states: give --a-states URL/);
    expect(exitCode).toBe(2);
  });
});

/** The message for the user, without the folder of this test. */
function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof UserError && error.exitCode === 2) return error.message.replaceAll(`${folder}/`, '');
    throw error;
  }
  throw new Error('nothing was refused');
}

function comparedFiles(comparison: Comparison): [string, string] {
  if (comparison.kind !== 'files') throw new Error('these are not files');
  return [comparison.before, comparison.after];
}

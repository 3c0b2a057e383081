import { readFile, stat } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { operation } from '../../spec/pure-bt/operation.ts';
import { testFolder } from '../testing/folder.ts';
import { reportHtml } from './html/page.ts';
import { readReport, writeReport } from './report.ts';
import { syntheticReport, syntheticResults } from './testing/synthetic.ts';
import { syntheticCompare, syntheticLoad } from './testing/synthetic-load.ts';

function folderWith(files: Readonly<Record<string, unknown>>): string {
  const texts = Object.entries(files).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  return testFolder(Object.fromEntries(texts));
}

test('regenerates the same report from its files', async () => {
  const report = syntheticReport(20);
  const folder = folderWith({
    'results.json': report.results,
    'gate.json': report.gate,
    'load.json': report.load,
    'compare.json': report.compare,
  });
  const file = await writeReport(folder, readReport(folder, operation));
  expect(await readFile(file, 'utf8')).toBe(reportHtml(report));
});

test('makes a report with secrets readable only for its owner', async () => {
  const folder = folderWith({});
  const file = await writeReport(folder, syntheticReport(1));
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  await writeReport(folder, { operation, results: syntheticResults(1) });
  expect((await stat(file)).mode & 0o044).not.toBe(0);
});

test('shows results of an older bindgate', () => {
  const { replay, startedAt, secretsShown, precedence, ...rest } = syntheticReport(10).results ?? never();
  const cases = rest.cases.map(({ clause, cause, decisive, ...row }) => ({
    ...row,
    expected: { codes: row.expected.codes },
  }));
  const folder = folderWith({ 'results.json': { ...rest, cases } });
  expect(reportHtml(readReport(folder, operation))).toContain('not recorded');
});

test.each<[string, Record<string, unknown>, RegExp]>([
  ['nothing', {}, /contains no results.json, gate.json, load.json or compare.json; run `bindgate verify` first/],
  ['no JSON', { 'results.json': '{' }, /results.json:1: the JSON is cut off or damaged at column 2; regenerate it/],
  ['Markdown', { 'results.json': '# hello' }, /results.json: this is not JSON; regenerate it/],
  [
    'another schema',
    { 'results.json': { schema: 'other' } },
    /results.json: expected a file of bindgate.results\/1, got one of other; regenerate it/,
  ],
  [
    'an invalid gate',
    { 'gate.json': { schema: 'bindgate.gate/1', stations: [] } },
    /gate.json: not a valid file of bindgate.gate\/1: it must have/,
  ],
  ['an invalid load', { 'load.json': [] }, /load.json: expected a file of bindgate.load\/1, got JSON/],
  ['an invalid stage', { 'load.json': { ...syntheticLoad(), stages: [1] } }, /stages\/0 must be object/],
  ['an invalid knee', { 'load.json': { ...syntheticLoad(), knee: {} } }, /knee must have required property/],
  ['an invalid drift', { 'load.json': { ...syntheticLoad(), drift: [{}] } }, /drift\/0 must have required/],
  ['an invalid comparison', { 'compare.json': { schema: 'bindgate.compare/1' } }, /compare.json: not a valid file/],
  ['a ratio of 0', { 'compare.json': comparedAt(0) }, /compare.json: not a valid file of bindgate.compare\/1: .*ratio/],
])('refuses a folder with %s', (_, files, message) => {
  const folder = folderWith(files);
  expect(() => readReport(folder, operation)).toThrow(
    expect.objectContaining({ message: expect.stringMatching(message), exitCode: 2 }),
  );
});

test('writes a report for only a comparison', () => {
  const folder = folderWith({ 'compare.json': comparedAt(1.2) });
  expect(reportHtml(readReport(folder, operation))).toContain('Comparison: FAIL');
});

function comparedAt(ratio: number): object {
  const { metrics, ...rest } = syntheticCompare();
  return { ...rest, metrics: metrics.map((metric) => ({ ...metric, ratio })) };
}

function never(): never {
  throw new Error('synthetic results are missing');
}

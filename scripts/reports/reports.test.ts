import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { expect, test } from 'vitest';
import { cases } from '../../contract/cases/menu.ts';
import type { CaseResult, Outcome } from '../../contract/outcome.ts';
import { resultsOf } from '../../contract/results.ts';
import { defaultDialect } from '../../spec/dialect.ts';
import { contractText } from './contract-text.ts';
import { annotations, stepSummary, tellGithub } from './github.ts';
import { junitXml } from './junit.ts';

const hostile = '\u001b[31m"\'<b>&]]>\n::error::x,y%0A\u0000 |`\u202e';

function result(index: number, outcome: Outcome, reason?: string): CaseResult {
  const tested = cases[index];
  if (tested === undefined) throw new Error('no such case');
  return { case: tested, outcome, attempts: [], durationMs: 1.5, ...(reason === undefined ? {} : { reason, cause: reason }) };
}

const judged: readonly CaseResult[] = [
  result(0, 'passed'),
  result(1, 'failed', hostile),
  result(2, 'failed', hostile),
  result(3, 'error', 'the target does not answer'),
  result(4, 'warned', 'another reading'),
  result(5, 'skipped', 'not supported'),
];
const target = { kind: 'url', url: 'http://127.0.0.1:1' } as const;
const run = { results: judged, durationMs: 12, interrupted: false };
const results = resultsOf(run, { version: '0', catalogue: 1, target, dialect: defaultDialect, seed: 1, strict: false });

test('junit.xml is well-formed and counts alike', () => {
  const xml = junitXml(results, judged);
  expect(XMLValidator.validate(xml)).toBe(true);
  const parsed = new XMLParser({ ignoreAttributes: false }).parse(xml) as { testsuites: Record<string, string> };
  expect(parsed.testsuites).toMatchObject({ '@_tests': '6', '@_failures': '2', '@_errors': '1', '@_skipped': '1' });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not come through
  expect(xml).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
});

test('annotations are one line a cluster, and text of a target cannot add one', () => {
  const lines = annotations(judged);
  expect(lines).toHaveLength(3);
  for (const line of lines) expect(line).toMatch(/^::(error|warning) title=[^:\n]*::[^\n]*$/);
  expect(lines[0]).toContain(`${judged[1]?.case.id}, ${judged[2]?.case.id}`);
});

test('the step summary lists all codes and holds no markup of a target', () => {
  const markdown = stepSummary(results, judged);
  expect(markdown.match(/^\| \d{3,4} \|/gm)).toHaveLength(24);
  expect(markdown).not.toMatch(/<b>|^::/m);
});

test('GitHub is told only in GitHub Actions', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bindgate-github-'));
  const file = join(folder, 'summary.md');
  const said: string[] = [];
  await tellGithub(results, judged, (line) => said.push(line), {});
  expect(said).toEqual([]);
  await tellGithub(results, judged, (line) => said.push(line), { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: file });
  expect(said).toHaveLength(3);
  expect(await readFile(file, 'utf8')).toContain('## bindgate');
  await rm(folder, { recursive: true });
});

test('the text shows each cluster once, with its replay', () => {
  const text = contractText({ results, cases: judged, replay: 'bindgate verify --url u' }, (_, words) => words);
  expect(text.match(/^FAILED/gm)).toHaveLength(1);
  expect(text).toContain(`replay    bindgate verify --url u --only ${judged[1]?.case.id} --seed 1`);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not come through
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
});

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { cases } from '../../contract/pure-bt/cases/all-cases.ts';
import { suite } from '../../contract/pure-bt/suite.ts';
import { toResults } from '../../contract/results.ts';
import type { CaseResult, Outcome } from '../../contract/run/outcome.ts';
import { jsonServer, statesServer } from '../../contract/testing/servers.ts';
import { defaultDialect } from '../../spec/pure-bt/dialect.ts';
import { operation } from '../../spec/pure-bt/operation.ts';
import { testFolder } from '../testing/folder.ts';
import { keepingTerminal, verifying } from '../testing/verifying.ts';
import { contractText } from './contract-text.ts';
import { annotations, reportToGithub } from './github.ts';
import { stepSummary } from './github-summary.ts';
import { reportHtml } from './html/page.ts';
import { errorJunit, junitXml } from './junit.ts';
import { syntheticReport, syntheticResults } from './testing/synthetic.ts';

const hostile = '\u001b[31m"\'<b>&]]>\n::error::x,y%0A\u0000 |`\u202e';

function result(index: number, outcome: Outcome, reason?: string): CaseResult {
  const tested = cases[index];
  if (tested === undefined) throw new Error('no such case');
  return {
    case: tested,
    outcome,
    attempts: [],
    durationMs: 1.5,
    ...(reason === undefined ? {} : { reason, cause: reason }),
  };
}

const judged: readonly CaseResult[] = [
  result(0, 'passed'),
  result(1, 'failed', hostile),
  result(2, 'failed', hostile),
  result(3, 'error', 'the target does not answer'),
  result(4, 'warned', 'another reading'),
  { ...result(5, 'skipped', 'not supported'), unsupported: 'home mode on' },
];
const target = { kind: 'url', url: 'http://127.0.0.1:1' } as const;
const run = { results: judged, durationMs: 12, interrupted: false, statesMs: 0, targetMs: 0 };
const replay = 'bindgate verify --url u';
const facts = { version: '0', catalogue: 1, target, dialect: defaultDialect, seed: 1, replay };
const results = toResults(run, facts);
const plainly = keepingTerminal().style;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not come through
const unsafe = /[\u0000-\u0009\u000b-\u001f\u202e]/;

describe('junit.xml', () => {
  test.each([
    ['a few cases', junitXml(results)],
    ['every outcome, changes and hostile text', junitXml(syntheticReport(100).results ?? results)],
    ['no case', junitXml({ ...results, cases: [] })],
    ['a run that could not start', errorJunit('no "answer" from <http://x>\n::error::x', ['| a log & more'])],
  ])('is valid with %s', async (_, contents) => {
    const schema = await readFile(join(import.meta.dirname, 'testing/junit.xsd'), 'utf8');
    const { errors } = await validateXML({ xml: [{ fileName: 'junit.xml', contents }], schema: [schema] });
    expect(errors.map(({ message }) => message)).toEqual([]);
    expect(contents).not.toMatch(unsafe);
  });

  test('counts like the results and shows how to replay a failure', () => {
    const xml = junitXml(results);
    const parsed = new XMLParser({ ignoreAttributes: false }).parse(xml) as { testsuites: Record<string, string> };
    expect(parsed.testsuites).toMatchObject({ '@_tests': '6', '@_failures': '2', '@_errors': '1' });
    expect(xml).toContain(`replay: ${replay} --only ${judged[1]?.case.id} --seed 1`);
  });
});

describe('GitHub', () => {
  test('writes one annotation per cause, in spite of hostile text', () => {
    const lines = annotations(results);
    expect(lines).toHaveLength(3);
    const [failed, , warned] = lines.map(readCommand);
    expect(failed?.level).toBe('error');
    expect(failed?.title).toMatch(/^bindgate: \\x1b\[31m"'<b>&\]\]>\\n::error::x,y%0A/);
    expect(failed?.message).toContain(`${judged[1]?.case.id}, ${judged[2]?.case.id}`);
    expect(failed?.message).toContain(`\nreplay: ${replay} --only ${judged[1]?.case.id} --seed 1`);
    expect(warned?.level).toBe('warning');
  });

  test('writes no more annotations than GitHub shows', () => {
    const levels = annotations(syntheticResults(800)).map((line) => readCommand(line).level);
    expect(levels.filter((level) => level === 'error')).toHaveLength(10);
    expect(levels.filter((level) => level === 'warning').length).toBeLessThanOrEqual(10);
  });

  test('lists all codes in the step summary without foreign markup', () => {
    for (const shown of [results, syntheticResults(800)]) {
      const markdown = stepSummary(shown, operation);
      expect(markdown.match(/^\| \d{3,4} \|/gm)).toHaveLength(24);
      expect(markdown.replace(/<\/?(details( open)?|summary|code|br)>/g, '')).not.toMatch(/[<>]|^::|!\[|]\(/m);
      expect(markdown.match(/<details/g)?.length).toBe(markdown.match(/<\/details>/g)?.length);
      // GitHub shows no summary of more than 1 MiB.
      expect(Buffer.byteLength(markdown)).toBeLessThan(200_000);
      expect(markdown).not.toMatch(unsafe);
    }
  });

  test('writes only in GitHub Actions', async () => {
    const file = join(testFolder(), 'summary.md');
    const said: string[] = [];
    await reportToGithub(results, operation, (line) => said.push(line), {});
    expect(said).toEqual([]);
    await reportToGithub(results, operation, (line) => said.push(line), {
      GITHUB_ACTIONS: 'true',
      GITHUB_STEP_SUMMARY: file,
    });
    expect(said).toHaveLength(3);
    expect(await readFile(file, 'utf8')).toContain('bindgate: contract failed');
  });
});

/** A workflow command as GitHub's runner reads it: `::name key=value::message`, without escapes. */
function readCommand(line: string): { level: string | undefined; title: string; message: string } {
  expect(line).not.toMatch(/[\r\n]/);
  const [, level, properties = '', message = ''] = /^::(\w+) ([^:]*)::(.*)$/.exec(line) ?? [];
  const [title = ''] = properties.split(',');
  const data = (text: string): string => text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
  const property = title
    .replace(/^title=/, '')
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',');
  return { level, title: data(property), message: data(message) };
}

test('shows each cause once with its replay line', () => {
  const text = contractText(results, suite, plainly);
  expect(text.match(/^FAILED/gm)).toHaveLength(1);
  expect(text).toContain(`replay    ${replay} --only ${judged[1]?.case.id} --seed 1`);
  expect(text).not.toMatch(unsafe);
});

test('shows what was expected of several answers together', async () => {
  await using server = await jsonServer({ code: 200, msg: '', data: { verified: 1 }, extMsg: null });
  await using states = await statesServer();
  const only = ['race/identical'];
  const flags = { url: server.url, states: states.url, only, seed: 1, out: testFolder() };
  const { results: shown, text } = await verifying(flags);
  const happened = '20 of 20 concurrent requests bound the device; expected exactly one';
  expect(text).toContain(`because   ${happened}\n`);
  expect(text).toContain('expected  exactly one success\n    received  HTTP 200, code 200 ×20\n');
  const page = reportHtml({ operation, results: shown });
  expect(page).toContain('<dt>expected<dd>exactly one success<dt>received<dd>HTTP 200, code 200 ×20');
  for (const view of [page, junitXml(shown), annotations(shown).join('\n'), stepSummary(shown, operation)]) {
    expect(view).not.toContain('success or 5049');
  }
  expect(junitXml(shown)).toContain(`message="${happened}"`);
});

test.each([
  ['accept', true, 'codes outside the document (allowed)  5420 ×3'],
  ['refuse', true, 'codes outside the document  5420 ×3'],
  ['accept', false, 'codes outside the document  5420 ×3 (also not on a sibling page)'],
])('says whether other codes are allowed: siblingCodes=%s, on a sibling page: %s', (siblingCodes, sibling, line) => {
  const { dialect } = results;
  const seen = { ...results, dialect: { ...dialect, siblingCodes }, undocumented: [{ code: 5420, count: 3, sibling }] };
  expect(contractText(seen, suite, plainly).split('\n')).toContain(line);
});

test('names a few of the skipped cases', () => {
  const skipped = [0, 1, 2, 3, 4].map((index) => result(index, 'skipped', 'not supported'));
  const shown = toResults({ ...run, results: skipped }, facts);
  const text = contractText(shown, suite, plainly);
  const ids = skipped.slice(0, 3).map((one) => one.case.id);
  expect(text).toContain(`SKIPPED · 5 cases\n    5  not supported\n       ${ids.join(', ')}, and 2 more\n`);
});

test.each([
  ['signature/absent', 'a fault without a code', true],
  ['robustness/nul', 'a body that the document never mentions', true],
  ['timing/signature', 'two faults that are timed', true],
  ['bind/plain', 'success', false],
  ['dk/too-long', 'a fault with a code', false],
])('shows in every view that %s is about %s', (id, _, none) => {
  const at = cases.findIndex((tested) => tested.id === id);
  const failed = [result(at, 'failed', 'no')];
  const shown = toResults({ ...run, results: failed }, facts);
  expect(shown.cases[0]).toMatchObject({ code: cases[at]?.code, ...(none ? { noDocumentedCode: true } : {}) });
  const text = contractText(shown, suite, plainly);
  expect(text.includes('no documented code')).toBe(none);
  const page = reportHtml({ operation, results: shown });
  expect(page.includes('data-code="none"')).toBe(none);
  expect(page.includes('1 case</a> about faults with no documented code')).toBe(none);
  expect(page.includes('<span class="tag">no documented code</span>')).toBe(none);
});

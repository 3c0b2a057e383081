import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { cases } from '../../../contract/pure-bt/cases/all-cases.ts';
import { operation } from '../../../spec/pure-bt/operation.ts';
import { syntheticReport, syntheticResults } from '../testing/synthetic.ts';
import { dateText, durationText, receivedTexts } from '../words.ts';
import { reportHtml } from './page.ts';

const page = reportHtml(syntheticReport(60));

test('loads nothing and allows only its own style and script', () => {
  expect(page.match(/<[^>]*\s(src|srcset|action|formaction|ping|poster|data)=|@import|url\((?!#)/g)).toBeNull();
  expect(page.match(/\shref="(?!#)/g)).toBeNull();
  expect(page.match(/<[^>]*\s(on\w+|style)="/g)).toBeNull();
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? '';
  expect(policy).toMatch(/^default-src 'none'; /);
  for (const [element, directive] of [
    ['style', 'style-src'],
    ['script', 'script-src'],
  ] as const) {
    const [text = ''] = [new RegExp(`<${element}>(.*?)</${element}>`, 's').exec(page)?.[1]];
    expect(policy).toContain(`${directive} 'sha256-${createHash('sha256').update(text).digest('base64')}';`);
  }
});

test('puts every attribute between double quotes, as escaping requires', () => {
  const tags = page.slice(page.indexOf('<body>'), page.indexOf('<script>')).match(/<[a-z][^>]*>/g) ?? [];
  const attributes = tags.map((tag) => tag.replaceAll(/\s[a-zA-Z0-9:-]+(="[^"]*")?/g, ''));
  expect(new Set(attributes.filter((left) => !/^<[a-z0-9]+\/?>$/.test(left)))).toEqual(new Set());
});

test('escapes text of a target in every place', () => {
  const body = page.slice(page.indexOf('<body>'));
  expect(body.match(/<img|<b>|<\/style|<script>|<\/script>/g)).toEqual(['<b>', '<script>', '</script>']);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not come through
  expect(body.match(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]|^::/m)).toBeNull();
});

test('has unique ids and no dead links', () => {
  const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const links = [...page.matchAll(/\shref="#([^"?]*)/g)].map(([, id]) => id);
  expect(links.filter((link) => !ids.includes(link))).toEqual([]);
});

test('shows every outcome, setting and section', () => {
  const sections = [
    'Gate failed',
    'Failures',
    'Changes',
    'Errors',
    'Warnings',
    'Skipped',
    'Order of checks',
    'Load',
    'Dialect',
  ];
  const details = [
    'This report contains secrets',
    'unknownDk=refused',
    '2026-11-24 21:00:00 UTC',
    'nowhere',
    'not valid',
    'new in catalogue 2',
  ];
  for (const words of [...sections, ...details]) {
    expect(page.includes(words), words).toBe(true);
  }
});

test('says that a run is partial, and which cards have no case', () => {
  const results = syntheticResults(1, () => 'passed');
  const codes = results.codes.map(({ code, meaning, cases }, at) => {
    const state = at < 2 ? { status: 'covered' as const } : { status: 'not-tested' as const, reason: 'not selected' };
    return { code, meaning, cases, ...state };
  });
  const text = reportHtml({ operation, results: { ...results, cases: [], codes } });
  expect(text).toContain('a part (not all cases were selected)');
  expect(text).toContain(`${codes.length - 2} codes were not selected (`);
  expect(text).not.toContain('Not covered, and why');
  expect(text.match(/covered by a case of another code/g)).toHaveLength(2);
});

test('has no section for parts that were not run', () => {
  const { gate, load, ...alone } = syntheticReport(5);
  const passing = reportHtml({ operation, results: syntheticResults(20, () => 'passed') });
  expect(passing.match(/id="(gate|load|failed|error|warned|skipped|changes|precedence)"/)).toBeNull();
  expect(reportHtml(alone).match(/id="(gate|load)"/)).toBeNull();
  expect(reportHtml({ operation, ...(gate === undefined ? {} : { gate }) }).includes('Gate failed')).toBe(true);
  expect(reportHtml({ operation, ...(load === undefined ? {} : { load }) }).includes('Load failed')).toBe(true);
});

test('stays under 1.6 MB for 800 cases', () => {
  // With usual answers; hostile text has its own, higher limit.
  for (const outcome of ['passed', 'failed'] as const) {
    const results = syntheticResults(800, () => outcome, 'the usual');
    expect(Buffer.byteLength(reportHtml({ operation, results }))).toBeLessThan(1_600_000);
  }
});

test('limits the size of the page for hostile answers', () => {
  const { cases: rows, ...rest } = syntheticResults(800, () => 'failed');
  const large = rows.map((row, at) => ({
    ...row,
    cause: `cause ${at}`,
    ...(row.decisive === undefined
      ? {}
      : { decisive: { ...row.decisive, received: { ...row.decisive.received, preview: '<'.repeat(2_000) } } }),
  }));
  expect(Buffer.byteLength(reportHtml({ operation, results: { ...rest, cases: large } }))).toBeLessThan(5_000_000);
});

test('formats durations, dates and answers', () => {
  expect([durationText(1.26), durationText(215.4), durationText(9_451)]).toEqual(['1.3 ms', '215 ms', '9.45 s']);
  expect(dateText('never')).toBe('never');
  expect(
    receivedTexts([
      { httpStatus: 200, code: 5361 },
      { httpStatus: 200, code: 5361 },
      { httpStatus: 500, code: null },
      { httpStatus: null, code: null },
    ]),
  ).toEqual(['HTTP 200, code 5361 ×2', 'HTTP 500, no code', 'no answer']);
});

test('uses ids that are valid in an HTML id and in a hash', () => {
  for (const { id } of cases) expect(id).toMatch(/^[\w./-]+$/);
});

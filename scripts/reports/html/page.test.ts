import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { cases } from '../../../contract/pure-bt/cases/all-cases.ts';
import { operation } from '../../../spec/pure-bt/operation.ts';
import { syntheticReport, syntheticResults } from '../testing/synthetic.ts';
import { receivedTexts } from '../words.ts';
import { dateText, durationText } from './cell-text.ts';
import { reportHtml } from './page.ts';

const page = reportHtml(syntheticReport(60));

test('the page asks for nothing and lets nothing run but itself', () => {
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

test('every attribute stands between double quotes, which is what escaping relies on', () => {
  const tags = page.slice(page.indexOf('<body>'), page.indexOf('<script>')).match(/<[a-z][^>]*>/g) ?? [];
  const attributes = tags.map((tag) => tag.replaceAll(/\s[a-zA-Z0-9:-]+(="[^"]*")?/g, ''));
  expect(new Set(attributes.filter((left) => !/^<[a-z0-9]+\/?>$/.test(left)))).toEqual(new Set());
});

test('text of a target is text in every place', () => {
  const body = page.slice(page.indexOf('<body>'));
  expect(body.match(/<img|<b>|<\/style|<script>|<\/script>/g)).toEqual(['<b>', '<script>', '</script>']);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not come through
  expect(body.match(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]|^::/m)).toBeNull();
});

test('ids are unique and links lead somewhere', () => {
  const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const links = [...page.matchAll(/\shref="#([^"?]*)/g)].map(([, id]) => id);
  expect(links.filter((link) => !ids.includes(link))).toEqual([]);
});

test('every outcome, setting and section is there', () => {
  const sections = [
    'Gate closed',
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
    'This report holds secrets',
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

test('what was not run has no section', () => {
  const { gate, load, ...alone } = syntheticReport(5);
  const passing = reportHtml({ operation, results: syntheticResults(20, () => 'passed') });
  expect(passing.match(/id="(gate|load|failed|error|warned|skipped|changes|precedence)"/)).toBeNull();
  expect(reportHtml(alone).match(/id="(gate|load)"/)).toBeNull();
  expect(reportHtml({ operation, ...(gate === undefined ? {} : { gate }) }).includes('Gate closed')).toBe(true);
  expect(reportHtml({ operation, ...(load === undefined ? {} : { load }) }).includes('Load broken')).toBe(true);
});

test('800 cases stay under 1.6 MB, passed or failed', () => {
  // As a server answers, not as an attacker does: what hostile text costs is bounded too, and more.
  for (const outcome of ['passed', 'failed'] as const) {
    const results = syntheticResults(800, () => outcome, 'the usual');
    expect(Buffer.byteLength(reportHtml({ operation, results }))).toBeLessThan(1_600_000);
  }
});

test('hostile answers cannot make a page without end', () => {
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

test('words for times, moments and answers', () => {
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

test('the catalogue has ids that may stand in an id and in a hash', () => {
  for (const { id } of cases) expect(id).toMatch(/^[\w./-]+$/);
});

import { isTolerated } from '../../contract/baseline/judge-changes.ts';
import { inert } from '../../contract/inert.ts';
import type { CaseRow, Results } from '../../contract/results.ts';
import { shellQuote } from '../../contract/shell-quote.ts';
import { countChangesText, replayCommand } from './words.ts';

/** One test case: its name and its result. */
type TestCase = {
  readonly name: string;
  readonly group: string;
  readonly ms: number;
  readonly outcome: CaseRow['outcome'];
  /** A word or line that groups failures. */
  readonly type?: string;
  readonly message?: string;
  readonly lines: readonly string[];
};

type Suite = { readonly name: string; readonly cases: readonly TestCase[]; readonly startedAt?: string | undefined };

/** The run as JUnit XML: one test case per case, in one suite per group of ids. A warning is a passed test with a message. */
export function junitXml(results: Results): string {
  const { target, cases, baseline, summary, startedAt } = results;
  const groups = Map.groupBy(cases, ({ id }) => caseGroup(id));
  const suites: readonly Suite[] = [
    ...[...groups].map(([name, rows]) => ({ name, startedAt, cases: rows.map((row) => toTestCase(row, results)) })),
    ...(baseline === undefined || baseline.clusters.length === 0
      ? []
      : [{ name: 'baseline', cases: changeCases(baseline) }]),
  ];
  return document(`bindgate ${target.url}`, suites, summary.durationMs);
}

/** A run that could not start, as JUnit XML: one test case with the reason and its details. */
export function errorJunit(line: string, details: readonly string[]): string {
  const name = 'the target and its states can be used';
  const lines = [line, ...details];
  const failed: TestCase = { name, group: 'set-up', ms: 0, outcome: 'error', type: 'set-up', message: line, lines };
  return document('bindgate', [{ name: 'set-up', cases: [failed] }], 0);
}

/** The changes from a baseline: one test case for each cause. */
function changeCases({ clusters, tolerated }: NonNullable<Results['baseline']>): readonly TestCase[] {
  return clusters.map((cluster) => {
    const { cause, changes } = cluster;
    const ids = changes.map(({ id }) => id).join(', ');
    const lines = [`cases: ${ids}`, `before: ${changes[0]?.before ?? ''}`, `now: ${changes[0]?.after ?? ''}`];
    const test = { name: cause, group: 'baseline', ms: 0, type: 'changed' };
    const [first = '', ...others] = lines;
    return isTolerated(cluster, tolerated)
      ? { ...test, outcome: 'warned', lines: [`tolerated: ${first}`, ...others] }
      : { ...test, outcome: 'failed', message: `${cause} (${countChangesText(cluster)})`, lines };
  });
}

function toTestCase(row: CaseRow, run: Results): TestCase {
  const { id, title, outcome, reason = '', cause = reason, durationMs } = row;
  const lines = detail(row, run);
  const [first = '', ...others] = lines;
  return {
    name: `${id}: ${title}`,
    group: caseGroup(id),
    ms: durationMs,
    outcome,
    type: cause,
    message: reason,
    lines: outcome === 'warned' ? [`warned: ${first}`, ...others] : lines,
  };
}

/** What a reader of a CI test page needs to reproduce the failure. */
function detail(row: CaseRow, run: Results): readonly string[] {
  const { reason = '', clause, rule, dialect, curl, setUp, curlNote } = row;
  const place = rule === undefined ? '' : `; docs/operation.md#${rule}`;
  return [
    reason,
    `source: ${clause ?? 'not recorded'}${place}`,
    ...(dialect?.accept === undefined ? [] : [`to accept it: --dialect ${shellQuote(dialect.accept)}`]),
    `replay: ${replayCommand(row, run)}`,
    ...(setUp === undefined ? [] : [`set-up: ${setUp}`]),
    ...(curl === '' ? [] : [`curl: ${curl}`]),
    ...(curlNote === undefined ? [] : [`note: ${curlNote}`]),
  ];
}

function document(name: string, suites: readonly Suite[], ms: number): string {
  const all = suites.flatMap(({ cases }) => cases);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    // No `skipped` on the root, because Jenkins' schema allows it only on suites.
    `<testsuites name="${escaped(name)}" ${countAttributes(all)} time="${seconds(ms)}">`,
    ...suites.flatMap(suiteLines),
    '</testsuites>',
    '',
  ].join('\n');
}

function suiteLines({ name, cases, startedAt }: Suite): readonly string[] {
  const skipped = cases.filter(({ outcome }) => outcome === 'skipped').length;
  const time = seconds(cases.reduce((sum, { ms }) => sum + ms, 0));
  const timestamp = startedAt === undefined ? '' : ` timestamp="${escaped(startedAt.slice(0, 19))}"`;
  return [
    `  <testsuite name="${escaped(name)}" ${countAttributes(cases)} skipped="${skipped}" time="${time}"${timestamp}>`,
    ...cases.map(caseLine),
    '  </testsuite>',
  ];
}

function countAttributes(cases: readonly TestCase[]): string {
  const count = (outcome: CaseRow['outcome']): number => cases.filter((one) => one.outcome === outcome).length;
  return `tests="${cases.length}" failures="${count('failed')}" errors="${count('error')}"`;
}

function caseLine({ name, group, ms, outcome, type = '', message = '', lines }: TestCase): string {
  const head = `    <testcase classname="bindgate.${escaped(group)}" name="${escaped(name)}" time="${seconds(ms)}"`;
  const told = `message="${escaped(message)}"`;
  const content = lines.map(escaped).join('\n');
  switch (outcome) {
    case 'passed':
      return `${head}/>`;
    case 'failed':
      return `${head}><failure type="${escaped(type)}" ${told}>${content}</failure></testcase>`;
    case 'error':
      return `${head}><error type="${escaped(type)}" ${told}>${content}</error></testcase>`;
    case 'skipped':
      return `${head}><skipped ${told}/></testcase>`;
    case 'warned':
      return `${head}><system-out>${content}</system-out></testcase>`;
  }
}

function caseGroup(id: string): string {
  return id.split('/')[0] ?? '';
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Inert text has no character that XML 1.0 forbids, so only the five special ones are escaped. */
function escaped(text: string): string {
  return inert(text, 20_000).replace(/[&<>"']/g, (character) => entities[character] ?? '');
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

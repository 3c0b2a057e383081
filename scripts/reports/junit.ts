import { isTolerated } from '../../contract/baseline/judge-changes.ts';
import { inert } from '../../contract/inert.ts';
import type { CaseRow, Results } from '../../contract/results.ts';
import { shellQuote } from '../../contract/shell-quote.ts';
import { sizeOf } from './changes-text.ts';

/** The run as JUnit XML: one test case per case, in one suite per group of ids. A warning is a passed test with a word beside it. */
export function junitXml(results: Results): string {
  const { summary, target, cases } = results;
  const groups = Map.groupBy(cases, ({ id }) => groupOf(id));
  const changed = changeCases(results);
  // No `skipped` on the root: Jenkins' schema has it on suites alone.
  const counts = `tests="${cases.length + changed.length}" failures="${summary.failed + changed.filter(({ open }) => open).length}" errors="${summary.errors}" time="${seconds(summary.durationMs)}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="bindgate ${escaped(target.url)}" ${counts}>`,
    ...[...groups].flatMap(([name, members]) => suite(name, members, results)),
    ...changeSuite(changed),
    '</testsuites>',
    '',
  ].join('\n');
}

/** A run that could not be made, as JUnit XML: one test case with the line that says why, and what belongs to it. */
export function junitOfError(line: string, details: readonly string[]): string {
  const content = [line, ...details].map(escaped).join('\n');
  const counts = 'tests="1" failures="0" errors="1"';
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="bindgate" ${counts} time="0.000">`,
    `  <testsuite name="set-up" ${counts} skipped="0" time="0.000">`,
    '    <testcase classname="bindgate.set-up" name="the target and its states can be used" time="0.000">',
    `      <error type="set-up" message="${escaped(line)}">${content}</error>`,
    '    </testcase>',
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

type ChangeCase = { readonly open: boolean; readonly line: string };

/** What changed against a baseline: one test case a cause. */
function changeCases({ baseline }: Results): readonly ChangeCase[] {
  return (baseline?.clusters ?? []).map((cluster) => {
    const [first] = cluster.changes;
    const open = !isTolerated(cluster, baseline?.tolerated);
    const told = `message="${escaped(`${cluster.cause} (${sizeOf(cluster.changes)})`)}"`;
    const lines = [
      `cases: ${cluster.changes.map(({ id }) => id).join(', ')}`,
      `before: ${first?.before ?? ''}`,
      `now: ${first?.after ?? ''}`,
    ];
    const content = lines.map(escaped).join('\n');
    const head = `    <testcase classname="bindgate.baseline" name="${escaped(cluster.cause)}" time="0.000">`;
    const body = open
      ? `<failure type="changed" ${told}>${content}</failure>`
      : `<system-out>tolerated: ${content}</system-out>`;
    return { open, line: `${head}${body}</testcase>` };
  });
}

function changeSuite(changed: readonly ChangeCase[]): readonly string[] {
  if (changed.length === 0) return [];
  const failures = changed.filter(({ open }) => open).length;
  return [
    `  <testsuite name="baseline" tests="${changed.length}" failures="${failures}" errors="0" skipped="0" time="0.000">`,
    ...changed.map(({ line }) => line),
    '  </testsuite>',
  ];
}

function suite(name: string, members: readonly CaseRow[], run: Results): readonly string[] {
  const count = (outcome: CaseRow['outcome']): number => members.filter((member) => member.outcome === outcome).length;
  const time = seconds(members.reduce((sum, { durationMs }) => sum + durationMs, 0));
  const counts = `tests="${members.length}" failures="${count('failed')}" errors="${count('error')}" skipped="${count('skipped')}" time="${time}"`;
  const timestamp = run.startedAt === undefined ? '' : ` timestamp="${escaped(run.startedAt.slice(0, 19))}"`;
  return [
    `  <testsuite name="${escaped(name)}" ${counts}${timestamp}>`,
    ...members.map((member) => testCase(member, run)),
    '  </testsuite>',
  ];
}

function testCase(row: CaseRow, run: Results): string {
  const { id, title, outcome, reason = '', cause = reason, durationMs } = row;
  const head = `    <testcase classname="bindgate.${escaped(groupOf(id))}" name="${escaped(`${id}: ${title}`)}" time="${seconds(durationMs)}"`;
  const told = `message="${escaped(reason)}"`;
  switch (outcome) {
    case 'passed':
      return `${head}/>`;
    case 'failed':
      return `${head}><failure type="${escaped(cause)}" ${told}>${detail(row, run)}</failure></testcase>`;
    case 'error':
      return `${head}><error type="${escaped(cause)}" ${told}>${detail(row, run)}</error></testcase>`;
    case 'skipped':
      return `${head}><skipped ${told}/></testcase>`;
    case 'warned':
      return `${head}><system-out>warned: ${detail(row, run)}</system-out></testcase>`;
  }
}

/** What a reader of a CI's test page needs to see it again. */
function detail(row: CaseRow, run: Results): string {
  const { id, reason = '', clause, rule, dialect, replay, curl, setUp, curlNote } = row;
  const flags = `--only ${id} --seed ${run.seed}${replay === undefined ? '' : ` ${replay}`}`;
  const place = rule === undefined ? '' : `; docs/operation.md#${rule}`;
  const lines = [
    reason,
    `source: ${clause ?? 'not recorded'}${place}`,
    ...(dialect === undefined ? [] : [`to accept it: --dialect ${shellQuote(dialect.accept)}`]),
    `replay: ${run.replay ?? 'bindgate verify'} ${flags}`,
  ];
  return [
    ...lines,
    ...(setUp === undefined ? [] : [`set-up: ${setUp}`]),
    ...(curl === '' ? [] : [`curl: ${curl}`]),
    ...(curlNote === undefined ? [] : [`note: ${curlNote}`]),
  ]
    .map(escaped)
    .join('\n');
}

function groupOf(id: string): string {
  return id.split('/')[0] ?? '';
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Inert text has no character that XML 1.0 forbids; what is left are the five that mean something. */
function escaped(text: string): string {
  return inert(text, 20_000).replace(/[&<>"']/g, (character) => entities[character] ?? '');
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

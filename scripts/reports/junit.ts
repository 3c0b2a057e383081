import { inert } from '../../contract/inert.ts';
import type { CaseRow, Results } from '../../contract/results.ts';

/** The run as JUnit XML: one test case per case, in one suite per group of ids. A warning is a passed test with a word beside it. */
export function junitXml(results: Results): string {
  const { summary, target, cases } = results;
  const groups = Map.groupBy(cases, ({ id }) => groupOf(id));
  // No `skipped` on the root: Jenkins' schema has it on suites alone.
  const counts = `tests="${cases.length}" failures="${summary.failed}" errors="${summary.errors}" time="${seconds(summary.durationMs)}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="bindgate ${escaped(target.url)}" ${counts}>`,
    ...[...groups].flatMap(([name, members]) => suite(name, members, results)),
    '</testsuites>',
    '',
  ].join('\n');
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
function detail({ id, reason = '', clause, replay, curl }: CaseRow, run: Results): string {
  const flags = `--only ${id} --seed ${run.seed}${replay === undefined ? '' : ` ${replay}`}`;
  const lines = [reason, `clause: ${clause ?? 'not recorded'}`, `replay: ${run.replay ?? 'bindgate verify'} ${flags}`];
  return [...lines, ...(curl === '' ? [] : [`curl: ${curl}`])].map(escaped).join('\n');
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
  return inert(text, 4_000).replace(/[&<>"']/g, (character) => entities[character] ?? '');
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

import { inert } from '../../contract/inert.ts';
import type { CaseResult } from '../../contract/outcome.ts';
import type { Results } from '../../contract/results.ts';

/** The run as JUnit XML: one test case per case, in one suite per group of ids. A warning is a passed test with a word beside it. */
export function junitXml({ summary, target }: Results, cases: readonly CaseResult[]): string {
  const groups = Map.groupBy(cases, (result) => result.case.id.split('/')[0] ?? '');
  const { failed, errors, skipped } = summary;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="bindgate ${attribute(target.url)}" tests="${cases.length}" failures="${failed}" errors="${errors}" skipped="${skipped}" time="${seconds(summary.durationMs)}">`,
    ...[...groups].flatMap(([name, members]) => suite(name, members)),
    '</testsuites>',
    '',
  ].join('\n');
}

function suite(name: string, members: readonly CaseResult[]): readonly string[] {
  const count = (outcome: CaseResult['outcome']): number => members.filter((member) => member.outcome === outcome).length;
  const time = seconds(members.reduce((sum, { durationMs }) => sum + durationMs, 0));
  return [
    `  <testsuite name="${attribute(name)}" tests="${members.length}" failures="${count('failed')}" errors="${count('error')}" skipped="${count('skipped')}" time="${time}">`,
    ...members.map(testCase),
    '  </testsuite>',
  ];
}

function testCase({ case: tested, outcome, reason = '', durationMs }: CaseResult): string {
  const head = `    <testcase classname="bindgate.${attribute(tested.id.split('/')[0] ?? '')}" name="${attribute(`${tested.id}: ${tested.title}`)}" time="${seconds(durationMs)}"`;
  const told = attribute(reason);
  const detail = attribute(`${reason} (${tested.clause})`);
  switch (outcome) {
    case 'passed':
      return `${head}/>`;
    case 'failed':
      return `${head}><failure message="${told}">${detail}</failure></testcase>`;
    case 'error':
      return `${head}><error message="${told}">${detail}</error></testcase>`;
    case 'skipped':
      return `${head}><skipped message="${told}"/></testcase>`;
    case 'warned':
      return `${head}><system-out>warned: ${detail}</system-out></testcase>`;
  }
}

/** Inert text has no character that XML 1.0 forbids; what is left are the five that mean something. */
function attribute(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };
  return inert(text, 1_000).replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

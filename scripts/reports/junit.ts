import type { ChangeCluster } from '../../contract/baseline/compare-behaviour.ts';
import { isTolerated } from '../../contract/baseline/judge-changes.ts';
import { inert } from '../../contract/inert.ts';
import type { CaseRow, Results } from '../../contract/results.ts';
import { shellQuote } from '../../contract/shell-quote.ts';
import { countChangesText, listIds, replayCommand } from './words.ts';

type TestCase = {
  readonly name: string;
  readonly ms: number;
  readonly outcome: CaseRow['outcome'];
  /** A word or line that groups failures. */
  readonly type: string;
  readonly message: string;
  readonly lines: readonly string[];
};

/** The run as JUnit XML: one test case per case, in one suite per group of ids. A warning is a passed test with a message. */
export function junitXml(results: Results): string {
  const { target, baseline, summary, startedAt } = results;
  const groups = Map.groupBy(results.cases, ({ id }) => id.split('/', 1).join());
  const changes = (baseline?.clusters ?? []).map((cluster) => changeCase(cluster, baseline?.tolerated));
  const suites = [
    ...[...groups].map(([name, rows]) =>
      suite(
        name,
        rows.map((row) => toTestCase(row, results)),
        startedAt,
      ),
    ),
    ...(changes.length === 0 ? [] : [suite('baseline', changes)]),
  ];
  return document(`bindgate ${target.url}`, suites, summary.durationMs);
}

/** A run that could not start, as JUnit XML: one test case with the reason and its details. */
export function errorJunit(message: string, details: readonly string[]): string {
  const name = 'the target and its states can be used';
  const lines = [message, ...details];
  const failed: TestCase = { name, ms: 0, outcome: 'error', type: 'set-up', message, lines };
  return document('bindgate', [suite('set-up', [failed])], 0);
}

/** The changes of one cause from a baseline. */
function changeCase(cluster: ChangeCluster, tolerated: readonly { readonly id: string }[] = []): TestCase {
  const { cause, changes } = cluster;
  const warned = isTolerated(cluster, tolerated);
  const ids = `cases: ${listIds(changes).join(', ')}`;
  return {
    name: cause,
    ms: 0,
    outcome: warned ? 'warned' : 'failed',
    type: 'changed',
    message: `${cause} (${countChangesText(cluster)})`,
    lines: [
      warned ? `tolerated: ${ids}` : ids,
      `before: ${changes[0]?.before ?? ''}`,
      `now: ${changes[0]?.after ?? ''}`,
    ],
  };
}

/** A case with what a reader of a CI test page needs to reproduce a failure. */
function toTestCase(row: CaseRow, run: Results): TestCase {
  const { id, title, outcome, reason = '', cause = reason, clause, rule, dialect, curl, setUp, curlNote } = row;
  const place = rule === undefined ? '' : `; docs/operation.md#${rule}`;
  return {
    name: `${id}: ${title}`,
    ms: row.durationMs,
    outcome,
    type: cause,
    message: reason,
    lines: [
      outcome === 'warned' ? `warned: ${reason}` : reason,
      `source: ${clause ?? 'not recorded'}${place}`,
      ...(dialect?.accept === undefined ? [] : [`to accept it: --dialect ${shellQuote(dialect.accept)}`]),
      `replay: ${replayCommand(row, run)}`,
      ...(setUp === undefined ? [] : [`set-up: ${setUp}`]),
      ...(curl === '' ? [] : [`curl: ${curl}`]),
      ...(curlNote === undefined ? [] : [`note: ${curlNote}`]),
    ],
  };
}

function document(name: string, suites: readonly ReturnType<typeof suite>[], ms: number): string {
  const all = suites.flatMap(({ cases }) => cases);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    // No `skipped` on the root, because Jenkins' schema allows it only on suites.
    `<testsuites name="${escaped(name)}" ${countAttributes(all)} time="${seconds(ms)}">`,
    ...suites.flatMap(({ lines }) => lines),
    '</testsuites>',
    '',
  ].join('\n');
}

function suite(name: string, cases: readonly TestCase[], startedAt?: string) {
  const skipped = cases.filter(({ outcome }) => outcome === 'skipped').length;
  const time = seconds(cases.reduce((sum, { ms }) => sum + ms, 0));
  const timestamp = startedAt === undefined ? '' : ` timestamp="${escaped(startedAt.slice(0, 19))}"`;
  const lines = [
    `  <testsuite name="${escaped(name)}" ${countAttributes(cases)} skipped="${skipped}" time="${time}"${timestamp}>`,
    ...cases.map(
      (one) =>
        `    <testcase classname="bindgate.${escaped(name)}" name="${escaped(one.name)}" time="${seconds(one.ms)}"${resultText(one)}`,
    ),
    '  </testsuite>',
  ];
  return { cases, lines };
}

function countAttributes(cases: readonly TestCase[]): string {
  const count = (outcome: CaseRow['outcome']): number => cases.filter((one) => one.outcome === outcome).length;
  return `tests="${cases.length}" failures="${count('failed')}" errors="${count('error')}"`;
}

/** The end of the element of a test case. */
function resultText({ outcome, type, message, lines }: TestCase): string {
  const told = `message="${escaped(message)}"`;
  const content = lines.map(escaped).join('\n');
  if (outcome === 'passed') return '/>';
  if (outcome === 'skipped') return `><skipped ${told}/></testcase>`;
  if (outcome === 'warned') return `><system-out>${content}</system-out></testcase>`;
  const element = outcome === 'failed' ? 'failure' : 'error';
  return `><${element} type="${escaped(type)}" ${told}>${content}</${element}></testcase>`;
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

import { inert } from '../../../contract/inert.ts';
import type { Affected } from '../../../contract/suite.ts';
import { type Change, type Severity, severities } from '../../../spec/diff/change.ts';
import type { SpecDiffFile } from '../../../spec/diff/spec-diff.generated.ts';
import type { Terminal } from '../../terminal.ts';
import { type Labelled, labelled } from '../table.ts';

const colours: Readonly<Record<Severity, 'red' | 'yellow' | 'green'>> = {
  breaking: 'red',
  risky: 'yellow',
  harmless: 'green',
};

/** A comparison as text: breaking changes first, with reason and both places; harmless changes on one line; then the affected cases. */
export function specDiffText(diff: SpecDiffFile, style: Terminal['style']): string {
  const blocks = severities.flatMap((severity) => {
    const changes = countedChanges(diff, severity);
    if (changes.length === 0) return [];
    const told = changes.map((change) => (severity === 'harmless' ? line(change, diff) : block(change, diff)));
    return [
      [style([colours[severity], 'bold'], severity), told.join(severity === 'harmless' ? '\n' : '\n\n')].join('\n'),
    ];
  });
  const accepted = diff.changes.flatMap((change) => acceptedLine(change, diff));
  if (accepted.length > 0) blocks.push([style('bold', 'accepted'), ...accepted].join('\n'));
  const leftOut = diff.leftOut === undefined ? [] : [`not compared  ${diff.leftOut}`];
  return [[...blocks, ...leftOut, summaryLine(diff)].join('\n\n'), ...affectedText(diff, style)].join('\n');
}

function summaryLine(diff: SpecDiffFile): string {
  return `${countsText(diff) ?? 'no difference'}  ${inert(diff.before.file)} → ${inert(diff.after.file)}`;
}

/** The changes of a severity that are not accepted. */
export function countedChanges({ changes }: SpecDiffFile, wanted: Severity): readonly Change[] {
  return changes.filter(({ severity, accepted }) => severity === wanted && accepted === undefined);
}

/** The number of changes of each severity, and of accepted and hidden ones; undefined if the documents are equal. */
export function countsText({ counts, changes, accepted = 0, off = 0 }: SpecDiffFile): string | undefined {
  if (changes.length + off === 0) return undefined;
  return [
    ...severities.map((severity) => `${counts[severity]} ${severity}`),
    ...(accepted === 0 ? [] : [`${accepted} accepted`]),
    ...(off === 0 ? [] : [`${off} off`]),
  ].join(', ');
}

/** The places of a change in both files. */
export function places({ at }: Change, { before, after }: SpecDiffFile): string {
  return `${inert(before.file)}:${at.before.line} → ${inert(after.file)}:${at.after.line}`;
}

/** A short text of a change. */
export function headline({ subject, what }: Change): string {
  return `${inert(subject, 240)} ${inert(what, 160)}`;
}

/** An accepted change on one line; empty for any other change. */
export function acceptedLine(change: Change, diff: SpecDiffFile): readonly string[] {
  const { severity, accepted } = change;
  if (accepted === undefined) return [];
  const by = inert(`until ${accepted.until} (${accepted.owner}: ${accepted.reason})`, 160);
  return [`  ${headline(change)}  (${severity}, ${places(change, diff)}), ${by}`];
}

function line(change: Change, diff: SpecDiffFile): string {
  return `  ${headline(change)}  (${places(change, diff)})`;
}

function block(change: Change, diff: SpecDiffFile): string {
  const { before, after, clients, servers, todo, rule } = change;
  const rows: readonly Labelled[] = [
    ['before', before && inert(before, 300)],
    ['after', after && inert(after, 300)],
    ['clients', clients],
    ['servers', servers],
    ['to do', todo],
    ['where', `${places(change, diff)} (${rule})`],
  ];
  return [`  ${headline(change)}`, ...labelled(rows)].join('\n');
}

const shownGroups = 12;

function affectedText({ cases = [] }: SpecDiffFile, style: Terminal['style']): readonly string[] {
  return cases.length === 0 ? [] : ['', style('bold', 'cases that need work'), ...cases.flatMap(affectedBlock)];
}

function affectedBlock({ change, cases, because, todo }: Affected): readonly string[] {
  return [
    `  ${inert(change, 240)}`,
    ...(cases.length === 0 ? [] : [`    cases     ${cases.length}: ${groups(cases)}`]),
    ...(because === undefined ? [] : [`    because   ${because}`]),
    ...todo.map((line) => `    to do     ${line}`),
  ];
}

/** `signature/ (37), path/ (12)`: groups for `verify --only`. */
function groups(cases: readonly string[]): string {
  const byGroup = [...Map.groupBy(cases, (id) => `${id.split('/')[0]}/`)].sort(([, a], [, b]) => b.length - a.length);
  const more = byGroup.length - shownGroups;
  const told = byGroup.slice(0, shownGroups).map(([group, ids]) => `${group} (${ids.length})`);
  return [...told, ...(more > 0 ? [`and ${more} more groups`] : [])].join(', ');
}

import { inert } from '../../../contract/inert.ts';
import { type Change, type Severity, severities } from '../../../spec/diff/change.ts';
import type { SpecDiffFile } from '../../../spec/diff/results.ts';
import { code, escapeMarkdown } from '../github-summary.ts';

const titles: Readonly<Record<Severity, string>> = {
  breaking: '❌ Breaking',
  risky: '⚠️ Risky',
  harmless: '✅ Harmless',
};

/** GitHub shows no comment of more than 65,536 characters; what is over is counted. */
const maxRows: Readonly<Record<Severity, number>> = { breaking: 30, risky: 15, harmless: 25 };

/** More of a text than this is in the JSON. */
const widest = 160;

/** A comparison as Markdown for a pull request: grouped by severity, a row a change, what is harmless folded away. */
export function specDiffMarkdown(diff: SpecDiffFile): string {
  const { counts, changes, before, after } = diff;
  const files = `${code(before.file)} → ${code(after.file)}`;
  if (changes.length === 0) return `## bindgate: the contract is the same\n\n${files}\n`;
  const told = severities.map((severity) => `${counts[severity]} ${severity}`).join(', ');
  const parts = severities.flatMap((severity) => {
    const rows = changes.filter((change) => change.severity === severity);
    return rows.length === 0 ? [] : [severity === 'harmless' ? folded(rows) : table(severity, rows)];
  });
  const leftOut = diff.leftOut === undefined ? [] : [`Not compared: ${escapeMarkdown(diff.leftOut)}`];
  return `${[`## bindgate: ${told}`, files, ...parts, ...leftOut].join('\n\n')}\n`;
}

function table(severity: Severity, rows: readonly Change[]): string {
  const shown = rows.slice(0, maxRows[severity]).map((change) => {
    const { clients, servers, todo } = change;
    return `| ${what(change)} | ${changeText(change)} | ${escapeMarkdown(clients)} | ${escapeMarkdown(servers)} | ${escapeMarkdown(todo)} |`;
  });
  return [
    `### ${titles[severity]}`,
    '',
    '| change | before → after | clients | servers | to do |',
    '| --- | --- | --- | --- | --- |',
    ...shown,
    ...more(rows, severity),
  ].join('\n');
}

function folded(rows: readonly Change[]): string {
  const shown = rows.slice(0, maxRows.harmless).map((change) => `- ${what(change)}: ${changeText(change)}`);
  return [
    `<details><summary>${titles.harmless}: ${rows.length}</summary>`,
    '',
    ...shown,
    ...more(rows, 'harmless'),
    '',
    '</details>',
  ].join('\n');
}

function more(rows: readonly Change[], severity: Severity): readonly string[] {
  return rows.length > maxRows[severity] ? ['', `and ${rows.length - maxRows[severity]} more`] : [];
}

function what({ subject, what: happened, at }: Change): string {
  return `**${escapeMarkdown(subject)}** ${escapeMarkdown(happened)} <sub>line ${at.before.line} → ${at.after.line}</sub>`;
}

function changeText({ before, after }: Change): string {
  if (before === undefined && after === undefined) return '';
  return `${before === undefined ? '–' : code(inert(before, widest))} → ${after === undefined ? '–' : code(inert(after, widest))}`;
}

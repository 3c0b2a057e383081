import { inert } from '../../../contract/inert.ts';
import { type Change, type Severity, severities } from '../../../spec/diff/change.ts';
import type { SpecDiffFile } from '../../../spec/diff/spec-diff.generated.ts';
import { code, escapeMarkdown } from '../github-summary.ts';
import { acceptedLine, countedChanges, countsText } from './text.ts';

const titles: Readonly<Record<Severity, string>> = {
  breaking: '❌ Breaking',
  risky: '⚠️ Risky',
  harmless: '✅ Harmless',
};

/** GitHub shows no comment of more than 65,536 characters, so further rows are only counted. */
const maxRows: Readonly<Record<Severity, number>> = { breaking: 30, risky: 15, harmless: 25 };

const maxAccepted = 25;

/** Longer texts are cut here; the JSON has the full text. */
const widest = 160;

/** A comparison as Markdown for a pull request: grouped by severity, one row per change, harmless changes folded. */
export function specDiffMarkdown(diff: SpecDiffFile): string {
  const { before, after } = diff;
  const files = `${code(before.file)} → ${code(after.file)}`;
  const told = countsText(diff);
  if (told === undefined) return `## bindgate: the contract is the same\n\n${files}\n`;
  const parts = severities.flatMap((severity) => {
    const rows = countedChanges(diff, severity);
    return rows.length === 0 ? [] : [severity === 'harmless' ? folded(rows) : table(severity, rows)];
  });
  const leftOut = diff.leftOut === undefined ? [] : [`Not compared: ${escapeMarkdown(diff.leftOut)}`];
  return `${[`## bindgate: ${told}`, files, ...parts, ...acceptedPart(diff), ...(diff.notes ?? []).map(escapeMarkdown), ...leftOut].join('\n\n')}\n`;
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

function acceptedPart(diff: SpecDiffFile): readonly string[] {
  const lines = diff.changes.flatMap((change) => acceptedLine(change, diff));
  if (lines.length === 0) return [];
  const shown = lines.slice(0, maxAccepted).map((line) => `- ${escapeMarkdown(line.trim())}`);
  const rest = lines.length > maxAccepted ? ['', `and ${lines.length - maxAccepted} more`] : [];
  return [['### Accepted', '', ...shown, ...rest].join('\n')];
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

import { appendFile } from 'node:fs/promises';
import { acceptChanges } from '../../../contract/judge/accept-changes.ts';
import type { Affected } from '../../../contract/suite.ts';
import { UserError } from '../../../contract/user-error.ts';
import { compareSpecs } from '../../../spec/diff/compare-specs.ts';
import { onlyOperation, readSpecFile } from '../../../spec/diff/read-spec.ts';
import type { SpecDiffFile } from '../../../spec/diff/spec-diff.generated.ts';
import { parseChosen } from '../../../spec/document/chosen.ts';
import { readAcceptedChanges } from '../../config/read-accepted-changes.ts';
import type { KnownOperation } from '../../operations.ts';
import { specDiffAnnotations } from '../../reports/spec-diff/github.ts';
import { specDiffMarkdown } from '../../reports/spec-diff/markdown.ts';
import { specDiffText } from '../../reports/spec-diff/text.ts';
import { processTerminal, type Terminal } from '../../terminal.ts';

/** Flags of `bindgate spec diff`. */
export type SpecDiffFlags = {
  readonly failOn: 'breaking' | 'risky' | 'never';
  readonly format: 'text' | 'json' | 'markdown' | 'github';
  readonly json?: boolean;
  readonly operation?: string;
  readonly accept?: string;
  readonly cases?: boolean;
};

/**
 * `bindgate spec diff`: what a new version of a document changes for clients and servers. Returns the exit code: 1 if
 * a change has at least the severity of `--fail-on`.
 */
export async function specDiffCommand(
  before: string,
  after: string,
  flags: SpecDiffFlags,
  chosen: KnownOperation,
): Promise<number> {
  const accepted = flags.accept === undefined ? undefined : readAcceptedChanges(flags.accept);
  const wanted = parseChosen(flags.operation);
  const [old, newer] = onlyOperation([readSpecFile(before), readSpecFile(after)], wanted);
  const found = compareSpecs(old, newer);
  const compared =
    accepted === undefined ? found : acceptChanges(found, accepted, new Date().toISOString().slice(0, 10));
  const format = flags.json === true ? 'json' : flags.format;
  if (flags.cases === true && format !== 'text' && format !== 'json') {
    throw new UserError(`--cases works with the formats text and json, not with ${format}`, 2);
  }
  const diff = flags.cases === true ? { ...compared, cases: await affectedCases(compared, chosen) } : compared;
  const terminal = processTerminal();
  const text = renderDiff(diff, format, terminal.style);
  if (text !== '') terminal.out(text);
  if (format !== 'json') for (const note of diff.notes ?? []) terminal.note(note);
  if (format === 'text') await reportToGithub(diff, terminal.out);
  return fails(diff, flags.failOn) ? 1 : 0;
}

/** Loaded only if needed: the catalogue is longer than the comparison. */
async function affectedCases({ changes }: SpecDiffFile, chosen: KnownOperation): Promise<readonly Affected[]> {
  const { suite } = await chosen.suite();
  return changes.flatMap((change) => suite.affectedBy(change) ?? []);
}

function renderDiff(diff: SpecDiffFile, format: SpecDiffFlags['format'], style: Terminal['style']): string {
  switch (format) {
    case 'json':
      return JSON.stringify(diff);
    case 'markdown':
      return specDiffMarkdown(diff).trimEnd();
    case 'github':
      return specDiffAnnotations(diff).join('\n');
    case 'text':
      return specDiffText(diff, style);
  }
}

/** In GitHub Actions: annotations in addition to the text, and the Markdown as the summary of the step. */
async function reportToGithub(diff: SpecDiffFile, say: (line: string) => void): Promise<void> {
  if (process.env['GITHUB_ACTIONS'] !== 'true') return;
  for (const line of specDiffAnnotations(diff)) say(line);
  const file = process.env['GITHUB_STEP_SUMMARY'];
  if (file !== undefined && file !== '') await appendFile(file, specDiffMarkdown(diff)).catch(() => undefined);
}

function fails({ counts }: SpecDiffFile, failOn: SpecDiffFlags['failOn']): boolean {
  if (failOn === 'never') return false;
  return counts.breaking > 0 || (failOn === 'risky' && counts.risky > 0);
}

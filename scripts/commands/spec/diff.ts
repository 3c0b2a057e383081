import { appendFile } from 'node:fs/promises';
import { compareSpecs } from '../../../spec/diff/compare.ts';
import { readSpecFile } from '../../../spec/diff/read-spec.ts';
import { type SpecDiffFile, specDiffFile } from '../../../spec/diff/results.ts';
import { specDiffAnnotations } from '../../reports/spec-diff/github.ts';
import { specDiffMarkdown } from '../../reports/spec-diff/markdown.ts';
import { specDiffText } from '../../reports/spec-diff/text.ts';
import { processTerminal, type Terminal } from '../../terminal.ts';

/** Flags of `bindgate spec diff`. */
export type SpecDiffFlags = {
  /** The least severity that fails. */
  readonly failOn: 'breaking' | 'risky' | 'never';
  readonly format: 'text' | 'json' | 'markdown' | 'github';
  readonly json?: boolean;
};

/**
 * `bindgate spec diff`: what a new version of a document changes for clients and servers. Returns the exit code: 1 where
 * something is as grave as `--fail-on` says.
 */
export async function specDiffCommand(before: string, after: string, flags: SpecDiffFlags): Promise<number> {
  const [old, young] = [readSpecFile(before), readSpecFile(after)];
  const diff = specDiffFile(compareSpecs(old, young), old, young);
  const format = flags.json === true ? 'json' : flags.format;
  const terminal = processTerminal();
  const text = written(diff, format, terminal.style);
  if (text !== '') terminal.out(text);
  if (format === 'text') await tellGithub(diff, terminal.out);
  return fails(diff, flags.failOn) ? 1 : 0;
}

function written(diff: SpecDiffFile, format: SpecDiffFlags['format'], style: Terminal['style']): string {
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

/** In a step of GitHub Actions: annotations beside the text, and the Markdown as the step's summary. */
async function tellGithub(diff: SpecDiffFile, say: (line: string) => void): Promise<void> {
  if (process.env['GITHUB_ACTIONS'] !== 'true') return;
  for (const line of specDiffAnnotations(diff)) say(line);
  const file = process.env['GITHUB_STEP_SUMMARY'];
  if (file !== undefined && file !== '') await appendFile(file, specDiffMarkdown(diff)).catch(() => undefined);
}

function fails({ counts }: SpecDiffFile, failOn: SpecDiffFlags['failOn']): boolean {
  if (failOn === 'never') return false;
  return counts.breaking > 0 || (failOn === 'risky' && counts.risky > 0);
}

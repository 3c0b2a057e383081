import { stringify } from 'yaml';
import { inert } from '../../../contract/inert.ts';
import { importDocument } from '../../../spec/document/import/import-document.ts';
import type { VendorDocument } from '../../../spec/document/model.ts';
import { readDocumentFile } from '../../../spec/document/read-document.ts';
import { type LintProblem, lintSpec } from '../../../spec/lint.ts';
import type { AnyOpenApi } from '../../../spec/openapi.ts';
import { processTerminal, type Terminal } from '../../terminal.ts';

/**
 * `bindgate spec import PAGE`: prints OpenAPI as YAML, complete or not at all; 1 if the linter finds a problem.
 * Throws DocumentError for a bad page.
 */
export async function specImportCommand(file: string, { operation }: { readonly operation?: string }): Promise<number> {
  const terminal = processTerminal(true);
  const page = readDocumentFile(file, operation);
  const { document, guesses } = importDocument(page);
  const yaml = openApiYaml(document);
  const problems = await lintSpec(yaml);
  process.stdout.write(yaml);
  for (const { line, text } of guesses) terminal.note(`guess: ${inert(file)}:${line}: ${inert(text)}`);
  noteProblems(page, problems, terminal);
  return problems.length === 0 ? 0 : 1;
}

/** An OpenAPI document as YAML. Most tools still read YAML 1.1, where an unquoted date is not a string. */
export function openApiYaml(document: AnyOpenApi): string {
  return stringify(document, { lineWidth: 120, aliasDuplicateObjects: false, compat: 'yaml-1.1' });
}

/** Notes what was not understood on a page, and what the linter found in the document made from it. */
export function noteProblems(
  { file, notUnderstood }: VendorDocument,
  problems: readonly LintProblem[],
  { note }: Terminal,
): void {
  for (const { line, text, why } of notUnderstood)
    note(`not understood: ${inert(file)}:${line}: ${inert(text)} (${why})`);
  for (const { rule, location, message } of problems) note(`problem: ${location}: ${inert(message)} (${rule})`);
}

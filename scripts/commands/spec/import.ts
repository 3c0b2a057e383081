import { stringify } from 'yaml';
import { inert } from '../../../contract/inert.ts';
import { importDocument } from '../../../spec/document/import/import-document.ts';
import { readDocumentFile } from '../../../spec/document/read-document.ts';
import { lintSpec } from '../../../spec/lint.ts';
import { processTerminal } from '../../terminal.ts';

/**
 * `bindgate spec import PAGE`: prints OpenAPI as YAML, complete or not at all; 1 if the linter finds a problem.
 * Throws DocumentError for a bad page.
 */
export async function specImportCommand(file: string, { operation }: { readonly operation?: string }): Promise<number> {
  const terminal = processTerminal(true);
  const page = readDocumentFile(file, operation);
  const { document, guesses } = importDocument(page);
  // Most tools still read YAML 1.1, where an unquoted date is not a string.
  const yaml = stringify(document, { lineWidth: 120, aliasDuplicateObjects: false, compat: 'yaml-1.1' });
  const problems = await lintSpec(yaml);
  process.stdout.write(yaml);
  for (const { line, text } of guesses) terminal.note(`guess: ${inert(file)}:${line}: ${inert(text)}`);
  for (const { line, text, why } of page.notUnderstood) {
    terminal.note(`not understood: ${inert(file)}:${line}: ${inert(text)} (${why})`);
  }
  for (const { rule, location, message } of problems)
    terminal.note(`problem: ${location}: ${inert(message)} (${rule})`);
  return problems.length === 0 ? 0 : 1;
}

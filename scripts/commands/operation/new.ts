import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Document, isMap } from 'yaml';
import { inert } from '../../../contract/inert.ts';
import { shellQuote } from '../../../contract/shell-quote.ts';
import { UserError } from '../../../contract/user-error.ts';
import { readDocumentFile } from '../../../spec/document/read-document.ts';
import { deriveOperation } from '../../../spec/family/declared/derive/derive-operation.ts';
import { checkKey, type Declaration } from '../../../spec/family/declared/model.ts';
import { declarationFile, openApiFile } from '../../../spec/family/declared/operation-folder.ts';
import { toDeclared } from '../../../spec/family/declared/read-folder.ts';
import { lintSpec } from '../../../spec/lint.ts';
import { plural } from '../../../spec/plural.ts';
import { processTerminal } from '../../terminal.ts';
import { noteProblems, openApiYaml } from '../spec/import.ts';

/**
 * `bindgate operation new PAGE`: writes the folder of an operation, complete or not at all.
 * Throws DocumentError for a bad page and for one that cannot be tested.
 */
export async function operationNewCommand(
  file: string,
  { operation, out }: { readonly operation?: string; readonly out?: string },
): Promise<number> {
  const terminal = processTerminal();
  const page = readDocumentFile(file, operation);
  const { id, document, declaration, guesses } = deriveOperation(page);
  const folder = out ?? id;
  if (existsSync(folder))
    throw new UserError(`${inert(folder)} exists already; choose another folder with --out DIR`, 2);
  const openApi = openApiYaml(document);
  const problems = await lintSpec(openApi);
  // A folder that cannot be read must not be written.
  const declared = toDeclared(folder, document, declaration);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, openApiFile), openApi);
  writeFileSync(join(folder, declarationFile), declarationText(declaration, file));
  for (const name of [openApiFile, declarationFile]) terminal.out(`wrote  ${inert(join(folder, name))}`);
  noteProblems(page, problems, terminal);
  for (const check of declaration.checks) {
    const mark = check.guess === true ? 'guess' : 'page ';
    terminal.out(`${mark}  ${check.code}  ${inert(checkKey(check).replace(':', ' '))}`);
  }
  const tasks = tasksOf(declaration);
  terminal.out(
    `${plural(tasks, 'task')} for you in ${declarationFile}; about ${openApiFile}, ${guesses.length} more points were guessed: bindgate spec import ${shellQuote(file)}`,
  );
  terminal.out(`next   bindgate verify --prism --operation ${shellQuote(folder)}   (${declared.codes.length} codes)`);
  terminal.out(`next   bindgate verify --url URL --states URL --operation ${shellQuote(folder)}`);
  return problems.length === 0 ? 0 : 1;
}

function tasksOf({ fields = {}, checks, accepts = [], fixture = {}, answer, tasks = [] }: Declaration): number {
  const entries = [...Object.values(fields), ...checks, ...accepts, ...Object.values(fixture), answer ?? {}];
  return entries.filter(({ task }) => task !== undefined).length + tasks.length;
}

function declarationText(declaration: Declaration, page: string): string {
  const document = new Document(declaration);
  document.commentBefore = [
    ` Made from ${inert(page)} by bindgate. openapi.yaml has the fields and codes; this file has what brings each code.`,
    ' "guess: true" marks what the page does not say: a difference only warns. When you know that an entry is right, remove',
    ' "guess" and "task": then a difference fails. docs/next-operation.md explains every key.',
  ].join('\n');
  for (const key of ['checks', 'accepts', 'fields']) {
    const node = document.get(key, true);
    const items = isMap(node)
      ? node.items.map(({ value }) => value)
      : ((node as { items?: unknown[] } | undefined)?.items ?? []);
    for (const item of items) if (isMap(item) && !item.has('task')) item.flow = true;
  }
  return document.toString({ lineWidth: 120 });
}

/**
 * `npm run generate`: writes the files made from openapi.yaml and from JSON Schemas, and the guides that include other files.
 * With `--check` it only says which are stale, and exits with 1.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { generateCommand, generatedFiles, staleGeneratedFiles } from '../../spec/generate.ts';
import { openApiName } from '../../spec/pure-bt/contract-file.ts';
import { generatedFrom } from '../../spec/pure-bt/generated-from.ts';
import type { MadeFile } from './schema-types.ts';
import { schemaTypes } from './schema-types.ts';

const folder = join(import.meta.dirname, '..', '..', 'docs');
const languages: Readonly<Record<string, string>> = {
  '.go': 'go',
  '.java': 'java',
  '.mjs': 'js',
  '.php': 'php',
  '.py': 'python',
  '.yaml': 'yaml',
};

const names = (await readdir(folder)).filter((name) => name.endsWith('.md')).sort();
const isCheck = process.argv.includes('--check');
if (isCheck) {
  for (const name of await staleGeneratedFiles(generatedFrom()))
    refuse(`spec/pure-bt/${name} does not match ${openApiName}; run: ${generateCommand}`);
} else {
  for (const { name, path, text } of await generatedFiles(generatedFrom())) {
    await writeFile(path, text);
    console.log(`wrote spec/pure-bt/${name}`);
  }
}
// Some guides show the generated codes: loaded when these are written.
const { operationTables } = await import('./operation-tables.ts');
const { configurationTable } = await import('./configuration-table.ts');
const { ciExamples } = await import('./ci-examples.ts');
/** What a guide may include, by name; anything else is a file. */
const made: Readonly<Record<string, () => string>> = {
  ...Object.fromEntries(Object.entries(operationTables).map(([name, table]) => [`table:${name}`, table])),
  'table:configuration': configurationTable,
  ...ciExamples,
};
for (const { name, path, current, text } of [...(await Promise.all(names.map(readGuide))), ...(await schemaTypes())]) {
  if (current === text) continue;
  if (isCheck) refuse(`${name} does not match what it is made from; run: ${generateCommand}`);
  else {
    await writeFile(path, text);
    console.log(`wrote ${name}`);
  }
}

function refuse(message: string): void {
  console.error(message);
  process.exitCode = 1;
}

/** Reads a guide, each `<!-- include FILE -->` … `<!-- end -->` filled with that file, `table:NAME` or `ci:SYSTEM`. */
async function readGuide(name: string): Promise<MadeFile> {
  const path = join(folder, name);
  const current = await readFile(path, 'utf8');
  const parts = current.split(/^<!-- include (\S+) -->$[\s\S]*?^<!-- end -->$/m);
  // Every second part is the name of an included file.
  const filled = await Promise.all(parts.map((part, index) => (index % 2 === 0 ? part : included(part))));
  return { name: `docs/${name}`, path, current, text: filled.join('') };
}

async function included(file: string): Promise<string> {
  const text = made[file];
  if (text !== undefined) return `<!-- include ${file} -->\n${text()}\n<!-- end -->`;
  const content = await readFile(join(folder, file), 'utf8');
  return `<!-- include ${file} -->\n\`\`\`${languages[extname(file)] ?? ''}\n${content.trimEnd()}\n\`\`\`\n<!-- end -->`;
}

/**
 * `npm run generate`: writes the files made from openapi.yaml, and the guides that include other files. With `--check` it only
 * says which are stale, and exits with 1.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { generateCommand, generatedFiles, staleGeneratedFiles } from '../../spec/generate.ts';
import { operationTables } from './operation-tables.ts';

/** A guide, and the text it must have, with every file that it includes as that file is now. */
type Guide = { readonly name: string; readonly path: string; readonly current: string; readonly text: string };

const folder = join(import.meta.dirname, '..', '..', 'docs');
const languages: Readonly<Record<string, string>> = { '.mjs': 'js', '.java': 'java', '.py': 'python', '.yaml': 'yaml' };

const names = (await readdir(folder)).filter((name) => name.endsWith('.md')).sort();
const staleGuides = (await Promise.all(names.map(readGuide))).filter(({ current, text }) => current !== text);
if (process.argv.includes('--check')) {
  const stale = await staleGeneratedFiles();
  for (const file of stale) console.error(`${file} does not match spec/pure-bt/openapi.yaml; run: ${generateCommand}`);
  for (const { name } of staleGuides) console.error(`${name} includes a file that changed; run: ${generateCommand}`);
  if (stale.length + staleGuides.length > 0) process.exitCode = 1;
} else {
  for (const { name, path, text } of await generatedFiles()) {
    await writeFile(path, text);
    console.log(`wrote spec/pure-bt/${name}`);
  }
  for (const { name, path, text } of staleGuides) {
    await writeFile(path, text);
    console.log(`wrote ${name}`);
  }
}

/** Reads a guide, each `<!-- include FILE -->` … `<!-- end -->` filled with that file, or with `table:NAME`. */
async function readGuide(name: string): Promise<Guide> {
  const path = join(folder, name);
  const current = await readFile(path, 'utf8');
  const parts = current.split(/^<!-- include (\S+) -->$[\s\S]*?^<!-- end -->$/m);
  // Every second part is the name of an included file.
  const filled = await Promise.all(parts.map((part, index) => (index % 2 === 0 ? part : included(part))));
  return { name: `docs/${name}`, path, current, text: filled.join('') };
}

async function included(file: string): Promise<string> {
  const table = operationTables[file.replace(/^table:/, '')];
  if (file.startsWith('table:') && table !== undefined) return `<!-- include ${file} -->\n${table()}\n<!-- end -->`;
  const content = await readFile(join(folder, file), 'utf8');
  return `<!-- include ${file} -->\n\`\`\`${languages[extname(file)] ?? ''}\n${content.trimEnd()}\n\`\`\`\n<!-- end -->`;
}

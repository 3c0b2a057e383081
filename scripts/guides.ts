import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { operationTables } from './operation-tables.ts';

const folder = join(import.meta.dirname, '..', 'docs');
const languages: Readonly<Record<string, string>> = { '.mjs': 'js', '.java': 'java', '.py': 'python', '.yaml': 'yaml' };

/** A guide and the text it must have, with every file that it includes as that file is now. */
export type Guide = { readonly name: string; readonly path: string; readonly current: string; readonly text: string };

/** The guides of `docs/`, each `<!-- include FILE -->` … `<!-- end -->` filled with that file, or with `table:NAME`. */
export async function guides(): Promise<readonly Guide[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.md')).sort();
  return Promise.all(names.map(readGuide));
}

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

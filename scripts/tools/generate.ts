/**
 * `npm run generate`: writes the files that are generated from openapi.yaml and JSON Schemas, and the guides that include other files.
 * With `--check`, it only reports stale files and exits with 1.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { type GeneratedFile, generateCommand, generatedFiles } from '../../spec/pure-bt/generate.ts';
import { schemaTypes } from './schema-types.ts';

const folder = join(import.meta.dirname, '..', '..', 'docs');
const languages: Readonly<Record<string, string>> = {
  '.c': 'c',
  '.go': 'go',
  '.java': 'java',
  '.kt': 'kotlin',
  '.mjs': 'js',
  '.php': 'php',
  '.py': 'python',
  '.yaml': 'yaml',
};

const isCheck = process.argv.includes('--check');
await update(await generatedFiles());
// Some guides show the generated codes, so this is loaded after they are written.
const { operationTables } = await import('./operation-tables.ts');
const { configurationTable } = await import('./configuration-table.ts');
const { ciSystems } = await import('../setup/init/ci/systems.ts');
/** What a guide may include, by name; anything else is a file. */
const made: Readonly<Record<string, () => string>> = {
  ...Object.fromEntries(Object.entries(operationTables).map(([name, table]) => [`table:${name}`, table])),
  'table:configuration': configurationTable,
  'ci:github': () => ciExample('yaml', 'github'),
  'ci:gitlab': () => ciExample('yaml', 'gitlab'),
  'ci:jenkins': () => ciExample('groovy', 'jenkins'),
};
const guides = (await readdir(folder)).filter((name) => name.endsWith('.md')).sort();
await update([...(await Promise.all(guides.map(readGuide))), ...(await schemaTypes()), await vectorsFile()]);

/** Writes the files that are stale; with `--check`, only names them. A file with CRLF line ends is not stale. */
async function update(files: readonly GeneratedFile[]): Promise<void> {
  for (const { name, path, text } of files) {
    const current = await readFile(path, 'utf8').catch(() => '');
    if (current.replaceAll('\r\n', '\n') === text) continue;
    if (isCheck) {
      console.error(`${name} is stale (its sources changed); run: ${generateCommand}`);
      process.exitCode = 1;
      continue;
    }
    await writeFile(path, text);
    console.log(`wrote ${name}`);
  }
}

/** Reads a guide and fills each `<!-- include FILE -->` … `<!-- end -->` with that file, `table:NAME` or `ci:SYSTEM`. */
async function readGuide(name: string): Promise<GeneratedFile> {
  const path = join(folder, name);
  const current = (await readFile(path, 'utf8')).replaceAll('\r\n', '\n');
  const parts = current.split(/^<!-- include (\S+) -->$[\s\S]*?^<!-- end -->$/m);
  // Every second part is the name of an included file.
  const filled = await Promise.all(parts.map((part, index) => (index % 2 === 0 ? part : included(part))));
  return { name: `docs/${name}`, path, text: filled.join('') };
}

/** The file of `init --ci` for a server in Go, as a code block. */
function ciExample(language: string, system: keyof typeof ciSystems): string {
  const text = ciSystems[system].text({
    url: 'http://127.0.0.1:8080',
    project: {
      file: 'go.mod',
      toolchain: 'go',
      language: 'Go',
      version: '1.26',
      build: 'go build -o .bindgate/server .',
      start: './.bindgate/server',
    },
  });
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
}

/** The test vectors, which need the generated codes. */
async function vectorsFile(): Promise<GeneratedFile> {
  const { makeVectors } = await import('../../generators/pure-bt/vectors/make-vectors.ts');
  const name = 'generators/pure-bt/vectors/vectors.json';
  return { name, path: join(folder, '..', name), text: `${JSON.stringify(makeVectors(), undefined, 2)}\n` };
}

async function included(file: string): Promise<string> {
  const text = made[file];
  if (text !== undefined) return `<!-- include ${file} -->\n${text()}\n<!-- end -->`;
  const content = await readFile(join(folder, file), 'utf8');
  return `<!-- include ${file} -->\n\`\`\`${languages[extname(file)] ?? ''}\n${content.trimEnd()}\n\`\`\`\n<!-- end -->`;
}

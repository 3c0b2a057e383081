import { writeFile } from 'node:fs/promises';
import { generateCommand, generatedFiles, staleGeneratedFiles } from '../spec/generate.ts';
import { guides } from './guides.ts';
import { schemaTypes } from './schema-types.ts';

// Writes the files made from openapi.yaml and from JSON Schemas, and the guides that include other files; with --check only
// tells which ones are stale, and exits 1.
const stale = [...(await guides()), ...(await schemaTypes())].filter(({ current, text }) => current !== text);
if (process.argv.includes('--check')) {
  const names = [...(await staleGeneratedFiles()), ...stale.map(({ name }) => name)];
  for (const name of names) console.error(`${name} does not match what it is made from; run: ${generateCommand}`);
  if (names.length > 0) process.exitCode = 1;
} else {
  const files = (await generatedFiles()).map((file) => ({ ...file, name: `spec/pure-bt/${file.name}` }));
  for (const { name, path, text } of [...files, ...stale]) {
    await writeFile(path, text);
    console.log(`wrote ${name}`);
  }
}

import { writeFile } from 'node:fs/promises';
import { generateCommand, generatedFiles, staleGeneratedFiles } from '../spec/generate.ts';
import { guides } from './guides.ts';

// Writes the files made from openapi.yaml and the guides that include other files; with --check only tells which ones
// are stale, and exits 1.
const staleGuides = (await guides()).filter(({ current, text }) => current !== text);
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

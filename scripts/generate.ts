import { writeFile } from 'node:fs/promises';
import { generateCommand, generatedFiles, staleGeneratedFiles } from '../spec/generate.ts';

// Writes the files made from openapi.yaml; with --check only tells which ones are stale, and exits 1.
if (process.argv.includes('--check')) {
  const stale = await staleGeneratedFiles();
  for (const file of stale) console.error(`${file} does not match spec/openapi.yaml; run: ${generateCommand}`);
  if (stale.length > 0) process.exitCode = 1;
} else {
  for (const { name, path, text } of await generatedFiles()) {
    await writeFile(path, text);
    console.log(`wrote spec/${name}`);
  }
}

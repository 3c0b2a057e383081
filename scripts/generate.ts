import { writeFile } from 'node:fs/promises';
import { generateCommand, generatedFiles, staleGeneratedFiles } from '../spec/generate.ts';
import { generatedFrom, openApiName } from '../spec/pure-bt/contract-file.ts';

// Writes the files made from openapi.yaml and the guides that include other files; with --check only tells which ones
// are stale, and exits 1.
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
const { guides } = await import('./guides.ts');
for (const { name, path, text } of (await guides()).filter(({ current, text }) => current !== text)) {
  if (isCheck) refuse(`${name} includes a file that changed; run: ${generateCommand}`);
  else {
    await writeFile(path, text);
    console.log(`wrote ${name}`);
  }
}

function refuse(message: string): void {
  console.error(message);
  process.exitCode = 1;
}

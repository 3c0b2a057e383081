/** `npm run generate`: writes every generated file; with `--check` it writes nothing and exits 1 where one is stale. */
import { relative } from 'node:path';
import { generatedFiles, staleFiles, writeGenerated } from '../spec/generate.ts';

const files = await generatedFiles();
const stale = (await staleFiles(files)).map((path) => relative(process.cwd(), path));
if (process.argv.includes('--check')) {
  for (const path of stale) process.stderr.write(`${path} does not follow from its source; run: npm run generate\n`);
  process.exitCode = stale.length === 0 ? 0 : 1;
} else {
  await writeGenerated(files);
  process.stdout.write(stale.length === 0 ? 'generated files are up to date\n' : `wrote ${stale.join(', ')}\n`);
}

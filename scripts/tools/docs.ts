/**
 * `npm run docs`: runs the commands of the README and of the guides, and writes their output into the pages. `npm run docs -- NAME…`
 * updates only some pages; `--fast` skips commands that run a load or take long; `--fresh` also writes new numbers if nothing else changed.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { guideNames, project, readGuide } from '../testing/guides/read-guide.ts';
import { refreshGuide } from '../testing/guides/refresh-guide.ts';

const args = process.argv.slice(2);
const [fast, fresh] = [args.includes('--fast'), args.includes('--fresh')];
const named = args.filter((arg) => !arg.startsWith('--'));
const names =
  named.length === 0
    ? guideNames
    : guideNames.filter((name) => named.some((part) => name.endsWith(part.replace(/(\.md)?$/, '.md'))));
if (names.length < named.length) throw new Error(`one of ${named.join(', ')} is not a page`);

for (const name of names) {
  const guide = readGuide(name);
  try {
    const text = await refreshGuide(guide, fast ? ['quick'] : ['quick', 'slow', 'quiet'], fresh);
    if (text === guide.text) continue;
    await writeFile(join(project, name), text);
    console.log(`wrote ${name}`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

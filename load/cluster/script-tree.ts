import { readFile } from 'node:fs/promises';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The script that a pod runs, in the tree of scripts. */
export const mainScript = 'load/k6/send.ts';

/** Of an import or a re-export that stands at run time: k6 strips types, and what they come from. */
const runtimeImport = /^(?:import|export)\s+(?!type\s)[^;]*?\sfrom\s+'(\.[^']+)'/gm;

/** The text of the k6 script and of everything it imports, by path below the root that they share. */
export async function scriptTree(script: string = mainScript): Promise<ReadonlyMap<string, string>> {
  const tree = new Map<string, string>();
  const take = async (path: string): Promise<void> => {
    if (tree.has(path)) return;
    const text = await readFile(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');
    tree.set(path, text);
    for (const [, imported = ''] of text.matchAll(runtimeImport)) {
      await take(posix.join(posix.dirname(path), imported));
    }
  };
  await take(script);
  return tree;
}

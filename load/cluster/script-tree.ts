import { readFile } from 'node:fs/promises';
import { join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Of an import or a re-export that stands at run time: k6 strips types, and what they come from. */
const runtimeImport = /^(?:import|export)\s+(?!type\s)[^;]*?\sfrom\s+'(\.[^']+)'/gm;

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The text of a k6 script and of everything it imports, by path below the root that they share; the script comes first. */
export async function scriptTree(script: string): Promise<ReadonlyMap<string, string>> {
  const tree = new Map<string, string>();
  const take = async (path: string): Promise<void> => {
    if (tree.has(path)) return;
    const text = await readFile(join(root, path), 'utf8');
    tree.set(path, text);
    for (const [, imported = ''] of text.matchAll(runtimeImport)) {
      await take(posix.join(posix.dirname(path), imported));
    }
  };
  await take(relative(root, script).replaceAll(sep, '/'));
  return tree;
}

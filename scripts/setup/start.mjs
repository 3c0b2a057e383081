import module from 'node:module';
import { pathToFileURL } from 'node:url';

/**
 * Runs a file in this process as if it were named on Node's command line. `import.meta.main` is false in it.
 *
 * @param {string} file
 * @param {string[]} args
 * @param {string} compileCache folder in which Node caches compiled files between starts; not used if it cannot be written
 */
export async function start(file, args, compileCache) {
  process.argv = [process.execPath, file, ...args];
  // Must be before the import; inside the file it would be too late (36 ms for `--version` instead of 71).
  module.enableCompileCache?.(compileCache);
  await import(pathToFileURL(file).href);
}

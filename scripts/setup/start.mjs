import module from 'node:module';
import { pathToFileURL } from 'node:url';

/**
 * Runs a file in this process as if it had been named on Node's command line. `import.meta.main` is false in it.
 *
 * @param {string} file
 * @param {string[]} args
 * @param {string} compileCache where Node keeps the compiled form of files between starts; none where it cannot write
 */
export async function start(file, args, compileCache) {
  process.argv = [process.execPath, file, ...args];
  // Before the import: inside the file it would be too late (36 ms for `--version` instead of 71).
  module.enableCompileCache?.(compileCache);
  await import(pathToFileURL(file).href);
}

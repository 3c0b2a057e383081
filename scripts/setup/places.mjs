import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// `import.meta.dirname` is missing in Node 20.0 to 20.10.

/** The project's root folder. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The folder with the lockfile of the Node that bindgate installs. */
export const NODE_FOLDER = join(ROOT, 'scripts', 'node');

/** The launcher; a newer Node runs it again for the rest. */
export const LAUNCHER = join(ROOT, 'scripts', 'launch.mjs');

/** Held while packages are installed. Not in `node_modules`: `npm ci` empties that. */
export const SETUP_LOCK = join(ROOT, '.cache', 'setup.lock');

/** Where Node caches the compiled files of the project between starts. */
export const COMPILE_CACHE = join(ROOT, 'node_modules', '.cache', 'compile');

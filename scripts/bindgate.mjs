#!/usr/bin/env node
// The installed command. In the checkout `npm run -s bindgate --` does the same and brings its own set-up.
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { say } from './setup/say.mjs';
import { start } from './setup/start.mjs';
import { isAtLeast, MINIMUM_NODE } from './setup/version.mjs';

/** @param {string} path */
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const launcher = here('./launch.mjs');

if (isAtLeast(process.versions.node, MINIMUM_NODE)) {
  // Node strips no types below node_modules, so the package has compiled files, and the checkout its sources.
  const source = here('./bindgate.ts');
  const file = existsSync(source) ? source : here('../dist/scripts/bindgate.js');
  // The user's own cache: a package's folder may be read-only, and whoever writes to a shared one could plant code.
  const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  await start(file, process.argv.slice(2), join(cache, 'bindgate', 'compile'));
} else if (existsSync(launcher)) {
  // The checkout brings a newer Node by itself; the package has no launcher.
  process.argv.splice(2, 0, 'scripts/bindgate.ts');
  await import(pathToFileURL(launcher).href);
} else {
  say(
    `needs Node ${MINIMUM_NODE} or newer, and this is ${process.versions.node}; to give this project a newer one, run: npm install --save-dev node@24`,
  );
  process.exitCode = 3;
}

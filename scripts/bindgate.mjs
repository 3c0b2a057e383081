#!/usr/bin/env node
// The installed command. In the checkout `npm run -s bindgate --` does the same and brings its own set-up.
import { fileURLToPath } from 'node:url';
import { say } from './setup/say.mjs';
import { start } from './setup/start.mjs';
import { isAtLeast, MINIMUM_NODE } from './setup/version.mjs';

if (isAtLeast(process.versions.node, MINIMUM_NODE)) {
  await start(fileURLToPath(new URL('./bindgate.ts', import.meta.url)), process.argv.slice(2));
} else {
  say(`this is Node ${process.versions.node}: install ${MINIMUM_NODE} or newer, or run \`npm start\` in the checkout`);
  process.exitCode = 3;
}

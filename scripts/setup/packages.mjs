import { withLock } from './lock.mjs';
import { npmCi } from './npm-ci.mjs';
import { SETUP_LOCK } from './places.mjs';
import { whyNotInstalled } from './satisfied.mjs';
import { say } from './say.mjs';

/**
 * Installs `node_modules` of a folder according to its lockfile; takes a few milliseconds if nothing is missing.
 *
 * @param {string} folder
 * @param {string} doing the message before an installation: `installing packages`
 * @returns {Promise<string | undefined>} a package that is still missing: npm leaves out an optional package if its download
 * fails, and ends with 0
 */
export async function ensurePackages(folder, doing) {
  if (whyNotInstalled(folder) === undefined) return undefined;
  return await withLock(SETUP_LOCK, async (add) => {
    // Another start may have installed everything while this one waited for the lock.
    const reason = whyNotInstalled(folder);
    if (reason === undefined) return undefined;
    say(`${doing} (${reason})…`);
    await npmCi(folder, add);
    return whyNotInstalled(folder);
  });
}

import { withLock } from './lock.mjs';
import { npmCi } from './npm-ci.mjs';
import { SETUP_LOCK } from './places.mjs';
import { whyNotInstalled } from './satisfied.mjs';
import { say } from './say.mjs';

/**
 * Makes `node_modules` of a folder what its lockfile says; a few milliseconds when it already is.
 *
 * @param {string} folder
 * @param {string} doing what is said when something has to be done: `installing packages`
 * @returns {Promise<string | undefined>} what is missing all the same: npm leaves out an optional package whose download
 * fails and ends with 0
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

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { withLock } from '../setup/lock.mjs';
import { findNpm } from '../setup/npm-ci.mjs';
import { ROOT } from '../setup/places.mjs';

/** Packs the checkout into a folder. One test at a time does so, because `npm run pack` writes `dist/` in the checkout. */
export async function packCheckout(folder: string): Promise<void> {
  const args = [findNpm(), 'run', '-s', 'pack', '--', '--pack-destination', folder];
  await withLock(join(ROOT, '.cache', 'pack.lock'), () => promisify(execFile)(process.execPath, args, { cwd: ROOT }));
}

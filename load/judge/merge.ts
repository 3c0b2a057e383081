import { readFile, stat } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { inert } from '../../contract/inert.ts';
import { UserError } from '../../contract/user-error.ts';
import { whyUnreadable } from '../../spec/error-code.ts';
import type { LoadResults } from '../results.ts';
import type { Share } from '../run/share.ts';
import { measureDrift } from './drift.ts';
import { judgeRun } from './judge-run.ts';
import { readShares } from './read-shares.ts';

/** A share and its file. */
type Found = { readonly file: string; readonly share: Share };

/** Larger than any log before rotation; a share has 100 KB. */
const bytesAtMost = 256 * 1024 * 1024;

/**
 * Reads the shares of one run and judges them together. If a share is missing, the run is not valid.
 * @throws UserError (exit code 2) for a file without a share, or shares of different runs.
 */
export async function mergeFiles(files: readonly string[]): Promise<LoadResults> {
  const found: Found[] = [];
  for (const file of files) {
    const bytes = await readBytes(file);
    found.push(...readShares(file, bytes).map((share) => ({ file, share })));
  }
  const [first, ...others] = found;
  if (first === undefined)
    throw new UserError(
      'give the load-share-N.json files of one run: bindgate load merge reports/load-share-*.json',
      2,
    );
  refuseOtherRuns(first, others);
  refuseTwice(found);
  const { parts, profile } = first.share.run;
  if (found.length > parts) {
    throw new UserError(
      `load merge: the files contain ${found.length} shares, but the run had ${parts} ${parts === 1 ? 'process' : 'processes'}; give each share once`,
      2,
    );
  }
  const results = judgeRun(found.map(({ share }) => share));
  const missing = `judged from the shares of a ${profile} run: no device was requested again, and there are no counts over time`;
  const drift = profile === 'soak' ? { drift: measureDrift(results.windows) } : {};
  return { ...results, ...drift, notes: [...results.notes, missing] };
}

async function readBytes(file: string): Promise<Uint8Array> {
  const refuse = (why: string, cause?: unknown): never => {
    throw new UserError(`load merge: "${inert(file)}": ${why}; give files that contain shares`, 2, { cause });
  };
  const found = await stat(file).catch((error: unknown) => refuse(whyUnreadable(error), error));
  // A pipe is allowed in place of a file: `<(kubectl logs …)`.
  if (!found.isFile() && !found.isFIFO()) return refuse(found.isDirectory() ? 'it is a folder' : 'it is not a file');
  if (found.size > bytesAtMost) return refuse('it is larger than 256 MiB');
  return await readFile(file).catch((error: unknown) => refuse(whyUnreadable(error), error));
}

function refuseOtherRuns(first: Found, others: readonly Found[]): void {
  for (const { file, share } of others) {
    const [{ run }, { run: other }] = [first.share, share];
    if (run.id !== other.id) {
      throw new UserError(
        `load merge: ${inert(first.file)} belongs to run ${run.id} and ${inert(file)} to run ${other.id}; give the shares of one run`,
        2,
      );
    }
    if (!isDeepStrictEqual(run, other)) {
      throw new UserError(
        `load merge: ${inert(first.file)} and ${inert(file)} contain different descriptions of run ${run.id}; one of the files was changed`,
        2,
      );
    }
  }
}

function refuseTwice(found: readonly Found[]): void {
  for (const [index, { file, share }] of found.entries()) {
    // Processes that had nothing to do wrote equal shares, which are still different shares.
    if (Object.keys(share.counters).length === 0) continue;
    const before = found.slice(0, index).find((other) => sameNumbers(other.share, share));
    if (before === undefined) continue;
    throw new UserError(
      before.file === file
        ? `load merge: ${inert(file)} is given twice, or contains one share twice; give each share once`
        : `load merge: ${inert(before.file)} and ${inert(file)} contain the same share; give each share once`,
      2,
    );
  }
}

function sameNumbers(a: Share, b: Share): boolean {
  return isDeepStrictEqual([a.counters, a.distributions], [b.counters, b.distributions]);
}

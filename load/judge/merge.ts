import { readFile, stat } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { inert } from '../../contract/inert.ts';
import { UserError } from '../../contract/user-error.ts';
import type { LoadResults } from '../results.ts';
import type { Share } from '../run/share.ts';
import { measureDrift } from './drift.ts';
import { judgeRun } from './judge-run.ts';
import { readShares } from './read-shares.ts';

/** A share and the file it came from. */
type Found = { readonly file: string; readonly share: Share };

/** A log is rotated long before, and a share has 100 KB. */
const bytesAtMost = 256 * 1024 * 1024;

/**
 * Reads the shares of one run and judges it once, over all of them. A share that is missing makes the run not valid.
 * @throws UserError (exit code 2) for a file that holds no share, or shares that do not belong together.
 */
export async function mergeFiles(files: readonly string[]): Promise<LoadResults> {
  const found: Found[] = [];
  for (const file of files) {
    const bytes = await readBytes(file);
    found.push(...readShares(file, bytes).map((share) => ({ file, share })));
  }
  const [first, ...others] = found;
  if (first === undefined) throw new UserError('load merge needs the shares of a run: load merge FILE…', 2);
  refuseOtherRuns(first, others);
  refuseTwice(found);
  const { parts, profile } = first.share.run;
  if (found.length > parts) {
    throw new UserError(
      `load merge: there are ${found.length} shares of a run that ${parts} ${parts === 1 ? 'process' : 'processes'} shared; give each once`,
      2,
    );
  }
  const results = judgeRun(found.map(({ share }) => share));
  const missing = `judged from shares of ${profile}: no device was asked again, and no counts were taken over time`;
  const drift = profile === 'soak' ? { drift: measureDrift(results.windows) } : {};
  return { ...results, ...drift, notes: [...results.notes, missing] };
}

async function readBytes(file: string): Promise<Uint8Array> {
  const refuse = (why: string, cause?: unknown): never => {
    throw new UserError(`load merge: "${inert(file)}" cannot be read (${why}); give files of shares`, 2, { cause });
  };
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => refuse(error.code ?? 'unknown', error));
  // A pipe may stand for a file: `<(kubectl logs …)`.
  if (!found.isFile() && !found.isFIFO()) return refuse(found.isDirectory() ? 'it is a folder' : 'it is no file');
  if (found.size > bytesAtMost) return refuse('it is larger than 256 MiB');
  return await readFile(file).catch((error: NodeJS.ErrnoException) => refuse(error.code ?? 'unknown', error));
}

function refuseOtherRuns(first: Found, others: readonly Found[]): void {
  for (const { file, share } of others) {
    const [{ run }, { run: other }] = [first.share, share];
    if (run.id !== other.id) {
      throw new UserError(
        `load merge: ${inert(first.file)} is of run ${run.id} and ${inert(file)} of run ${other.id}; give the shares of one run`,
        2,
      );
    }
    if (!isDeepStrictEqual(run, other)) {
      throw new UserError(
        `load merge: ${inert(first.file)} and ${inert(file)} tell different things of run ${run.id}; one was changed`,
        2,
      );
    }
  }
}

function refuseTwice(found: readonly Found[]): void {
  for (const [index, { file, share }] of found.entries()) {
    // Processes that had nothing to do wrote the same, and are not the same.
    if (Object.keys(share.counters).length === 0) continue;
    const before = found.slice(0, index).find((other) => sameNumbers(other.share, share));
    if (before === undefined) continue;
    throw new UserError(
      before.file === file
        ? `load merge: ${inert(file)} is given twice, or holds one share twice; give each once`
        : `load merge: ${inert(before.file)} and ${inert(file)} hold the same share; give each once`,
      2,
    );
  }
}

function sameNumbers(a: Share, b: Share): boolean {
  return isDeepStrictEqual([a.counters, a.distributions], [b.counters, b.distributions]);
}

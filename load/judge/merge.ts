import { readFile, stat } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { inert } from '../../contract/inert.ts';
import { parseResult } from '../../contract/result-file.ts';
import { UserError } from '../../contract/user-error.ts';
import { whyUnreadable } from '../../spec/error-code.ts';
import type { LoadResults } from '../results.ts';
import { shareMarker } from '../run/plan.ts';
import type { Share } from '../run/share.ts';
import schema from '../share.schema.json' with { type: 'json' };
import { measureDrift } from './drift.ts';
import { judgeRun } from './judge-run.ts';
import { readObjective } from './objectives.ts';

/** A share and its file, as messages show it. */
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
    found.push(...readShares(file, bytes).map((share) => ({ file: inert(file), share })));
  }
  const [first] = found;
  if (first === undefined)
    throw new UserError(
      'give the load-share-N.json files of one run: bindgate load merge reports/load-share-*.json',
      2,
    );
  for (const other of found) refuseOtherRun(first, other);
  refuseTwice(found);
  const { parts, profile } = first.share.run;
  if (found.length > parts) {
    const processes = `${parts} ${parts === 1 ? 'process' : 'processes'}`;
    refuse(`the files contain ${found.length} shares, but the run had ${processes}; give each share once`);
  }
  const results = judgeRun(found.map(({ share }) => share));
  const missing = `judged from the shares of a ${profile} run: no device was requested again, and there are no counts over time`;
  const drift = profile === 'soak' ? { drift: measureDrift(results.windows) } : {};
  return { ...results, ...drift, notes: [...results.notes, missing] };
}

async function readBytes(file: string): Promise<Uint8Array> {
  const refuseFile = (why: string, cause?: unknown): never =>
    refuse(`"${inert(file)}": ${why}; give files that contain shares`, cause);
  const unreadable = (error: unknown): never => refuseFile(whyUnreadable(error), error);
  const found = await stat(file).catch(unreadable);
  // A pipe is allowed in place of a file: `<(kubectl logs …)`.
  if (!found.isFile() && !found.isFIFO()) {
    return refuseFile(found.isDirectory() ? 'it is a folder' : 'it is not a file');
  }
  if (found.size > bytesAtMost) return refuseFile('it is larger than 256 MiB');
  return await readFile(file).catch(unreadable);
}

function refuseOtherRun(first: Found, { file, share }: Found): void {
  const [{ run }, { run: other }] = [first.share, share];
  if (run.id !== other.id) {
    refuse(`${first.file} belongs to run ${run.id} and ${file} to run ${other.id}; give the shares of one run`);
  }
  if (!isDeepStrictEqual(run, other)) {
    refuse(`${first.file} and ${file} contain different descriptions of run ${run.id}; one of the files was changed`);
  }
}

function refuseTwice(found: readonly Found[]): void {
  for (const [index, { file, share }] of found.entries()) {
    // Processes that had nothing to do wrote equal shares, which are still different shares.
    if (Object.keys(share.counters).length === 0) continue;
    const before = found.slice(0, index).find((other) => sameNumbers(other.share, share));
    if (before === undefined) continue;
    refuse(
      before.file === file
        ? `${file} is given twice, or contains one share twice; give each share once`
        : `${before.file} and ${file} contain the same share; give each share once`,
    );
  }
}

function sameNumbers(a: Share, b: Share): boolean {
  return isDeepStrictEqual([a.counters, a.distributions], [b.counters, b.distributions]);
}

/**
 * The shares in a file: one share as JSON, or the lines of a pod's log that begin with the marker.
 * @param file its name, for messages.
 * @throws UserError (exit code 2) if there is no share, or a share is damaged.
 */
export function readShares(file: string, bytes: Uint8Array): readonly Share[] {
  const name = inert(file);
  const text = decodeText(bytes) ?? refuse(`${name} is not a text file; a share is JSON, or a line of a log`);
  if (text.trim() === '') return refuse(`${name} is empty; did the run end before you saved the log?`);
  const inLog = text.split('\n').flatMap((line, index) => {
    const at = line.indexOf(shareMarker);
    return at === -1 ? [] : [readShare(`${name}:${index + 1}`, line.slice(at + shareMarker.length))];
  });
  if (inLog.length > 0) return inLog;
  if (text.trimStart().startsWith('{')) return [readShare(name, text)];
  return refuse(
    `${name} contains no share: it is not a load-share-N.json file, and not a log that has a line with "${shareMarker.trim()}"`,
  );
}

/** The text of a file; undefined if it is binary. Windows PowerShell writes UTF-16 for `kubectl logs … > FILE`. */
function decodeText(bytes: Uint8Array): string | undefined {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}

function readShare(where: string, json: string): Share {
  const next = 'give the load-share-N.json files of a run, or the logs of its pods';
  const share = parseResult<Share>(json, schema, `load merge: ${where}`, next);
  for (const text of share.run.objectives) {
    try {
      readObjective(text);
    } catch {
      return refuse(`${where} is a damaged share: "${inert(text, 80)}" is not an objective`);
    }
  }
  return share;
}

function refuse(why: string, cause?: unknown): never {
  throw new UserError(`load merge: ${why}`, 2, { cause });
}

import { mkdirSync, readFileSync, statSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { say } from './say.mjs';
import { SetupError } from './setup-error.mjs';

/** A lock without a sign of life for this long is stale, even if its process numbers exist: numbers are reused. */
export const SILENT_MS = 30_000;
const BEAT_MS = 5_000;
const POLL_MS = 100;

/**
 * Runs `work` while no other start does. `work` gets a function that registers a helper process: the lock is held
 * while any registered process lives, so that other starts wait for a helper that outlives its launcher.
 *
 * @template T
 * @param {string} file the lock file
 * @param {(add: (pid: number) => void) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(file, work) {
  const pids = [process.pid];
  attempt(file, () => mkdirSync(dirname(file), { recursive: true }));
  await acquire(file);
  const beat = setInterval(() => touch(file), BEAT_MS).unref();
  try {
    return await work((pid) => {
      pids.push(pid);
      writeFileSync(file, pids.join(' '));
    });
  } finally {
    clearInterval(beat);
    if (isMine(file)) unlinkSync(file);
  }
}

/**
 * Whether a lock is held. An empty lock was just created by a process that will write its number.
 *
 * @param {{ pids: number[], silentMs: number }} lock
 * @param {(pid: number) => boolean} [isAlive]
 * @returns {boolean}
 */
export function isHeld({ pids, silentMs }, isAlive = processIsAlive) {
  return silentMs < SILENT_MS && (pids.length === 0 || pids.some(isAlive));
}

/** @param {string} file */
async function acquire(file) {
  let waiting = false;
  for (;;) {
    if (create(file)) {
      // Another start may also have found the old lock stale and removed this one instead: the last one stays.
      await sleep(POLL_MS / 2);
      if (isMine(file)) return;
    }
    const lock = read(file);
    if (lock === undefined) continue;
    if (!isHeld(lock)) {
      removeIfThere(file);
      continue;
    }
    if (!waiting) say(`waiting for another start to finish its set-up (process ${lock.pids[0] ?? '?'}, ${file})…`);
    waiting = true;
    await sleep(POLL_MS);
  }
}

/** @param {string} file */
function create(file) {
  return attempt(file, () => {
    try {
      writeFileSync(file, `${process.pid}`, { flag: 'wx' });
      return true;
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return false;
      throw error;
    }
  });
}

/**
 * @template T
 * @param {string} file
 * @param {() => T} write
 * @returns {T}
 */
function attempt(file, write) {
  try {
    return write();
  } catch (cause) {
    const next = 'make the folder writable, then start again';
    throw new SetupError(`cannot write ${file} (${codeOf(cause)}): ${next}`, { cause });
  }
}

/** @param {string} file */
function read(file) {
  try {
    const pids = readFileSync(file, 'utf8').split(' ').map(Number).filter(Boolean);
    return { pids, silentMs: Date.now() - statSync(file).mtimeMs };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** @param {string} file */
function isMine(file) {
  return read(file)?.pids[0] === process.pid;
}

/** @param {string} file */
function touch(file) {
  const now = new Date();
  if (isMine(file)) utimesSync(file, now, now);
}

/** @param {string} file */
function removeIfThere(file) {
  try {
    unlinkSync(file);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

/** @param {number} pid */
function processIsAlive(pid) {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/**
 * A container without an init process keeps zombies: they accept signals, but do nothing any more.
 *
 * @param {number} pid
 */
function isZombie(pid) {
  try {
    return /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

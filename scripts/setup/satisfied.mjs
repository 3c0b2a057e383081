import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * One entry under `packages` of a lockfile; npm writes `os` and the like as a list or as one word.
 *
 * @typedef {object} LockEntry
 * @property {string} [version]
 * @property {boolean} [link]
 * @property {boolean} [optional]
 * @property {boolean} [peer]
 * @property {string | string[]} [os]
 * @property {string | string[]} [cpu]
 * @property {string | string[]} [libc]
 */

/** @typedef {Record<string, LockEntry>} LockEntries `packages` of a lockfile, by path */

/** @typedef {{ os: string, cpu: string, libc: string | undefined }} Machine */

/**
 * Why the packages in `folder` do not match its lockfile; `undefined` if they do.
 *
 * npm writes `node_modules/.package-lock.json` at the end, and `npm ci` removes it at the start, so a tree without
 * it is incomplete.
 *
 * @param {string} folder
 * @returns {string | undefined}
 */
export function whyNotInstalled(folder) {
  const wanted = readEntries(join(folder, 'package-lock.json'));
  if (wanted === undefined) return 'package-lock.json cannot be read';
  const installed = readEntries(join(folder, 'node_modules', '.package-lock.json'));
  if (installed === undefined) return 'first run';
  return firstDifference(wanted, installed, thisMachine());
}

/**
 * The first entry of the lockfile that is not installed correctly, as text.
 *
 * @param {LockEntries} wanted
 * @param {LockEntries} installed
 * @param {Machine} machine
 * @returns {string | undefined}
 */
export function firstDifference(wanted, installed, machine) {
  for (const [path, want] of Object.entries(wanted)) {
    if (path === '' || want.link) continue;
    const have = installed[path];
    const name = `${path.replace(/^.*node_modules\//, '')} ${want.version}`;
    if (have === undefined) {
      if (!mayBeAbsent(want, machine)) return `${name} is missing`;
    } else if (have.version !== want.version) {
      return `${name} is locked, ${have.version} is there`;
    } else if (!suits(want, machine)) {
      // The folder was installed on another system, for example on the host of a container.
      return `${name} is not for ${machine.os} ${machine.cpu}`;
    }
  }
  return undefined;
}

/**
 * npm silently leaves out an optional package if its download fails, so a package for this platform (a
 * native binding) counts as missing. One without a platform may be a dependency of a package for another platform.
 *
 * @param {LockEntry} entry
 * @param {Machine} machine
 */
function mayBeAbsent(entry, machine) {
  if (!entry.optional) return entry.peer === true;
  return entry.os === undefined || !suits(entry, machine);
}

/**
 * @param {LockEntry} entry
 * @param {Machine} machine
 */
function suits(entry, machine) {
  return allows(entry.os, machine.os) && allows(entry.cpu, machine.cpu) && allows(entry.libc, machine.libc);
}

/**
 * @param {string | string[] | undefined} rule
 * @param {string | undefined} value
 */
function allows(rule, value) {
  if (rule === undefined || value === undefined) return true;
  const words = [rule].flat();
  if (words.includes(`!${value}`)) return false;
  return words.includes(value) || words.every((word) => word.startsWith('!'));
}

/** @returns {Machine} */
function thisMachine() {
  return { os: process.platform, cpu: process.arch, libc: process.platform === 'linux' ? libc() : undefined };
}

function libc() {
  if (process.report === undefined) return undefined;
  // Without this, the report resolves the names of open connections; @types/node does not have it yet.
  Object.assign(process.report, { excludeNetwork: true });
  const { header } = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (process.report.getReport());
  return header.glibcVersionRuntime === undefined ? 'musl' : 'glibc';
}

/**
 * @param {string} file
 * @returns {LockEntries | undefined}
 */
function readEntries(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

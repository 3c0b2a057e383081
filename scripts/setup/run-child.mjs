import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { delimiter, dirname } from 'node:path';
import { isatty } from 'node:tty';
import { SetupError } from './setup-error.mjs';
import { MINIMUM_NODE } from './version.mjs';

/**
 * Runs a program and returns the exit code for this process: that of the program, or 128 + the number of the
 * signal.
 *
 * @param {string} node the Node to run it with; first on the program's PATH too
 * @param {string[]} args
 * @returns {Promise<number>}
 */
export async function runChild(node, args) {
  const PATH = `${dirname(node)}${delimiter}${process.env['PATH'] ?? ''}`;
  const child = spawn(node, args, { stdio: 'inherit', env: { ...process.env, PATH } });
  /** @param {NodeJS.Signals} signal */
  const forward = (signal) => {
    // A terminal sends Ctrl-C to the whole group. Forwarding it would send a second one, which many programs treat as "end at once".
    const fromTerminal = signal === 'SIGINT' && [0, 1, 2].some(isatty);
    if (!fromTerminal) child.kill(signal);
  };
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, forward);
  return new Promise((resolve, reject) => {
    child.once('error', (cause) => {
      const next = `install Node ${MINIMUM_NODE} or newer, then start again`;
      reject(new SetupError(`${node} does not run on this machine (${cause.message}): ${next}`, { cause }));
    });
    child.once('exit', (code, signal) => resolve(signal === null ? (code ?? 1) : 128 + constants.signals[signal]));
  });
}

import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { SetupError } from './setup-error.mjs';

/** The packages with an install script that must run; all other scripts stay off. So far, no package needs one. */
export const WITH_INSTALL_SCRIPT = /** @type {string[]} */ ([]);

// The user's npm may be configured for production, without optional packages or for another layout, but the tree must match the lockfile.
const AS_LOCKED = ['--include=dev', '--include=optional', '--include=peer', '--install-strategy=hoisted'];
const QUIET = ['--no-audit', '--no-fund', '--loglevel=error'];
// With npm's default pauses of 10 and 60 s, a user without a network would wait for minutes.
const PATIENCE = ['--fetch-retries=2', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=8000'];

const UNREACHABLE = /^(ENOTFOUND|EAI_AGAIN|ECONN\w+|ETIMEDOUT|E(HOST|NET)UNREACH|ERR_SOCKET_TIMEOUT|E40[137]|E5\d\d)$/;
const STOP_WITH_PARENT = new URL('./stop-with-parent.mjs', import.meta.url).href;
const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/**
 * Runs `npm ci` in a folder with the current Node. A signal to the launcher stops npm too.
 *
 * @param {string} folder
 * @param {(pid: number) => void} onStart gets npm's process number
 */
export async function npmCi(folder, onStart) {
  await npm(['ci', '--ignore-scripts', ...AS_LOCKED, ...QUIET, ...PATIENCE], folder, onStart);
  if (WITH_INSTALL_SCRIPT.length > 0) {
    await npm(['rebuild', '--ignore-scripts=false', ...QUIET, ...WITH_INSTALL_SCRIPT], folder, onStart);
  }
}

/**
 * The JavaScript file of npm, so that it runs without a shell and with a chosen Node.
 *
 * @returns {string}
 */
export function findNpm() {
  // npm sets this for its scripts; another package manager sets its own file.
  const candidates = [process.env['npm_execpath'] ?? ''];
  for (const bin of [...(process.env['PATH'] ?? '').split(delimiter), dirname(process.execPath)]) {
    candidates.push(join(bin, 'npm'), join(bin, 'node_modules', 'npm', 'bin', 'npm-cli.js'));
    candidates.push(join(dirname(bin), 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'));
  }
  const found = candidates.filter((file) => existsSync(file)).map((file) => realpathSync(file));
  const npmCli = found.find((file) => file.endsWith('npm-cli.js'));
  if (npmCli === undefined) throw new SetupError('npm is not on the PATH: install npm, or start with `npm start`');
  return npmCli;
}

/**
 * @param {string[]} args
 * @param {string} cwd
 * @param {(pid: number) => void} onStart
 */
async function npm(args, cwd, onStart) {
  const child = spawn(process.execPath, ['--import', STOP_WITH_PARENT, findNpm(), ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  if (child.pid !== undefined) onStart(child.pid);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  }
  /** @type {NodeJS.Signals | undefined} */
  let stoppedBy;
  /** @param {NodeJS.Signals} signal */
  const stop = (signal) => {
    stoppedBy = signal;
    // Stops npm at once: an incomplete tree is detected later, and npm's own shutdown would take long.
    child.kill('SIGKILL');
  };
  for (const signal of SIGNALS) process.on(signal, stop);
  /** @type {number | NodeJS.Signals} */
  const end = await new Promise((resolve, reject) => {
    child.once('error', reject).once('close', (code, signal) => resolve(signal ?? code ?? 1));
  });
  for (const signal of SIGNALS) process.off(signal, stop);

  if (stoppedBy !== undefined) {
    throw new SetupError(`set-up stopped by ${stoppedBy}; the next start will repeat it`, {
      exitCode: 128 + constants.signals[stoppedBy],
    });
  }
  if (end !== 0) throw failure(`npm ${args[0]}`, cwd, end, output);
}

/**
 * One line if the cause is the network; for other causes, npm's output comes first.
 *
 * @param {string} command
 * @param {string} folder
 * @param {number | NodeJS.Signals} end
 * @param {string} output
 */
function failure(command, folder, end, output) {
  const code = /^npm (?:error|ERR!) code (\S+)/m.exec(output)?.[1] ?? `ended with ${end}`;
  if (UNREACHABLE.test(code)) {
    return new SetupError(
      `npm could not fetch the packages of ${folder} (${code}): check the network, the proxy and \`npm config get registry\`, then start again`,
    );
  }
  process.stderr.write(output);
  const next = output === '' ? 'start again' : 'fix the problem that npm reports above, then start again';
  return new SetupError(`${command} failed in ${folder} (${code}): ${next}`);
}

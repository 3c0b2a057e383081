import { execFile, spawnSync } from 'node:child_process';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isAtLeast } from '../setup/version.mjs';
import { resultsIn } from './folder.ts';
import type { Command } from './server-process.ts';

/** A server of docs/examples: its requirements, and how it is started. */
export type ExampleServer = {
  readonly name: string;
  readonly folder: string;
  /** What is missing on this machine, or undefined. */
  readonly missing: string | undefined;
  /** Installs packages and builds the first time; resolves to the command that starts it on a free port. */
  readonly build: () => Promise<Command>;
};

const run = promisify(execFile);
const root = join(import.meta.dirname, '..', '..');
const cache = join(root, 'node_modules', '.cache', 'examples');
const goFolder = join(root, 'docs', 'examples', 'go');
const pythonFolder = join(root, 'docs', 'examples', 'python');

const { publicKey, privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
/** The platform's key, as the examples read it from the environment. */
export const exampleKeys: { readonly TOKEN_PUBLIC_KEY: string; readonly STATES_TOKEN_KEY: string } = {
  TOKEN_PUBLIC_KEY: publicKey,
  STATES_TOKEN_KEY: privateKey,
};

/** The example servers. */
export const exampleServers: readonly ExampleServer[] = [
  {
    name: 'Go',
    folder: goFolder,
    // Since 1.21, the command installs the version in go.mod.
    missing: isAtLeast(/\d+\.\d+/.exec(says('go', 'version'))?.[0] ?? '0', '1.21') ? undefined : 'no Go 1.21 or newer',
    build: async () => [await buildGoServer()],
  },
  {
    name: 'Python',
    folder: pythonFolder,
    missing: isAtLeast(
      says('python3', '-c', 'import ensurepip, platform, venv; print(platform.python_version())') || '0',
      '3.11',
    )
      ? undefined
      : 'no Python 3.11 or newer with venv',
    build: buildPython,
  },
];

/** Builds the server in Go; resolves to its path. Go's own caches keep modules and compiled files. */
export async function buildGoServer(): Promise<string> {
  const server = join(cache, 'go', 'server');
  // As in its Dockerfile, so that it runs in an image without other files.
  await run('go', ['build', '-trimpath', '-o', server, '.'], {
    cwd: goFolder,
    env: { ...process.env, CGO_ENABLED: '0' },
  });
  return server;
}

/** A virtual environment for each version of Python and of the requirements. */
async function buildPython(): Promise<Command> {
  const requirements = join(pythonFolder, 'requirements.txt');
  const version = says('python3', '--version');
  const id = createHash('sha256')
    .update(version)
    .update(await readFile(requirements))
    .digest('hex')
    .slice(0, 12);
  const folder = join(cache, `python-${id}`);
  const python = join(folder, 'bin', 'python');
  const done = join(folder, 'installed');
  if (!existsSync(done)) {
    await rm(folder, { recursive: true, force: true });
    await mkdir(cache, { recursive: true });
    await run('python3', ['-m', 'venv', folder]);
    await run(python, ['-m', 'pip', 'install', '--quiet', '--requirement', requirements]);
    await writeFile(done, '');
  }
  return [python, '-B', '-m', 'uvicorn', 'main:app', '--port', '0', '--no-access-log'];
}

/** What a program prints if it ends with 0. */
export function says(program: string, ...args: readonly string[]): string {
  const { status, stdout } = spawnSync(program, args, { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : '';
}

/** Cases that did not pass. On a busy machine a timing case may say that it could not tell. */
export function findNotPassed(folder: string): readonly string[] {
  return resultsIn(folder)
    .cases.filter(({ id, outcome }) => outcome !== 'passed' && !(outcome === 'skipped' && id.startsWith('timing/')))
    .map(({ id, outcome, reason }) => `${id} ${outcome}: ${reason}`);
}

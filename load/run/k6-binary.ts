import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { UserError } from '../../contract/user-error.ts';
import { definedOnly } from '../../spec/defined-only.ts';

/** The version of k6 to install if no k6 is found. This is the only place that names it. */
export const k6Version = '2.2.0';

/** The oldest k6 that can run the scripts: the first with `TextEncoder`. */
const oldestK6 = '2.2.0';

/** A k6 that runs, and where it was found. */
export type K6 = { readonly file: string; readonly version: string; readonly from: 'K6_BIN' | 'PATH' | 'cache' };

/** Where to look for k6 and where to get it; tests pass other places. */
export type K6Places = {
  readonly environment: NodeJS.ProcessEnv;
  /** Folder of release archives and their checksums. */
  readonly releases: string;
  /** Reports steps that take long. */
  readonly say: (text: string) => void;
  /** Cancels a download or a build. */
  readonly signal?: AbortSignal;
};

const run = promisify(execFile);
const executable = process.platform === 'win32' ? 'k6.exe' : 'k6';
const releasesOfK6 = `https://github.com/grafana/k6/releases/download/v${k6Version}`;

/** The places of this process. */
export function k6Places(
  say: (text: string) => void,
  signal?: AbortSignal,
  environment: NodeJS.ProcessEnv = process.env,
): K6Places {
  const releases = environment['BINDGATE_K6_RELEASES'] ?? releasesOfK6;
  return definedOnly({ environment, releases, say, signal });
}

/**
 * The installed k6: `K6_BIN`, then PATH, then our cache. Undefined if none is new enough.
 * @throws UserError (exit code 3) if K6_BIN is not k6, or is too old.
 */
export async function findK6({ environment }: K6Places): Promise<K6 | undefined> {
  const named = environment['K6_BIN'];
  if (named !== undefined && named !== '') {
    const version = await readVersion(named);
    if (version === undefined) throw new UserError(`K6_BIN names "${named}", which is not k6; correct or unset it`, 3);
    if (!isAtLeast(version, oldestK6)) {
      throw new UserError(
        `K6_BIN names k6 ${version}, but ${oldestK6} is the oldest version that works; unset it or upgrade`,
        3,
      );
    }
    return { file: named, version, from: 'K6_BIN' };
  }
  const onPath = (environment['PATH'] ?? '')
    .split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, executable));
  for (const [file, from] of [
    ...onPath.map((path) => [path, 'PATH'] as const),
    [cachedK6(environment), 'cache'] as const,
  ]) {
    const version = await readVersion(file);
    if (version !== undefined && isAtLeast(version, oldestK6)) return { file, version, from };
  }
  return undefined;
}

/**
 * The installed k6, or a new one: downloaded with its checksum verified, or built with Go if the download fails.
 * @throws UserError (exit code 3) with both reasons if neither works.
 */
export async function ensureK6(places: K6Places): Promise<K6> {
  const found = await findK6(places);
  if (found !== undefined) return found;
  const file = cachedK6(places.environment);
  const work = await mkdtemp(join(tmpdir(), 'bindgate-k6-'));
  try {
    const downloadFailed = await downloadK6(work, places).then(() => undefined, errorText);
    const buildFailed =
      downloadFailed === undefined ? undefined : await buildK6(work, places).then(() => undefined, errorText);
    if (places.signal?.aborted === true) throw new UserError('interrupted during the installation of k6', 3);
    if (buildFailed !== undefined) {
      throw new UserError(
        `k6 ${k6Version} was not found and cannot be installed (download: ${downloadFailed}; go build: ${buildFailed}); install k6 and set K6_BIN, or run with --skip load`,
        3,
      );
    }
    await mkdir(dirname(file), { recursive: true });
    // Moved into place when complete, so an interruption leaves no partial file.
    await rename(join(work, executable), file).catch(() => run('mv', [join(work, executable), file]));
    await chmod(file, 0o755);
  } finally {
    await rm(work, { recursive: true, force: true, maxRetries: 3 });
  }
  const version = await readVersion(file);
  if (version === undefined) throw new UserError(`the k6 in ${file} does not run; delete it and run again`, 3);
  return { file, version, from: 'cache' };
}

/** The place of k6 in our cache. */
export function cachedK6(environment: NodeJS.ProcessEnv): string {
  const cache = environment['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  return join(cache, 'bindgate', `k6-${k6Version}`, executable);
}

/** Downloads `k6` into a folder. The checksum is published next to the archive. */
async function downloadK6(folder: string, { releases, say, signal }: K6Places): Promise<void> {
  const platform = { linux: 'linux', darwin: 'macos', win32: 'windows' }[process.platform as string];
  const machine = { x64: 'amd64', arm64: 'arm64' }[process.arch as string];
  if (platform === undefined || machine === undefined)
    throw new Error(`no release for ${process.platform} ${process.arch}`);
  const name = `k6-v${k6Version}-${platform}-${machine}.${platform === 'linux' ? 'tar.gz' : 'zip'}`;
  const checksums = (await fetchBytes(`${releases}/k6-v${k6Version}-checksums.txt`, 10_000, signal)).toString('utf8');
  const expected = checksums
    .split('\n')
    .map((line) => line.trim().split(/\s+\*?/))
    .find(([, file]) => file === name)?.[0];
  if (expected === undefined) throw new Error(`no checksum is published for ${name}`);
  say(`downloading k6 ${k6Version}…`);
  const archive = await fetchBytes(`${releases}/${name}`, 180_000, signal);
  if (createHash('sha256').update(archive).digest('hex') !== expected)
    throw new Error(`the checksum of ${name} is wrong`);
  await writeFile(join(folder, name), archive);
  // The tar of macOS and Windows reads zip as well.
  await run('tar', ['-xf', join(folder, name), '-C', folder]);
  const unpacked = (await readdir(folder, { recursive: true })).find((file) => file.endsWith(executable));
  if (unpacked === undefined) throw new Error(`${name} contains no ${executable}`);
  if (unpacked !== executable) await rename(join(folder, unpacked), join(folder, executable));
}

/**
 * Builds `k6` into a folder with a small Go module: `go install module@version` also needs the list of versions,
 * which some module proxies do not serve.
 */
async function buildK6(folder: string, { environment, say, signal }: K6Places): Promise<void> {
  const go = await run('go', ['env', 'GOVERSION'], { env: environment }).catch(() => undefined);
  if (go === undefined) throw new Error('Go is not installed');
  say(`building k6 ${k6Version} with ${go.stdout.trim()} (about two minutes, once)…`);
  await writeFile(join(folder, 'go.mod'), `module bindgate.k6\n\ngo 1.25\n\nrequire go.k6.io/k6/v2 v${k6Version}\n`);
  const args = ['build', '-mod=mod', '-o', join(folder, executable), 'go.k6.io/k6/v2'];
  const limits = definedOnly({ maxBuffer: 32 * 1024 * 1024, timeout: 900_000, signal });
  await run('go', args, { cwd: folder, env: environment, ...limits });
}

async function fetchBytes(url: string, timeoutMs: number, signal?: AbortSignal): Promise<Buffer> {
  const ends = [AbortSignal.timeout(timeoutMs), ...(signal === undefined ? [] : [signal])];
  const response = await fetch(url, { signal: AbortSignal.any(ends) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return Buffer.from(await response.arrayBuffer());
}

/** The version that a binary reports, or undefined if it is not k6. */
async function readVersion(file: string): Promise<string | undefined> {
  const said = await run(file, ['version'], { timeout: 20_000 }).catch(() => undefined);
  return /k6(?:\.exe)? v(\d+\.\d+\.\d+)/.exec(said?.stdout ?? '')?.[1];
}

function isAtLeast(version: string, oldest: string): boolean {
  return version.localeCompare(oldest, 'en', { numeric: true }) >= 0;
}

function errorText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : '';
  const stderr =
    'stderr' in error && typeof error.stderr === 'string' ? error.stderr.trim().split('\n').at(-1) : undefined;
  return (stderr || `${error.message}${cause}`).slice(0, 200);
}

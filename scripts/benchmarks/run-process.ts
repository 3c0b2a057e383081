import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempDisposable, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type ProxyOptions, startProxy } from '../../contract/proxy/start-proxy.ts';
import { cpuSecondsOf } from '../../load/run/k6-process.ts';
import type { Listening } from '../../spec/listen.ts';
import type { Bench } from './row.ts';

/** What a process took. */
export type Ran = {
  readonly exitCode: number | null;
  readonly seconds: number;
  /** User and system time of all its threads; NaN if it is not Node. */
  readonly cpuSeconds: number;
  /** The largest resident memory; NaN if it is not Node. */
  readonly peakMb: number;
  readonly out: string;
  readonly err: string;
};

/** How a process is started. */
export type ProcessOptions = {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** An open file for its standard output, or nowhere, in place of `out`. */
  readonly stdout?: number | 'ignore';
};

/** The project's folder. */
export const project: string = fileURLToPath(new URL('../..', import.meta.url));

/** The command line as users start it. */
export const bindgate: string = join(project, 'scripts', 'bindgate.mjs');

const processes = join(project, 'scripts', 'benchmarks', 'processes');

/** Runs Node with a file to its end, and asks it what it took. */
export async function runNode(args: readonly string[], options: ProcessOptions): Promise<Ran> {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'bindgate-usage-'));
  const usageFile = join(folder.path, 'usage.json');
  const env = { ...options.env, BENCH_USAGE_FILE: usageFile };
  const ran = await runProcess(process.execPath, ['--import', usageHook, ...args], { ...options, env });
  const usage = JSON.parse(await readFile(usageFile, 'utf8').catch(() => '{}')) as Partial<Ran>;
  return { ...ran, ...usage };
}

const usageHook = new URL('./processes/report-usage.mjs', import.meta.url).href;

/**
 * Runs the command line in the folder of a row.
 * @throws Error if it ends with another exit code than 0, or 1 where findings are expected.
 */
export async function runBindgate(
  args: readonly string[],
  { signal, folder }: Pick<Bench, 'signal' | 'folder'>,
  { findings = false, ...options }: Pick<ProcessOptions, 'stdout'> & { readonly findings?: boolean } = {},
): Promise<Ran> {
  const ran = await runNode([bindgate, ...args], { signal, cwd: folder, ...options });
  if (ran.exitCode === 0 || (findings && ran.exitCode === 1)) return ran;
  throw new Error(`${args[0]} ended with ${ran.exitCode}: ${(ran.out + ran.err).slice(-300)}`);
}

/** Runs a file of `processes/`, and reads the JSON that it prints. */
export async function runOwn<Result>(name: string, args: readonly string[], signal: AbortSignal): Promise<Result> {
  const { out, err } = await runNode([join(processes, name), ...args], { signal });
  if (out === '') throw new Error(err.slice(-300));
  return JSON.parse(out) as Result;
}

/** Runs a program to its end. */
export async function runProcess(file: string, args: readonly string[], options: ProcessOptions): Promise<Ran> {
  const { cwd = project, env = {}, signal, stdout = 'pipe' } = options;
  const started = performance.now();
  const child = spawn(file, args, {
    cwd,
    env: { ...process.env, NO_COLOR: '1', CI: 'true', ...env },
    stdio: ['ignore', stdout, 'pipe'],
    signal,
  });
  let [out, err] = ['', ''];
  child.stdout?.on('data', (piece: Buffer) => {
    out += piece.toString();
  });
  child.stderr?.on('data', (piece: Buffer) => {
    err += piece.toString();
  });
  const exitCode = await new Promise<number | null>((resolve, reject) =>
    child.on('error', reject).on('close', resolve),
  );
  const seconds = (performance.now() - started) / 1000;
  return { exitCode, seconds, cpuSeconds: Number.NaN, peakMb: Number.NaN, out, err };
}

/** A server in a process of its own. */
export type ServerProcess = AsyncDisposable & {
  readonly url: string;
  /** Its user and system time so far, in seconds; undefined where the system has no /proc. */
  readonly cpuSeconds: () => number | undefined;
};

/** Starts a server as a Node process, and waits until it has printed its URL, or until `listening` gives that. */
export async function startServer(
  args: readonly string[],
  signal: AbortSignal,
  listening?: Promise<string>,
): Promise<ServerProcess> {
  const child = spawn(process.execPath, args, {
    cwd: project,
    env: { ...process.env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()).once('error', () => resolve()));
  const url = await Promise.race([findUrl(child), ...(listening === undefined ? [] : [listening])]).catch(
    async (error: unknown) => {
      child.kill('SIGKILL');
      await ended;
      throw error;
    },
  );
  return {
    url,
    cpuSeconds: () => cpuSecondsOf(child.pid),
    [Symbol.asyncDispose]: async () => {
      child.kill();
      // A server that does not end by itself must not keep its port.
      const killing = setTimeout(() => child.kill('SIGKILL'), 2_000);
      await ended;
      clearTimeout(killing);
    },
  };
}

/** Starts a mode of `processes/serve.ts` as a server. */
export function serve(args: readonly string[], signal: AbortSignal): Promise<ServerProcess> {
  return startServer([join(processes, 'serve.ts'), ...args], signal);
}

/** Starts the embedded server as a process of its own. */
export function startReferenceProcess(signal: AbortSignal): Promise<ServerProcess> {
  return startServer([bindgate, 'reference', '--port', '0'], signal);
}

async function findUrl(child: ChildProcess): Promise<string> {
  let said = '';
  return new Promise((resolve, reject) => {
    const read = (line: string): void => {
      said += `${line}\n`;
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
      if (found !== undefined) resolve(found);
    };
    for (const stream of [child.stdout, child.stderr]) {
      if (stream !== null) createInterface({ input: stream }).on('line', read);
    }
    child.once('error', reject).once('close', () => reject(new Error(`the server ended: ${said.slice(-300)}`)));
  });
}

/** Starts bindgate's own proxy on a free port; it forwards what a client sends to. */
export function startForwarding(
  client: ProxyOptions['client'],
  onExchange: ProxyOptions['onExchange'] = () => undefined,
): Promise<Listening> {
  const place = { host: '127.0.0.1', port: 0, maxBodyBytes: 64 * 1024 * 1024 };
  return startProxy({ ...place, client, onExchange, onNote: () => undefined });
}

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { inert } from '../../contract/inert.ts';
import type { K6 } from './k6-binary.ts';
import type { GeneratorEnd } from './share.ts';

/** A k6 process that has created its VUs and waits for the start. */
export type K6Process = {
  /** Starts its scenarios. */
  readonly resume: () => Promise<void>;
  /** The current value of a counter, 0 if never counted; undefined if k6 does not answer (any more). */
  readonly counted: (metric: string) => Promise<number | undefined>;
  /** Resolves when the process has ended. */
  readonly ended: Promise<GeneratorEnd>;
  /** Asks it to end and to write its summary; kills it if it does not. */
  readonly stop: () => void;
};

/** How long a process may take to write its summary after it was asked to end. */
const patienceMs = 5_000;
const ticksPerSecond = 100;
const keptText = 20_000;
/** k6's status number for "paused before the run": every VU is created. */
const pausedBeforeRun = 4;

/**
 * Starts a k6 that waits. Its only open port is the control port on loopback.
 * Resolves when its VUs are created, or when it has ended before that.
 */
export async function startK6(
  { file }: K6,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<K6Process> {
  const address = `127.0.0.1:${await freePort()}`;
  const child = spawn(
    file,
    ['run', '--quiet', '--no-color', '--no-thresholds', '--paused', '--address', address, ...args],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, ...environment },
      // A separate process group: in the same group, a Ctrl-C would reach k6 twice, and at the second one it drops its summary.
      detached: true,
    },
  );
  let said = '';
  child.stderr.on('data', (piece: Buffer) => {
    said = (said + piece.toString()).slice(-keptText);
  });
  let over = false;
  const exit = new Promise<number | null>((resolve) => {
    child.on('error', () => resolve(null));
    child.on('close', (code) => resolve(code));
  }).finally(() => {
    over = true;
  });
  let startedAt = performance.now();
  let [cpuAtStart, cpuNow] = [0, undefined as number | undefined];
  // The last sample is the total use, because an ended process cannot be asked.
  const sampling = setInterval(() => {
    cpuNow = cpuSecondsOf(child.pid) ?? cpuNow;
  }, 200);
  // A second Ctrl-C ends this process at once, and k6 with it.
  const killAtExit = (): void => {
    child.kill('SIGKILL');
  };
  process.once('exit', killAtExit);
  const ended = exit.then((exitCode): GeneratorEnd => {
    clearInterval(sampling);
    process.removeListener('exit', killAtExit);
    const seconds = (performance.now() - startedAt) / 1000;
    const cpu = cpuNow === undefined ? null : Math.max(0, cpuNow - cpuAtStart) / seconds;
    return { exitCode, seconds, cpu, said: inert(said.trim().split('\n').at(-1) ?? '', 300) };
  });
  const stop = (): void => {
    if (over) return;
    child.kill('SIGINT');
    const killing = setTimeout(() => child.kill('SIGKILL'), patienceMs);
    void exit.then(() => clearTimeout(killing));
  };

  const ask = async (path: string, body?: object): Promise<{ status: number; attributes: unknown } | undefined> => {
    const request = body === undefined ? {} : { method: 'PATCH', body: JSON.stringify(body), headers: jsonHeaders };
    const answer = await fetch(`http://${address}/v1/${path}`, request).catch(() => undefined);
    const parsed = (await answer?.json().catch(() => undefined)) as { data?: { attributes?: unknown } } | undefined;
    return answer === undefined ? undefined : { status: answer.status, attributes: parsed?.data?.attributes };
  };
  while (!over && !signal.aborted) {
    const status = (await ask('status'))?.attributes as { status?: number } | undefined;
    if (status?.status === pausedBeforeRun) break;
    await Promise.race([exit, wait(30)]);
  }
  return {
    resume: async () => {
      cpuAtStart = cpuSecondsOf(child.pid) ?? 0;
      startedAt = performance.now();
      await ask('status', { data: { type: 'status', id: 'default', attributes: { paused: false } } });
    },
    counted: async (metric) => {
      const answer = await ask(`metrics/${metric}`);
      // k6 answers 404 for a metric without a value yet.
      if (answer === undefined || answer.status === 404) return answer === undefined ? undefined : 0;
      return (answer.attributes as { sample?: { count?: number } } | undefined)?.sample?.count;
    },
    ended,
    stop,
  };
}

const jsonHeaders = { 'content-type': 'application/json' };

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}

/** User and system time of a process so far, in seconds; undefined if it has ended, or the system has no /proc. */
export function cpuSecondsOf(pid: number | undefined): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Fields 14 and 15; the name in field 2 may contain spaces, so counting starts after its bracket.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
  } catch {
    return undefined;
  }
}

import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inert } from '../contract/inert.ts';
import type { K6 } from './k6-binary.ts';
import type { LoadPlan } from './plan.ts';

/** What came of a k6 run: its own summary, what it cost, and what it said. */
export type K6Run = {
  readonly exitCode: number | null;
  /** k6's summary data, or undefined where it wrote none. */
  readonly summary: K6Summary | undefined;
  /** Cores that k6 kept busy, on average; null where the system does not tell. */
  readonly cpu: number | null;
  /** The last thing it said on standard error, inert. */
  readonly said: string;
  readonly interrupted: boolean;
};

/** The part of k6's summary data that is read. */
export type K6Summary = {
  readonly metrics: Readonly<Record<string, { readonly values: Readonly<Record<string, number>> }>>;
};

const ticksPerSecond = 100;

/**
 * Runs a script with a plan and returns what it measured. The plan holds secrets: it lives in a file of mode 0600 that is gone
 * afterwards. k6 never outlives this call.
 */
export async function runK6(
  k6: K6,
  script: string,
  makePlan: (summaryFile: string) => LoadPlan,
  signal: AbortSignal,
): Promise<K6Run> {
  const folder = await mkdtemp(join(tmpdir(), 'bindgate-load-'));
  try {
    const [planFile, summaryFile] = [join(folder, 'plan.json'), join(folder, 'summary.json')];
    await writeFile(planFile, JSON.stringify(makePlan(summaryFile)), { mode: 0o600 });
    const ended = await spawnK6(k6.file, ['run', '--quiet', '--no-color', script], { BINDGATE_PLAN: planFile }, signal);
    const text = await readFile(summaryFile, 'utf8').catch(() => undefined);
    return { ...ended, summary: text === undefined ? undefined : (JSON.parse(text) as K6Summary) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs k6 to its end, without any network of its own; an interruption ends it at once. */
export async function spawnK6(
  file: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<Omit<K6Run, 'summary'> & { readonly output: string }> {
  const child = spawn(file, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      ...environment,
      K6_NO_USAGE_REPORT: 'true',
      K6_AUTO_EXTENSION_RESOLUTION: 'false',
      // Fewer collections: 23 % less CPU for the same load.
      GOGC: process.env['GOGC'] ?? '400',
    },
  });
  const started = performance.now();
  const said = { out: '', err: '' };
  child.stdout.on('data', (piece: Buffer) => {
    said.out = (said.out + piece.toString()).slice(-1_000_000);
  });
  child.stderr.on('data', (piece: Buffer) => {
    said.err = (said.err + piece.toString()).slice(-1_000_000);
  });
  const stop = (): void => {
    child.kill('SIGKILL');
  };
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  // The last sample is what it used in all: a process that is gone cannot be asked.
  let cpuSeconds: number | null = null;
  const sampling = setInterval(() => {
    void cpuSecondsOf(child.pid).then((seconds) => {
      cpuSeconds = seconds ?? cpuSeconds;
    });
  }, 200);
  const exitCode = await new Promise<number | null>((resolve) => {
    child.on('error', () => resolve(null));
    child.on('close', (code) => resolve(code));
  });
  clearInterval(sampling);
  signal.removeEventListener('abort', stop);
  const seconds = (performance.now() - started) / 1000;
  const last = said.err.trim().split('\n').at(-1) ?? '';
  return {
    exitCode,
    cpu: cpuSeconds === null ? null : cpuSeconds / seconds,
    said: inert(last, 300),
    output: said.out + said.err,
    interrupted: signal.aborted,
  };
}

/** User and system time of a process so far; Linux only. */
async function cpuSecondsOf(pid: number | undefined): Promise<number | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  // Fields 14 and 15; the name in field 2 may hold spaces, so counting starts behind its bracket.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields === undefined ? undefined : (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

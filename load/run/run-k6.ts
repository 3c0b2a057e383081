import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { UserError } from '../../contract/user-error.ts';
import type { K6 } from './k6-binary.ts';
import type { K6Process } from './k6-process.ts';
import { startK6 } from './k6-process.ts';
import type { LoadPlan } from './plan.ts';
import type { GeneratorEnd, Share } from './share.ts';

/** A run of k6 in one process or several, which share its iterations. */
export type K6Order = {
  readonly k6: K6;
  readonly script: string;
  readonly plan: Omit<LoadPlan, 'shareFile'>;
  readonly processes: number;
  /** Where k6 sends its own metrics as well: `--out` of k6, once for each. */
  readonly outputs: readonly string[];
  /** Variables of the environment beside its own. */
  readonly environment: Readonly<Record<string, string>>;
  /** After this long it is ended, whatever it does. */
  readonly limitMs: number;
  readonly signal: AbortSignal;
  /** Hears of what was counted, about once a second. */
  readonly onSample?: (sample: Sample, before: Sample | undefined) => void;
  /** Metrics that samples tell of. */
  readonly watched: readonly string[];
};

/** What was counted until some moment of a run. */
export type Sample = { readonly seconds: number; readonly counts: Readonly<Record<string, number>> };

/** What came of a run. */
export type K6Run = {
  /** One for each process that wrote its share. */
  readonly shares: readonly Share[];
  readonly ends: readonly GeneratorEnd[];
  readonly samples: readonly Sample[];
  readonly interrupted: boolean;
};

const sampleMs = 1_000;

/**
 * Runs a plan: every process makes its VUs and waits, then all start together. The plan holds secrets: it lives in files of
 * mode 0600 that are gone afterwards. No k6 outlives this call.
 * @throws UserError (exit code 3) where there is no room for the plan.
 */
export async function runK6(order: K6Order): Promise<K6Run> {
  const { plan, processes, signal } = order;
  const folder = await mkdtemp(join(tmpdir(), 'bindgate-load-')).catch(noRoom);
  const shareFiles = Array.from({ length: processes }, (_, index) => join(folder, `share-${index + 1}.json`));
  const started: K6Process[] = [];
  const stopAll = (): void => {
    for (const each of started) each.stop();
  };
  signal.addEventListener('abort', stopAll, { once: true });
  try {
    await Promise.all(
      shareFiles.map(async (shareFile, index) => {
        const planFile = join(folder, `plan-${index + 1}.json`);
        await writeFile(planFile, JSON.stringify({ ...plan, shareFile } satisfies LoadPlan), { mode: 0o600 }).catch(
          noRoom,
        );
        const outputs = order.outputs.flatMap((output) => ['--out', output]);
        const args = [...segmentOf(index, processes), ...outputs, order.script];
        started.push(await startK6(order.k6, args, { ...order.environment, BINDGATE_PLAN: planFile }, signal));
      }),
    );
    const end = Promise.all(started.map(({ ended }) => ended));
    const limit = setTimeout(stopAll, order.limitMs);
    if (signal.aborted) stopAll();
    else await Promise.all(started.map(({ resume }) => resume()));
    const samples = await watch(started, end, order);
    const ends = await end;
    clearTimeout(limit);
    const written = await Promise.all(shareFiles.map(readShare));
    const shares = written.flatMap((share, index) =>
      share === undefined ? [] : [{ ...share, generator: ends[index] ?? null }],
    );
    return { shares, ends, samples, interrupted: signal.aborted };
  } finally {
    signal.removeEventListener('abort', stopAll);
    stopAll();
    await Promise.all(started.map(({ ended }) => ended));
    await rm(folder, { recursive: true, force: true });
  }
}

/** What makes a process do its part alone: k6 numbers iterations across all parts. */
export function segmentOf(index: number, parts: number): readonly string[] {
  if (parts === 1) return [];
  const inner = Array.from({ length: parts - 1 }, (_, at) => `${at + 1}/${parts}`);
  const bounds = ['0', ...inner, '1'];
  return [
    `--execution-segment=${bounds[index]}:${bounds[index + 1]}`,
    `--execution-segment-sequence=${bounds.join(',')}`,
  ];
}

async function watch(
  started: readonly K6Process[],
  end: Promise<unknown>,
  { watched, onSample }: Pick<K6Order, 'watched' | 'onSample'>,
): Promise<readonly Sample[]> {
  const samples: Sample[] = [];
  const begun = performance.now();
  let over = false;
  void end.then(() => {
    over = true;
  });
  for (let turn = 1; !over; turn += 1) {
    await Promise.race([end, wait(Math.max(0, begun + turn * sampleMs - performance.now()))]);
    if (over) break;
    const seconds = (performance.now() - begun) / 1000;
    const parts = await Promise.all(started.flatMap(({ counted }) => watched.map(counted)));
    // A k6 that has just ended answers nothing: what it counted stands in its share.
    if (over || parts.includes(undefined)) continue;
    const sumOf = (at: number): number =>
      parts.reduce<number>((sum, part, index) => sum + (index % watched.length === at ? (part ?? 0) : 0), 0);
    const sample = { seconds, counts: Object.fromEntries(watched.map((metric, at) => [metric, sumOf(at)])) };
    onSample?.(sample, samples.at(-1));
    samples.push(sample);
  }
  return samples;
}

async function readShare(file: string): Promise<Share | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as Share);
}

/** Where a file of a run cannot be written. */
export function noRoom(error: unknown): never {
  const why = error instanceof Error ? error.message : String(error);
  throw new UserError(`${tmpdir()} has no room for a load run: ${why}; set TMPDIR to a folder on a disk with room`, 3, {
    cause: error,
  });
}

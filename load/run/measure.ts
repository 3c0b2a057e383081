import { createWriteStream } from 'node:fs';
import { mkdtempDisposable, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { UserError } from '../../contract/user-error.ts';
import { findWorkload, type Plan } from './draft-plan.ts';
import type { K6 } from './k6-binary.ts';
import { k6Environment } from './k6-environment.ts';
import { type K6Process, startK6 } from './k6-process.ts';
import type { LoadPlan } from './plan.ts';
import type { GeneratorEnd, Share } from './share.ts';

/** The generator of a load. */
export type LoadGenerator = {
  readonly k6: K6;
  readonly processes: number;
  /** Further outputs of k6, such as `opentelemetry`. */
  readonly outputs: readonly string[];
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
};

/** The progress of a run. */
export type Progress = {
  /** The current phase: `noise floor`, `average 100/s`. */
  readonly phase: string;
  /** Seconds since the start, and the duration in seconds; absent before the start. */
  readonly seconds?: number;
  readonly of?: number;
  readonly requests?: number;
  readonly ratePerSecond?: number;
  readonly codes?: readonly (readonly [string, number])[];
};

/** The counters at one moment of a run. */
export type Sample = { readonly seconds: number; readonly counts: Readonly<Record<string, number>> };

/** The outcome of a plan. */
export type Measurement = {
  readonly plan: Plan;
  /** One for each process that wrote its share. */
  readonly shares: readonly Share[];
  readonly ends: readonly GeneratorEnd[];
  readonly samples: readonly Sample[];
  readonly interrupted: boolean;
};

const sampleMs = 1_000;

/**
 * Sends the requests of a plan: every k6 process creates its VUs and waits, then all start together. Plan and rows hold secrets:
 * they are in files of mode 0600 that are deleted afterwards. No k6 process outlives this call.
 * @param onSample gets the counters, about once a second.
 * @throws UserError (exit code 3) if there is no disk space for the plan.
 */
export async function measure(
  generator: LoadGenerator,
  plan: Plan,
  onSample?: (sample: Sample, before: Sample | undefined) => void,
): Promise<Measurement> {
  const { k6, processes, signal, onProgress } = generator;
  const { run, phase, script } = plan;
  await using folder = await mkdtempDisposable(join(tmpdir(), 'bindgate-load-')).catch(cannotWrite);
  const started: K6Process[] = [];
  const stopAll = (): void => {
    for (const each of started) each.stop();
  };
  signal.addEventListener('abort', stopAll, { once: true });
  try {
    const rowsFile = plan.rows > 0 ? join(folder.path, 'rows') : null;
    if (rowsFile !== null) {
      onProgress?.({ phase: `${phase}: signing ${plan.rows} requests` });
      await writeRows(rowsFile, plan, signal);
    }
    onProgress?.({ phase });
    const outputs = generator.outputs.flatMap((output) => ['--out', output]);
    const shareFiles = Array.from({ length: processes }, (_, index) => join(folder.path, `share-${index + 1}.json`));
    await Promise.all(
      shareFiles.map(async (shareFile, index) => {
        const planFile = join(folder.path, `plan-${index + 1}.json`);
        const told: LoadPlan = { ...plan.k6, rowsFile, shareFile };
        await writeFile(planFile, JSON.stringify(told), { mode: 0o600 }).catch(cannotWrite);
        const args = [...segmentArguments(index, processes), ...outputs, script];
        const environment = { ...k6Environment(plan.network), BINDGATE_PLAN: planFile };
        started.push(await startK6(k6, args, environment, signal));
      }),
    );
    const end = Promise.all(started.map(({ ended }) => ended));
    // k6 ends by itself. If it does not, it is ended long after its time.
    const limit = setTimeout(stopAll, run.seconds * 1_000 + 2 * Number.parseInt(plan.k6.timeout, 10) + 30_000);
    if (signal.aborted) stopAll();
    else await Promise.all(started.map(({ resume }) => resume()));
    const samples = await sampleMetrics(started, end, watchedMetrics(plan), onSample);
    const ends = await end;
    clearTimeout(limit);
    const written = await Promise.all(shareFiles.map((file) => readFile(file, 'utf8').catch(() => undefined)));
    const shares = written.flatMap((text, index) =>
      text === undefined ? [] : [{ ...(JSON.parse(text) as Share), generator: ends[index] ?? null }],
    );
    return { plan, shares, ends, samples, interrupted: signal.aborted };
  } finally {
    signal.removeEventListener('abort', stopAll);
    stopAll();
    await Promise.all(started.map(({ ended }) => ended));
  }
}

/** The arguments that limit a process to its part: k6 numbers iterations across all parts. */
export function segmentArguments(index: number, parts: number): readonly string[] {
  if (parts === 1) return [];
  const inner = Array.from({ length: parts - 1 }, (_, at) => `${at + 1}/${parts}`);
  const bounds = ['0', ...inner, '1'];
  return [
    `--execution-segment=${bounds[index]}:${bounds[index + 1]}`,
    `--execution-segment-sequence=${bounds.join(',')}`,
  ];
}

/** One body per line, written as it is made, so memory use does not depend on their number. */
async function writeRows(file: string, plan: Plan, signal: AbortSignal): Promise<void> {
  function* rowLines(): Generator<string> {
    for (let number = 0; number < plan.rows; number += 1) {
      yield `${number === 0 ? '' : '\n'}${plan.row?.(findWorkload(plan, number), number)}`;
    }
  }
  await pipeline(Readable.from(rowLines()), createWriteStream(file, { mode: 0o600 }), { signal }).catch(
    (error: unknown) => {
      if (!signal.aborted) cannotWrite(error);
    },
  );
}

/** The metrics to sample: the usual counters, and the codes, because a workload may wrongly get the usual code of another. */
function watchedMetrics({ k6: { workloads, codesApart } }: Plan): readonly string[] {
  const usual = workloads.map((_, index) => `usual_${index}`);
  const apart = codesApart ? workloads.map((_, index) => `_${index}`) : [''];
  const codes = [...new Set(workloads.map((workload) => workload.usual)), '0', 'other', 'none'];
  const counted = apart.flatMap((of) => [`unanswered${of}`, ...codes.map((code) => `code${of}_${code}`)]);
  return [...new Set(['iterations', 'dropped_iterations', ...usual, ...counted])];
}

async function sampleMetrics(
  started: readonly K6Process[],
  end: Promise<unknown>,
  watched: readonly string[],
  onSample: Parameters<typeof measure>[2],
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
    const counts = await Promise.all(
      watched.map(async (metric) => {
        const parts = await Promise.all(started.map(({ counted }) => counted(metric)));
        return [metric, parts.reduce<number>((sum, part) => sum + (part ?? Number.NaN), 0)] as const;
      }),
    );
    // A k6 process that has just ended does not answer; its counters are in its share.
    if (over || counts.some(([, count]) => Number.isNaN(count))) continue;
    const sample = { seconds, counts: Object.fromEntries(counts) };
    onSample?.(sample, samples.at(-1));
    samples.push(sample);
  }
  return samples;
}

function cannotWrite(error: unknown): never {
  const why = error instanceof Error ? error.message : String(error);
  throw new UserError(
    `${tmpdir()} has no space for a load run: ${why}; set TMPDIR to a folder on a disk with free space`,
    3,
    { cause: error },
  );
}

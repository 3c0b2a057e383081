import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DraftRun, Measurement } from './draft.ts';
import { draftRun } from './draft.ts';
import { networkEnvironment } from './network.ts';
import type { LoadProduct } from './product.ts';
import { peakOf, plannedOf } from '../profiles.ts';
import { writeRows } from '../pure-bt/requests.ts';
import type { Weighted, Workload } from '../pure-bt/workloads.ts';
import type { K6Run } from './run-k6.ts';
import { noRoom, runK6 } from './run-k6.ts';
import { progressOf } from '../judge/series.ts';
import type { LoadSession } from '../session.ts';
import type { LoadRun } from './share.ts';

/** A run, the requests it was to send, and how each can be made again. */
export type MeasuredRun = K6Run & Pick<DraftRun, 'run' | 'maker' | 'schedule'>;

/** Rows take memory in every k6 (about 1 KB each at the start), so that larger runs are signed in the VU. */
export const rowsAtMost = 100_000;
const bindScript = fileURLToPath(new URL('../k6/send.ts', import.meta.url));

/** Sends the requests of a measurement to a URL. */
export async function measureLoad(
  session: LoadSession,
  product: LoadProduct,
  measurement: Measurement,
  url: string = session.target.url,
): Promise<MeasuredRun> {
  const { k6, timeoutMs, network, signal, processes = 1, outputs = [], script = bindScript } = session;
  const { mix, phase } = measurement;
  // k6 may start one request more than planned.
  const atMost = measurement.requestsAtMost ?? plannedOf(measurement.curve) + 10;
  const lane = measurement.lane ?? (atMost <= rowsAtMost ? 'rows' : 'vu');
  const { run, plan, maker, schedule } = draftRun(session, product, { ...measurement, lane }, url);
  const folder = await mkdtemp(join(tmpdir(), 'bindgate-rows-')).catch(noRoom);
  try {
    const rowsFile = lane === 'rows' ? join(folder, 'rows') : null;
    if (rowsFile !== null) {
      session.onProgress?.({ phase: `${phase}: signing ${atMost} requests` });
      const recipeOf = (number: number): Workload['recipe'] => workloadOf(mix, schedule, number).recipe;
      await writeRows(rowsFile, atMost, maker, recipeOf, signal).catch((error: unknown) => {
        if (!signal.aborted) noRoom(error);
      });
    }
    session.onProgress?.({ phase });
    const counted = [...run.workloads.map((_, index) => `usual_${index}`), ...unusualCodes(run)];
    const ran = await runK6({
      k6,
      script,
      plan: { ...plan, rowsFile },
      processes,
      outputs,
      environment: networkEnvironment(network),
      signal,
      limitMs: run.seconds * 1_000 + 2 * timeoutMs + 30_000,
      watched: ['iterations', 'dropped_iterations', 'unanswered', ...counted],
      onSample: (sample, before) => session.onProgress?.(progressOf(phase, run, sample, before)),
    });
    return { ...ran, run, maker, schedule };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Codes that are watched beside the usual ones: what one workload is usually answered with, another may be by mistake. */
function unusualCodes({ workloads }: LoadRun): readonly string[] {
  return [...new Set([...workloads.map(({ usual }) => `code_${usual}`), 'code_other', 'code_none'])];
}

/** The workload of the request of a number. */
export function workloadOf(mix: readonly Weighted[], schedule: readonly number[], number: number): Workload {
  const weighted = mix[schedule[number % schedule.length] ?? 0];
  if (weighted === undefined) throw new Error('a mix without workloads');
  return weighted.workload;
}

/** The highest rate of a measurement, for messages. */
export function rateText({ curve }: Pick<Measurement, 'curve'>): string {
  const peak = peakOf(curve);
  return curve.every(({ rate }) => rate === peak) ? `${peak}/s` : `up to ${peak}/s`;
}

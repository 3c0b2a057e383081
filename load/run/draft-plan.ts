import { availableParallelism } from 'node:os';
import type { Workload } from '../operation.ts';
import { countRequests, makeScenario } from '../profiles.ts';
import type { CountedCode } from './counted-codes.ts';
import type { Network } from './k6-environment.ts';
import { type LoadPlan, type PlannedWorkload, workloadAt } from './plan.ts';
import { authorization, type LoadProduct, newRunId } from './product.ts';
import type { LoadRun } from './share.ts';

/** How fast and how long requests are sent, and the objectives. The lane depends on their number if absent. */
export type Sending = Pick<LoadRun, 'profile' | 'curve' | 'windowSeconds'> &
  Partial<Pick<LoadRun, 'objectives' | 'noiseFloor' | 'notes' | 'lane'>> & {
    readonly phase: string;
    /** Records latencies per workload in each window. */
    readonly byWorkload?: boolean;
  };

/** A run before it starts: the description for its shares, the input of k6, and how its rows are made. */
export type Plan = {
  readonly phase: string;
  readonly run: LoadRun;
  readonly k6: Omit<LoadPlan, 'shareFile' | 'rowsFile'>;
  /** How many requests are signed before the run. */
  readonly rows: number;
  /** The workloads in `k6`, as the operation defines them. */
  readonly workloads: readonly Workload[];
  /** The body of a request that is signed before the run; absent if only the script can make it. */
  readonly row: ((workload: Workload, number: number) => string) | undefined;
  /** The k6 script that sends, and the network settings of k6. */
  readonly script: string;
  readonly network: Network;
};

/** Enough requests for percentiles by workload and over time. */
const windowSamples = 12_000;
/** Rows take memory in every k6 process (about 1 KB each at the start), so requests of larger runs are signed in the VU. */
const rowsAtMost = 100_000;

/** Drafts a run of a generator with a product, with devices that no other run uses. */
export function draftPlan(
  product: LoadProduct,
  { k6, processes, outputs }: Pick<LoadRun, 'k6'> & { readonly processes: number; readonly outputs: readonly string[] },
  sending: Sending,
): Plan {
  const { operation, target, timeoutMs, insecure, network } = product.site;
  const { profile, phase, curve, windowSeconds, byWorkload = false } = sending;
  const { objectives = [], noiseFloor = null, notes = [] } = sending;
  const planned = countRequests(curve);
  // k6 may start one request more than planned.
  const atMost = planned + 10;
  const lane = sending.lane ?? (operation.rows !== undefined && atMost <= rowsAtMost ? 'rows' : 'vu');
  const seconds = curve.at(-1)?.at ?? 0;
  const id = newRunId();
  const usualCode = (workload: Workload): CountedCode => product.usual.get(workload) ?? 'none';
  const run: LoadRun = {
    id,
    profile,
    target: { kind: target.kind, url: target.url },
    lane,
    parts: processes,
    planned,
    seconds,
    curve,
    windowSeconds,
    windowsByWorkload: byWorkload,
    workloads: product.mix.map(({ workload, weight }) => {
      const { name, title, binds } = workload;
      return {
        name,
        title,
        weight,
        binds,
        usual: usualCode(workload),
        usualStands: classifyCode(workload, usualCode(workload)),
      };
    }),
    objectives,
    noiseFloor,
    cores: availableParallelism(),
    k6: { version: k6.version, from: k6.from },
    notes: [...product.notes, ...notes],
  };
  const schedule = makeSchedule(product.mix.map(({ weight }) => weight));
  return {
    phase,
    run,
    k6: {
      id,
      scenarios: { bind: makeScenario(curve, `${timeoutMs}ms`, processes) },
      workloads: product.mix.map(({ workload }) => plannedWorkload(product, workload, usualCode(workload))),
      schedule: { workloads: schedule, each: 1 },
      timeout: `${timeoutMs}ms`,
      insecure,
      tlsAuth: network.clientCertificate === undefined ? [] : [network.clientCertificate],
      windows: {
        count: Math.ceil(seconds / windowSeconds),
        milliseconds: windowSeconds * 1_000,
        byWorkload,
        oneIn: byWorkload ? 1 : sampleEvery(planned, schedule.length),
        settling: 0,
        ends: false,
      },
      codes: operation.codes,
      codesApart: false,
      k6Tags: outputs.length > 0,
      tagged: outputs.length > 0,
      header: run,
    },
    rows: lane === 'rows' ? atMost : 0,
    workloads: product.mix.map(({ workload }) => workload),
    row: operation.rows?.(product.fixture, id),
    script: operation.script,
    network,
  };
}

/** The workload of the request with a number. */
export function findWorkload({ workloads, k6 }: Plan, number: number): Workload {
  const workload = workloads[workloadAt(k6.schedule, number)];
  if (workload === undefined) throw new Error('a run without workloads');
  return workload;
}

function plannedWorkload(product: LoadProduct, workload: Workload, usual: CountedCode): PlannedWorkload {
  const { operation, target, headers } = product.site;
  const counted = [...operation.codes, 'other'] as const;
  return {
    name: workload.name,
    url: target.url + operation.path,
    headers: {
      ...headers,
      'Content-Type': operation.contentType ?? 'application/json',
      ...authorization(product, workload),
    },
    material: operation.material(product.fixture),
    recipe: workload.recipe,
    usual: String(usual),
    standings: Object.fromEntries(
      counted.flatMap((code) => {
        const codeClass = classifyCode(workload, code);
        return codeClass === 'wrong' ? [] : [[String(code), codeClass]];
      }),
    ),
  };
}

/** `none` is never right, because every documented outcome is an envelope in an HTTP 200 answer. */
function classifyCode(workload: Workload, code: CountedCode): ReturnType<Workload['classify']> {
  return code === 'none' ? 'wrong' : workload.classify(code);
}

/**
 * The workload of each request: indices into `weights`, one round of their sum, spread as evenly as the weights allow.
 * Equal for every process of a run, so the number of a request decides its workload.
 */
function makeSchedule(weights: readonly number[]): readonly number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const credit = weights.map(() => 0);
  return Array.from({ length: total }, () => {
    for (const [index, weight] of weights.entries()) credit[index] = (credit[index] ?? 0) + weight;
    const next = credit.indexOf(Math.max(...credit));
    credit[next] = (credit[next] ?? 0) - total;
    return next;
  });
}

/** One request of how many is sampled. Without common factors with the schedule, so that every workload is sampled. */
function sampleEvery(planned: number, scheduleLength: number): number {
  let every = Math.max(1, Math.floor(planned / windowSamples));
  while (commonDivisor(every, scheduleLength) > 1) every += 1;
  return every;
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}

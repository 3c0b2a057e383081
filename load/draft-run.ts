import { randomInt } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { seededRandom } from '../generators/random.ts';
import { operationPath } from '../spec/pure-bt/path.ts';
import type { CountedCode } from './codes.ts';
import { tlsAuthOf } from './network.ts';
import type { Identity, LoadPlan } from './plan.ts';
import type { LoadProduct } from './product.ts';
import type { CurvePoint } from './profiles.ts';
import { plannedOf, scenarioOf } from './profiles.ts';
import type { RowMaker } from './pure-bt/rows.ts';
import type { Weighted, Workload } from './pure-bt/workloads.ts';
import { scheduleOf } from './pure-bt/workloads.ts';
import type { Lane, Latency } from './results.ts';
import type { SessionWithoutK6 } from './session.ts';
import type { LoadRun } from './share.ts';
import { runWorkload, standingsOf } from './standings.ts';

/** One measurement: what is sent, how fast, for how long. */
export type Measurement = {
  readonly profile: string;
  readonly phase: string;
  readonly curve: readonly [CurvePoint, ...CurvePoint[]];
  readonly mix: readonly Weighted[];
  /** The code that each workload of the mix is answered with. */
  readonly usual: ReadonlyMap<Workload, CountedCode>;
  readonly objectives: readonly string[];
  readonly noiseFloor: Latency | null;
  readonly notes: readonly string[];
  /** Length of the windows of time that are told apart. */
  readonly windowSeconds: number;
  /** Latencies of each workload are kept by window. */
  readonly byWorkload?: boolean;
  /** Where requests are signed; by their number where it is absent. */
  readonly lane?: Lane;
  /** k6's scenario where it is not the curve's own. */
  readonly scenario?: Readonly<Record<string, unknown>>;
  /** How many requests it may come to, where the curve does not say. */
  readonly requestsAtMost?: number;
  /** Which workload each request is of, where the weights do not say. */
  readonly schedule?: readonly number[];
  /** What another script is told beside the plan. */
  readonly beside?: object;
};

/** A run before it is sent: what its shares will say of it, what k6 is told, and how its requests are made. */
export type DraftRun = {
  readonly run: LoadRun;
  readonly maker: RowMaker;
  readonly schedule: readonly number[];
  /** Without rows: their file is named once they are written. */
  readonly plan: Omit<LoadPlan, 'shareFile'>;
};

/** Enough requests for percentiles by workload and over time. */
const windowSamples = 12_000;
const dkDigits = 6;

/** Drafts a measurement of a URL, with devices that no other run has. */
export function draftRun(
  session: SessionWithoutK6 & { readonly k6: LoadRun['k6'] },
  product: LoadProduct,
  measurement: Measurement & { readonly lane: Lane },
  url: string,
): DraftRun {
  const { k6, dialect, processes = 1 } = session;
  const { curve, mix, lane } = measurement;
  const last = curve.at(-1) ?? curve[0];
  const identity = freshIdentity();
  const maker = { fixture: product.fixture, dialect, random: seededRandom(0, identity.dkPrefix), identity };
  const schedule = measurement.schedule ?? scheduleOf(mix.map(({ weight }) => weight));
  const run: LoadRun = {
    id: identity.dkPrefix,
    profile: measurement.profile,
    target: { kind: session.target.kind, url: session.target.url },
    lane,
    parts: processes,
    planned: plannedOf(curve),
    seconds: last.at,
    curve,
    windowSeconds: measurement.windowSeconds,
    windowsByWorkload: measurement.byWorkload ?? false,
    workloads: mix.map(({ workload, weight }) =>
      runWorkload(workload, weight, measurement.usual.get(workload) ?? 'none', dialect),
    ),
    objectives: measurement.objectives,
    noiseFloor: measurement.noiseFloor,
    cores: availableParallelism(),
    k6: { version: k6.version, from: k6.from },
    notes: measurement.notes,
  };
  const made = { url, schedule, identity, rowsFile: null, run };
  const plan = { ...planOf(session, product, measurement, made), ...measurement.beside };
  return { run, plan, maker, schedule };
}

/** A run's own range of devices: the same product may serve many runs, and a device binds once. */
export function freshIdentity(): Identity {
  const letters = randomInt(36 ** 8)
    .toString(36)
    .padStart(8, '0');
  return { dkPrefix: `L${letters.toUpperCase()}`, dkDigits, ivPrefix: `r${letters}` };
}

function planOf(
  { dialect, timeoutMs, headers, insecure, network, outputs = [], k6Tags = false }: SessionWithoutK6,
  { fixture, expiredToken }: LoadProduct,
  { curve, mix, usual, scenario }: Measurement,
  made: Pick<LoadPlan, 'url' | 'schedule' | 'identity' | 'rowsFile'> & { readonly run: LoadRun },
): Omit<LoadPlan, 'shareFile'> {
  const { pk, ps, bindingCode, bindingSecret, oldBindingSecret, userDomainSecret, pwd } = fixture;
  const { run, url, ...rest } = made;
  return {
    ...rest,
    url: url + operationPath,
    headers: { ...headers, 'Content-Type': 'application/json' },
    timeout: `${timeoutMs}ms`,
    insecure: insecure ?? false,
    tlsAuth: tlsAuthOf(network),
    scenario: scenario ?? scenarioOf(curve, `${timeoutMs}ms`, run.parts),
    signedBindingCode: dialect.signedBindingCode,
    product: {
      pk,
      ps,
      bindingCode,
      bindingSecret,
      oldBindingSecret: oldBindingSecret ?? bindingSecret,
      userDomainSecret,
      ...(pwd === undefined ? {} : { pwd }),
    },
    tokens: { right: fixture.token, expired: expiredToken ?? '' },
    workloads: mix.map(({ workload }) => ({
      name: workload.name,
      recipe: workload.recipe,
      usual: String(usual.get(workload) ?? 'none'),
      standings: standingsOf(workload, dialect),
    })),
    windows: {
      milliseconds: run.windowSeconds * 1_000,
      count: Math.ceil(run.seconds / run.windowSeconds),
      byWorkload: run.windowsByWorkload,
      oneIn: run.windowsByWorkload ? 1 : sampleEvery(run.planned, made.schedule.length),
    },
    k6Tags: k6Tags || outputs.length > 0,
    tagged: outputs.length > 0,
    header: run,
  };
}

/** One request in how many is looked at closely; in step with the schedule, some workloads would never be. */
function sampleEvery(planned: number, scheduleLength: number): number {
  let every = Math.max(1, Math.floor(planned / windowSamples));
  while (commonDivisor(every, scheduleLength) > 1) every += 1;
  return every;
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}

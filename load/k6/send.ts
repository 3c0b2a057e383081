/** Sends the requests of a plan and counts the codes in the answers. A script adds how its operation signs a request. */
import { SharedArray } from 'k6/data';
import exec from 'k6/execution';
import http from 'k6/http';
import { Trend } from 'k6/metrics';
import type { LoadPlan, PlannedWorkload } from '../run/plan.ts';
import * as plans from '../run/plan.ts';
import { summaryRanks } from '../run/quantiles.ts';
import { declareOutcomes } from './outcomes.ts';
import { toShare } from './share.ts';

// Constants: k6 looks an imported name up on each use.
const { post, request } = http;
const { shareMarker, windowIndex, workloadAt } = plans;

// The plan holds secrets, so it comes from a file of mode 0600, never from `-e`: an archive would store that.
export const plan = JSON.parse(open(__ENV['BINDGATE_PLAN'] ?? '')) as LoadPlan;
const { rowsFile, schedule, workloads, windows } = plan;
// One copy for all VUs; each reads its rows as strings.
const rows = rowsFile === null ? undefined : new SharedArray('rows', () => open(rowsFile).split('\n'));
const exports = rowsFile === null ? 'signed' : 'presigned';
const scenarioNames = Object.keys(plan.scenarios);

export const options = {
  scenarios: Object.fromEntries(
    Object.entries(plan.scenarios).map(([name, scenario]) => [name, { ...scenario, exec: exports }]),
  ),
  summaryTrendStats: ['count', ...summaryRanks.map((rank) => `p(${rank})`)],
  ...(plan.k6Tags ? {} : { systemTags: [] }),
  maxRedirects: 0,
  insecureSkipTLSVerify: plan.insecure,
  tlsAuth: [...plan.tlsAuth],
};

export const count = declareOutcomes(plan);
const endings = Array.from({ length: windows.ends ? windows.count : 0 }, (_, index) => new Trend(`ended_${index}`));
const params = workloads.map(({ headers }) => ({ headers, timeout: plan.timeout }));
const firstNumbers = new Map(scenarioNames.map((name, index) => [name, index * schedule.each]));
/** Read once: k6 creates the object on each access, which costs as much as a signature. Its values stay up to date. */
let scenario: typeof exec.scenario | undefined;
let started: number | undefined;

/** Sends a request that was signed before the run. Not async: a promise for each iteration costs as much as the counting. */
export function presigned(): void {
  const number = nextNumber();
  const body = rows?.[number];
  if (body === undefined) throw new Error(`no row ${number}`);
  send(body, number);
}

/** Signs a request in the VU and sends it; `sign` makes the body of the request with a number in a run. */
export function signing(
  sign: (workload: PlannedWorkload, run: string, number: number) => Promise<string>,
): () => Promise<void> {
  return async () => {
    const number = nextNumber();
    const workload = workloads[workloadAt(schedule, number)];
    if (workload === undefined) throw new Error(`no workload of ${number}`);
    send(await sign(workload, plan.id, number), number);
  };
}

/** A request that a script makes: another method, or a URL that depends on its number. */
type MadeRequest = { readonly method: string; readonly url: string; readonly body: string };

/** Makes a request in the VU and sends it, for an operation without a signature. */
export function making(make: (workload: PlannedWorkload, run: string, number: number) => MadeRequest): () => void {
  return () => {
    const number = nextNumber();
    const workload = workloads[workloadAt(schedule, number)];
    if (workload === undefined) throw new Error(`no workload of ${number}`);
    const made = make(workload, plan.id, number);
    send(made.body, number, made);
  };
}

/** k6 numbers start at 0 in every scenario; this makes them unique in the run. */
function nextNumber(): number {
  scenario ??= exec.scenario;
  const number = scenario.iterationInTest;
  return scenarioNames.length === 1 ? number : number + (firstNumbers.get(scenario.name) ?? 0);
}

function send(body: string, number: number, made?: MadeRequest): void {
  const index = workloadAt(schedule, number);
  const settling = number % schedule.each < windows.settling;
  const window = settling ? undefined : findWindow(number);
  const answer =
    made === undefined
      ? post(workloads[index]?.url ?? '', body, params[index])
      : request(made.method, made.url, body, params[index]);
  const sampled = window !== undefined && number % windows.oneIn === 0;
  const place = sampled ? windowIndex(window, index, workloads.length, windows.byWorkload) : undefined;
  count(answer, index, place, settling);
  if (windows.ends && window !== undefined && answer.status !== 0) {
    endings[window]?.add(Date.now() - exec.scenario.startTime);
  }
}

function findWindow(number: number): number {
  if (windows.milliseconds === null) return Math.floor(number / schedule.each);
  started ??= exec.scenario.startTime;
  return Math.min(windows.count - 1, Math.floor((Date.now() - started) / windows.milliseconds));
}

/** Writes the raw numbers. They are judged in Node, because k6 itself passes runs that measured nothing. */
export function handleSummary(data: Parameters<typeof toShare>[0]): Record<string, string> {
  const share = JSON.stringify(toShare(data, plan.header));
  return plan.shareFile === null ? { stdout: `${shareMarker}${share}\n` } : { [plan.shareFile]: share };
}

/** Sends the requests of a plan and counts what the bodies' codes say. */
import { SharedArray } from 'k6/data';
import exec from 'k6/execution';
import http from 'k6/http';
import type { LoadPlan } from '../run/plan.ts';
import { shareMarker, windowIndex } from '../run/plan.ts';
import { signedBody } from '../pure-bt/k6/requests.ts';
import { summaryRanks } from '../run/quantiles.ts';
import { declareOutcomes } from './outcomes.ts';
import { shareOf } from './share.ts';

// The plan holds secrets, so it comes from a file of mode 0600, never from `-e`, which an archive would keep.
const plan = JSON.parse(open(__ENV['BINDGATE_PLAN'] ?? '')) as LoadPlan;
const { rowsFile, schedule, workloads, tokens, windows } = plan;
// One copy for all VUs; each reads its rows as strings.
const rows = rowsFile === null ? undefined : new SharedArray('rows', () => open(rowsFile).split('\n'));

export const options = {
  scenarios: { bind: { ...plan.scenario, exec: rowsFile === null ? 'signed' : 'presigned' } },
  summaryTrendStats: ['count', ...summaryRanks.map((rank) => `p(${rank})`)],
  ...(plan.k6Tags ? {} : { systemTags: [] }),
  maxRedirects: 0,
  insecureSkipTLSVerify: plan.insecure,
  tlsAuth: [...plan.tlsAuth],
};

const count = declareOutcomes(plan);
const paramsOf = workloads.map(({ recipe }) => ({
  headers: {
    ...plan.headers,
    ...(recipe.token === 'absent' ? {} : { Authorization: `Bearer ${tokens[recipe.token]}` }),
  },
  timeout: plan.timeout,
}));
/** Asked for once: k6 makes it anew each time, for as much as a request's signature costs, and what it tells stays up to date. */
let scenario: typeof exec.scenario | undefined;
let started: number | undefined;

/** Sends requests that were signed before. Not async: a promise for each iteration costs as much as the counting. */
export function presigned(): void {
  scenario ??= exec.scenario;
  const number = scenario.iterationInTest;
  const body = rows?.[number];
  if (body === undefined) throw new Error(`no row ${number}`);
  send(body, number);
}

/** Signs in the VU. */
export async function signed(): Promise<void> {
  scenario ??= exec.scenario;
  const number = scenario.iterationInTest;
  const { recipe } = workloads[workloadOf(number)] ?? {};
  if (recipe === undefined) throw new Error(`no workload of ${number}`);
  send(await signedBody(plan, recipe, number), number);
}

function workloadOf(number: number): number {
  return schedule[number % schedule.length] ?? 0;
}

function send(body: string, number: number): void {
  const workload = workloadOf(number);
  const window =
    number % windows.oneIn === 0 ? windowIndex(windowNow(), workload, workloads.length, windows.byWorkload) : undefined;
  count(http.post(plan.url, body, paramsOf[workload]), workload, window);
}

function windowNow(): number {
  started ??= exec.scenario.startTime;
  return Math.min(windows.count - 1, Math.floor((Date.now() - started) / windows.milliseconds));
}

/** The raw numbers; they are judged in Node, since k6's own word passes runs that measured nothing. */
export function handleSummary(data: Parameters<typeof shareOf>[0]): Record<string, string> {
  const share = JSON.stringify(shareOf(data, plan.header));
  return plan.shareFile === null ? { stdout: `${shareMarker}${share}\n` } : { [plan.shareFile]: share };
}

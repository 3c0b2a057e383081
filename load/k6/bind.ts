/** Sends the requests of a plan and counts what the bodies' codes say. */
import { SharedArray } from 'k6/data';
import exec from 'k6/execution';
import http from 'k6/http';
import type { LoadPlan } from '../plan.ts';
import { shareMarker } from '../plan.ts';
import { summaryRanks } from '../quantiles.ts';
import { declareOutcomes } from './outcomes.ts';
import { signedBody } from './requests.ts';
import { shareOf } from './share.ts';

// The plan holds secrets, so it comes from a file of mode 0600, never from `-e`, which an archive would keep.
const plan = JSON.parse(open(__ENV['BINDGATE_PLAN'] ?? '')) as LoadPlan;
const { rowsFile, schedule, workloads, tokens, windows } = plan;
// One copy for all VUs; each reads its rows as strings.
const rows = rowsFile === null ? undefined : new SharedArray('rows', () => open(rowsFile).split('\n'));

export const options = {
  scenarios: { bind: plan.scenario },
  summaryTrendStats: ['count', ...summaryRanks.map((rank) => `p(${rank})`)],
  systemTags: [],
  maxRedirects: 0,
  insecureSkipTLSVerify: plan.insecure,
};

const count = declareOutcomes(plan);
const paramsOf = workloads.map(({ recipe }) => ({
  headers: {
    ...plan.headers,
    ...(recipe.token === 'absent' ? {} : { Authorization: `Bearer ${tokens[recipe.token]}` }),
  },
  timeout: plan.timeout,
}));
let started: number | undefined;

export default async function bind(): Promise<void> {
  started ??= exec.scenario.startTime;
  const number = exec.scenario.iterationInTest;
  const workload = schedule[number % schedule.length] ?? 0;
  const { recipe } = workloads[workload] ?? {};
  if (recipe === undefined) throw new Error(`no workload ${workload}`);
  const body = rows === undefined ? await signedBody(plan, recipe, number) : rows[number];
  if (body === undefined) throw new Error(`no row ${number}`);
  const window = Math.min(windows.count - 1, Math.floor((Date.now() - started) / windows.milliseconds));
  count(http.post(plan.url, body, paramsOf[workload]), workload, window);
}

/** The raw numbers; they are judged in Node, since k6's own word passes runs that measured nothing. */
export function handleSummary(data: Parameters<typeof shareOf>[0]): Record<string, string> {
  const share = JSON.stringify(shareOf(data, plan.header));
  return plan.shareFile === null ? { stdout: `${shareMarker}${share}\n` } : { [plan.shareFile]: share };
}

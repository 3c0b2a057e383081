/** Sends the rows of one slot after another as fast as the answers come, with a few requests under way. */
import { SharedArray } from 'k6/data';
import exec from 'k6/execution';
import http from 'k6/http';
import { Counter, Trend } from 'k6/metrics';
import { summaryRanks } from '../run/quantiles.ts';
import type { CapacityPlan } from '../stages/capacity-plan.ts';
import { codeOf, usualCode } from './outcomes.ts';
import { shareOf } from './share.ts';

const plan = JSON.parse(open(__ENV['BINDGATE_PLAN'] ?? '')) as CapacityPlan;
const { rowsFile } = plan;
const rows = new SharedArray('rows', () => open(rowsFile ?? '').split('\n'));

export const options = {
  scenarios: Object.fromEntries(
    plan.slots.map(({ startSeconds }, index) => [
      `slot_${index}`,
      {
        executor: 'shared-iterations',
        vus: plan.concurrency,
        iterations: plan.rowsOfSlot,
        startTime: `${Math.round(startSeconds * 1_000)}ms`,
        maxDuration: `${plan.slotMs}ms`,
        gracefulStop: '0s',
      },
    ]),
  ),
  summaryTrendStats: ['count', ...summaryRanks.map((rank) => `p(${rank})`)],
  systemTags: [],
  maxRedirects: 0,
  insecureSkipTLSVerify: plan.insecure,
  tlsAuth: [...plan.tlsAuth],
};

const ends = plan.slots.map((_, index) => new Trend(`slot_${index}`));
const wrong = plan.workloads.map((_, index) => new Counter(`wrong_${index}`));
const unanswered = new Counter('unanswered');
const paramsOf = plan.workloads.map(({ recipe }) => ({
  headers: {
    ...plan.headers,
    ...(recipe.token === 'absent' ? {} : { Authorization: `Bearer ${plan.tokens[recipe.token]}` }),
  },
  timeout: plan.timeout,
}));
const usualOf = plan.workloads.map(({ usual }) => usualCode(usual));

export default function send(): void {
  const index = Number(exec.scenario.name.slice('slot_'.length));
  const slot = plan.slots[index];
  // Numbers start again in every scenario, so each slot has rows of its own.
  const body = rows[index * plan.rowsOfSlot + exec.scenario.iterationInTest];
  if (slot === undefined || body === undefined) throw new Error(`no row in slot ${index}`);
  const { workload } = slot;
  const answer = http.post(slot.url, body, paramsOf[workload]);
  const usual = usualOf[workload];
  if (usual === undefined) throw new Error(`no workload ${workload}`);
  if (answer.status === 0) unanswered.add(1);
  else if (codeOf(answer, usual) !== usual.usual) wrong[workload]?.add(1);
  ends[index]?.add(Date.now() - exec.scenario.startTime);
}

/** The raw numbers: how many requests of a slot had ended, and when the last one did. */
export function handleSummary(data: Parameters<typeof shareOf>[0]): Record<string, string> {
  return { [plan.shareFile ?? '']: JSON.stringify(shareOf(data, plan.header)) };
}

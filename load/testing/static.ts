/** The same POST over and over, and nothing made of the answer: what k6 itself can do on this machine. */
import exec from 'k6/execution';
import http from 'k6/http';
import { toShare } from '../k6/share.ts';
import type { LoadPlan } from '../run/plan.ts';
import { summaryRanks } from '../run/quantiles.ts';

const plan = JSON.parse(open(__ENV['BINDGATE_PLAN'] ?? '')) as LoadPlan;
const [sent] = plan.workloads;
const body = open(plan.rowsFile ?? '').split('\n')[0] ?? '';
const params = { headers: { ...sent?.headers }, timeout: plan.timeout };

export const options = {
  scenarios: plan.scenarios,
  summaryTrendStats: ['count', ...summaryRanks.map((rank) => `p(${rank})`)],
  ...(plan.k6Tags ? {} : { systemTags: [] }),
};

export default function post(): void {
  if (http.post(sent?.url ?? '', body, params).status !== 200) exec.test.abort('the null server did not answer');
}

export function handleSummary(data: Parameters<typeof toShare>[0]): Record<string, string> {
  return { [plan.shareFile ?? '']: JSON.stringify(toShare(data, plan.header)) };
}

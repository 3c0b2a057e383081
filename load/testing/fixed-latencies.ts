/** A k6 script that sends nothing and counts answers whose latencies follow from their numbers alone. */
import exec from 'k6/execution';
import type { RefinedResponse, ResponseType } from 'k6/http';
import { declareOutcomes } from '../k6/outcomes.ts';
import { shareOf } from '../k6/share.ts';
import type { LoadPlan } from '../run/plan.ts';
import { summaryRanks } from '../run/quantiles.ts';
import { fixedLatency } from './latencies.ts';

const plan = JSON.parse(open(__ENV['BINDGATE_PLAN'] ?? '')) as LoadPlan;
const count = declareOutcomes(plan);

export const options = {
  scenarios: { bind: plan.scenario },
  summaryTrendStats: ['count', ...summaryRanks.map((rank) => `p(${rank})`)],
};

export default function fixedLatencies(): void {
  const duration = fixedLatency(exec.scenario.iterationInTest);
  const answer = { status: 200, body: '{"code":200}', timings: { duration } };
  count(answer as RefinedResponse<ResponseType | undefined>, 0, 0);
}

export function handleSummary(data: Parameters<typeof shareOf>[0]): Record<string, string> {
  return { [plan.shareFile ?? '']: JSON.stringify(shareOf(data, plan.header)) };
}

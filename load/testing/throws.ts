/** A k6 script whose every iteration throws: k6 itself ends it with exit code 0. */
import { shareOf } from '../k6/share.ts';
import type { LoadPlan } from '../run/plan.ts';

const plan = JSON.parse(open(__ENV['BINDGATE_PLAN'] ?? '')) as LoadPlan;

export const options = { scenarios: { bind: plan.scenario } };

export default function throws(): void {
  throw new Error('planted');
}

export function handleSummary(data: Parameters<typeof shareOf>[0]): Record<string, string> {
  return { [plan.shareFile ?? '']: JSON.stringify(shareOf(data, plan.header)) };
}

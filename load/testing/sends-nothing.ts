/** A k6 script that counts what it never sent. */
import { Counter } from 'k6/metrics';
import { shareOf } from '../k6/share.ts';
import type { LoadPlan } from '../run/plan.ts';

const plan = JSON.parse(open(__ENV['BINDGATE_PLAN'] ?? '')) as LoadPlan;
const bound = new Counter('usual_0');

export const options = { scenarios: { bind: plan.scenario } };

export default function sendsNothing(): void {
  bound.add(1);
}

export function handleSummary(data: Parameters<typeof shareOf>[0]): Record<string, string> {
  return { [plan.shareFile ?? '']: JSON.stringify(shareOf(data, plan.header)) };
}

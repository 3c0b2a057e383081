/** Binds new devices on several servers in turn, window by window, and keeps what each window measured apart. */
import exec from 'k6/execution';
import http from 'k6/http';
import { Counter, Trend } from 'k6/metrics';
import { knownCodes } from '../run/codes.ts';
import type { WindowsPlan } from '../compare/plan.ts';
import { signedBody } from '../pure-bt/k6/requests.ts';
import type { Recipe } from '../pure-bt/recipe.ts';

// The plan holds secrets, so it comes from a file of mode 0600, never from `-e`.
const plan = JSON.parse(open(__ENV['BINDGATE_PLAN'] ?? '')) as WindowsPlan;

export const options = {
  scenarios: { windows: plan.scenario },
  summaryTrendStats: ['count', 'p(10)', 'p(50)', 'p(90)', 'p(95)', 'p(99)'],
  systemTags: [],
  maxRedirects: 0,
  insecureSkipTLSVerify: plan.insecure,
  tlsAuth: [...plan.tlsAuth],
};

// A Trend per window: its percentiles are exact, and no threshold has to be declared for k6 to report them.
const latency = plan.order.map((_, index) => new Trend(`latency_${index}`));
/** When the answers came, in milliseconds since the start: how fast they came is read from these. */
const answeredAt = plan.order.map((_, index) => new Trend(`answered_${index}`));

const outcomes = [...knownCodes.map(String), 'other', 'none', 'unanswered', 'stale'];
const counters = plan.sides.map(
  (_, side) => new Map(outcomes.map((outcome) => [outcome, new Counter(`outcome_${side}_${outcome}`)])),
);
const codeInBody = /"code"\s*:\s*(-?\d+)(?![\d.eE])/;

const plainBind: Recipe = {
  token: 'right',
  dk: 'right',
  bindingCode: 'plain',
  newSecret: 'right',
  oldSecret: 'absent',
  signature: 'right',
};

export default async function windows(): Promise<void> {
  const iteration = exec.scenario.iterationInTest;
  const window = Math.floor(iteration / plan.requestsPerWindow);
  const sideIndex = plan.order[window];
  const side = plan.sides[sideIndex ?? -1];
  // k6 may start one iteration more than rate times duration.
  if (sideIndex === undefined || side === undefined) return;

  const { identity, signedBindingCode } = plan;
  const body = await signedBody({ product: side.product, identity, signedBindingCode }, plainBind, iteration);
  const answer = http.post(side.url, body, { headers: side.headers, timeout: plan.timeout });

  const [, code] = codeInBody.exec(typeof answer.body === 'string' ? answer.body : '') ?? [];
  const settling = iteration % plan.requestsPerWindow < plan.settling;
  const outcome = outcomeOf(answer.status, code);
  counters[sideIndex]?.get(settling && outcome === 'unanswered' ? 'stale' : outcome)?.add(1);
  if (settling || outcome === 'unanswered') return;
  latency[window]?.add(answer.timings.duration);
  answeredAt[window]?.add(Date.now() - exec.scenario.startTime);
}

function outcomeOf(status: number, code: string | undefined): string {
  if (status === 0) return 'unanswered';
  if (status !== 200 || code === undefined) return 'none';
  return outcomes.includes(code) ? code : 'other';
}

/** The raw numbers; they are judged in Node. */
export function handleSummary(data: unknown): Record<string, string> {
  return { [plan.summaryFile]: JSON.stringify(data) };
}

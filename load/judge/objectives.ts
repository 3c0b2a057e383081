import { nearest } from '../../contract/nearest.ts';
import { UserError } from '../../contract/user-error.ts';
import { definedOnly } from '../../spec/defined-only.ts';
import { peakRate } from '../profiles.ts';
import type { Latency, ObjectiveResult } from '../results.ts';
import type { LoadRun } from '../run/share.ts';
import type { Measured } from './measured.ts';

/** What a load must keep, as it is written: `p99 < 50 ms at 500/s`, `refused correctly 100 %`. */
export type Objective =
  | {
      readonly kind: 'latency';
      readonly text: string;
      readonly percentile: keyof Latency;
      /** A workload's name or a code; all requests where it is absent. */
      readonly of?: string;
      readonly limitMs: number;
      /** The rate it is meant for; any where it is absent. */
      readonly atRate?: number;
    }
  | { readonly kind: 'correct'; readonly text: string; readonly what: 'bound' | 'refused'; readonly percent: number };

/** What came of an objective: a verdict, why the numbers cannot give one, or why it was not asked of this run. */
export type Judged =
  | { readonly result: ObjectiveResult }
  | { readonly undecided: string }
  | { readonly skipped: string };

const percentiles = { p50: 'p50', p90: 'p90', p95: 'p95', p99: 'p99', 'p99.9': 'p999', max: 'max' } as const;
const percentileShares: Readonly<Record<keyof Latency, number>> = {
  p50: 0.5,
  p90: 0.9,
  p95: 0.95,
  p99: 0.99,
  p999: 0.999,
  max: 1,
};
/** A percentile is quoted when at least this many requests lie beyond it. */
const beyond = 5;
/** A limit nearer to the generator's own latency than this factor cannot be said to be broken by the server. */
const clearOfFloor = 2;

const latencyForm =
  /^(?<percentile>p50|p90|p95|p99|p99\.9|max)(?: of (?<of>[a-z0-9-]+))?\s*(?:<|<=|≤)\s*(?<limit>\d+(?:\.\d+)?)\s*(?<unit>ms|s)(?:\s+at\s+(?<rate>\d+)\s*\/\s*s)?$/;
const correctForm = /^(?<what>bound|refused) correctly\s*(?:>=|≥)?\s*(?<percent>\d+(?:\.\d+)?)\s*%$/;

/** Without others, every request that is right binds, and every one that is wrong is refused as the contract says. */
export const defaultObjectives: readonly string[] = ['bound correctly 100 %', 'refused correctly 100 %'];

/**
 * Reads an objective.
 * @throws UserError (exit code 2) for a text of another form.
 */
export function readObjective(text: string): Objective {
  const trimmed = text.trim();
  const latency = latencyForm.exec(trimmed)?.groups;
  if (latency !== undefined) {
    const { percentile, of, limit, unit, rate } = latency;
    return {
      kind: 'latency',
      text: trimmed,
      percentile: percentiles[percentile as keyof typeof percentiles],
      limitMs: Number(limit) * (unit === 's' ? 1_000 : 1),
      ...definedOnly({ of, atRate: rate === undefined ? undefined : Number(rate) }),
    };
  }
  const correct = correctForm.exec(trimmed)?.groups;
  const percent = Number(correct?.['percent']);
  if (correct !== undefined && percent <= 100) {
    return { kind: 'correct', text: trimmed, what: correct['what'] as 'bound' | 'refused', percent };
  }
  throw new UserError(
    `the load objective "${text}" cannot be read; write "p99 < 50 ms", "p95 of encrypted < 0.2 s at 500/s" or "refused correctly 100 %"`,
    2,
  );
}

/** The objectives of a configuration, with the default ones where it says nothing about what they say. */
export function readObjectives(texts: readonly string[]): readonly Objective[] {
  const own = texts.map(readObjective);
  const said = new Set(own.flatMap((objective) => (objective.kind === 'correct' ? [objective.what] : [])));
  const others = defaultObjectives.map(readObjective);
  return [...others.filter((objective) => objective.kind === 'correct' && !said.has(objective.what)), ...own];
}

/** Holds a run's numbers against an objective. Pure. */
export function judgeObjective(objective: Objective, measured: Measured, run: LoadRun): Judged {
  return objective.kind === 'correct' ? judgeCorrect(objective, measured, run) : judgeLatency(objective, measured, run);
}

function judgeCorrect(
  { what, percent, text }: Objective & { kind: 'correct' },
  { workloads }: Measured,
  run: LoadRun,
): Judged {
  const asked = workloads.filter((_, index) => run.workloads[index]?.binds === (what === 'bound'));
  if (asked.length === 0) return { skipped: `"${text}" is not asked: no such request is sent` };
  const total = asked.reduce((sum, { requests }) => sum + requests, 0);
  const right = asked.reduce((sum, workload) => sum + workload.right + workload.open, 0);
  const wrong = asked.filter(({ requests, right: ok, open }) => ok + open < requests).map(({ name }) => name);
  const where = wrong.length === 0 ? '' : `; not ${wrong.join(', ')}`;
  const kept = total > 0 && right >= (total * percent) / 100;
  return { result: { name: text, kept, detail: `${right} of ${total}${where}` } };
}

function judgeLatency(objective: Objective & { kind: 'latency' }, measured: Measured, run: LoadRun): Judged {
  const { percentile, of, limitMs, atRate, text } = objective;
  const rate = peakRate(run.curve);
  if (atRate !== undefined && rate < atRate) {
    return { skipped: `"${text}" is not judged: this run asked for ${rate}/s; run it with --rate ${atRate}` };
  }
  const subject = of === undefined ? { count: measured.judged, latency: measured.latency } : findSubject(of, measured);
  if (subject === undefined)
    return { skipped: `"${text}" is not judged: this run has no ${unknownSubject(of, measured)}` };
  const { count, latency } = subject;
  const needed = percentile === 'max' ? 1 : Math.round(beyond / (1 - percentileShares[percentile]));
  if (count < needed) {
    // Few requests say nothing of a percentile, unless not one of them took longer.
    if (count > 0 && latency.max <= limitMs) {
      return {
        result: { name: text, kept: true, detail: `none of ${count} requests took longer than ${latency.max} ms` },
      };
    }
    return { undecided: `"${text}" needs ${needed} requests, and there were ${count}; run longer` };
  }
  const value = latency[percentile];
  const kept = value <= limitMs;
  if (!kept && atRate !== undefined && rate > atRate) {
    return { skipped: `"${text}" is not judged: this run asked for ${rate}/s, which is more` };
  }
  const floor = run.noiseFloor?.[percentile] ?? 0;
  // What the generator adds can only break an objective, never keep it.
  if (!kept && floor * clearOfFloor > limitMs) {
    return {
      undecided: `"${text}" cannot be judged: the generator alone has ${floor} ms there (noise floor); use a quieter or larger generator`,
    };
  }
  return { result: { name: text, kept, detail: `${value} ms` } };
}

function findSubject(
  of: string,
  { workloads, latencyByCode }: Measured,
): { count: number; latency: Latency } | undefined {
  const workload = workloads.find(({ name }) => name === of);
  return workload === undefined
    ? latencyByCode.find(({ code }) => String(code) === of)
    : { count: workload.requests, latency: workload.latency };
}

function unknownSubject(of: string | undefined, { workloads }: Measured): string {
  const meant = nearest(
    of ?? '',
    workloads.map(({ name }) => name),
  );
  return `workload or code "${of}"${meant === undefined ? '' : ` (is "${meant}" meant?)`}`;
}

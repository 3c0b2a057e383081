import { nearest } from '../../contract/nearest.ts';
import { UserError } from '../../contract/user-error.ts';
import { definedOnly } from '../../spec/defined-only.ts';
import { peakRate } from '../profiles.ts';
import type { Latency, ObjectiveResult } from '../results.ts';
import type { LoadRun } from '../run/share.ts';
import type { Measured } from './measured.ts';

/** An objective of a load as it is written: `p99 < 50 ms at 500/s`, `refused correctly 100 %`. */
export type Objective =
  | {
      readonly kind: 'latency';
      readonly text: string;
      readonly percentile: keyof Latency;
      /** The name of a workload, or a code; all requests if absent. */
      readonly of?: string;
      readonly limitMs: number;
      /** The rate that it applies to; any rate if absent. */
      readonly atRate?: number;
    }
  | { readonly kind: 'correct'; readonly text: string; readonly what: 'bound' | 'refused'; readonly percent: number };

/** The result of an objective: a verdict, why the numbers cannot give one, or why it does not apply to this run. */
export type Judged =
  | { readonly result: ObjectiveResult }
  | { readonly undecided: string }
  | { readonly skipped: string };

/** A percentile is only used if at least this many requests are above it. */
const beyond = 5;
/** A limit must be at least this many times the noise floor; below that, the generator alone could miss it. */
const clearOfFloor = 2;

const latencyForm =
  /^(?<percentile>p50|p90|p95|p99|p99\.9|max)(?: of (?<of>[a-z0-9-]+))?\s*(?:<|<=|≤)\s*(?<limit>\d+(?:\.\d+)?)\s*(?<unit>ms|s)(?:\s+at\s+(?<rate>\d+)\s*\/\s*s)?$/;
const correctForm = /^(?<what>bound|refused) correctly\s*(?:>=|≥)?\s*(?<percent>\d+(?:\.\d+)?)\s*%$/;

/** The default: every correct request binds, and every faulty request is refused as the contract says. */
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
      percentile: percentile?.replace('.', '') as keyof Latency,
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
    `the load objective "${text}" is not valid; write "p99 < 50 ms", "p95 of encrypted < 0.2 s at 500/s" or "refused correctly 100 %"`,
    2,
  );
}

/** The objectives of a configuration, and the default ones that it does not replace. */
export function readObjectives(texts: readonly string[]): readonly Objective[] {
  const own = texts.map(readObjective);
  const said = new Set(own.flatMap((objective) => (objective.kind === 'correct' ? [objective.what] : [])));
  const others = defaultObjectives.map(readObjective);
  return [...others.filter((objective) => objective.kind === 'correct' && !said.has(objective.what)), ...own];
}

/** Judges the numbers of a run by an objective. Pure. */
export function judgeObjective(objective: Objective, measured: Measured, run: LoadRun): Judged {
  return objective.kind === 'correct' ? judgeCorrect(objective, measured, run) : judgeLatency(objective, measured, run);
}

function judgeCorrect(
  { what, percent, text }: Objective & { kind: 'correct' },
  { workloads }: Measured,
  run: LoadRun,
): Judged {
  const asked = workloads.filter((_, index) => run.workloads[index]?.binds === (what === 'bound'));
  if (asked.length === 0) return { skipped: `"${text}" is not judged: this run sends no such request` };
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
    return { skipped: `"${text}" is not judged: this run used the rate ${rate}/s; use --rate ${atRate}` };
  }
  const subject = of === undefined ? { count: measured.judged, latency: measured.latency } : findSubject(of, measured);
  if (subject === undefined)
    return { skipped: `"${text}" is not judged: this run has no ${unknownSubject(of, measured)}` };
  const { count, latency } = subject;
  // `p999` is the share 0.999.
  const needed = percentile === 'max' ? 1 : Math.round(beyond / (1 - Number(percentile.replace('p', '0.'))));
  if (count < needed) {
    // Few requests do not give a percentile, unless none of them took longer than the limit.
    if (count > 0 && latency.max <= limitMs) {
      return {
        result: { name: text, kept: true, detail: `none of ${count} requests took longer than ${latency.max} ms` },
      };
    }
    return { undecided: `"${text}" needs ${needed} requests, but there were ${count}; use a longer --duration` };
  }
  const value = latency[percentile];
  const kept = value <= limitMs;
  if (!kept && atRate !== undefined && rate > atRate) {
    return { skipped: `"${text}" is not judged: it missed its limit, but at a higher rate, ${rate}/s` };
  }
  const floor = run.noiseFloor?.[percentile] ?? 0;
  // The latency of the generator can only make a run miss an objective, never meet it.
  if (!kept && floor * clearOfFloor > limitMs) {
    return {
      undecided: `"${text}" cannot be judged: the generator alone takes ${floor} ms (noise floor); use a quieter or larger generator`,
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
  return `workload or code "${of}"${meant === undefined ? '' : `; did you mean "${meant}"?`}`;
}

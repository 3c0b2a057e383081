/** What came of each request, counted: the body's code is the outcome. */
import type { RefinedResponse, ResponseType } from 'k6/http';
import { Counter, Trend } from 'k6/metrics';
import { knownCodes, slotOf, unlistedSlots } from '../run/codes.ts';
import { bucketCount, bucketOf } from '../run/histogram.ts';
import type { LoadPlan } from '../run/plan.ts';

/** Counts one answer to a request of a workload, and of a window of time where one is given. */
export type CountOutcome = (
  answer: RefinedResponse<ResponseType | undefined>,
  workload: number,
  window: number | undefined,
) => void;

// No lookahead: with one, k6's engine takes its slow way for every answer.
const codeInBody = /"code"\s*:\s*(-?\d+)\s*[,}]/;

const known = new Set(knownCodes.map(String));

/** The code that is usual, and how most bodies with it begin. */
export type UsualCode = { readonly usual: string; readonly usualStart: string };

/** The usual code of a workload, ready to be looked for. */
export function usualCode(usual: string): UsualCode {
  return { usual, usualStart: `{"code":${usual},` };
}

/** The code of an answer, or `none`; most bodies begin with the usual one, and need no more than a look. */
export function codeOf(
  { status, body }: RefinedResponse<ResponseType | undefined>,
  { usual, usualStart }: UsualCode,
): string {
  if (status !== 200 || typeof body !== 'string') return 'none';
  if (body.startsWith(usualStart)) return usual;
  const found = codeInBody.exec(body);
  return found === null ? 'none' : String(found[1]);
}

/** For a code outside the document, a workload says only whether any refusal is right. */
function standingOf(code: string, standings: LoadPlan['workloads'][number]['standings']): 'right' | 'open' | 'wrong' {
  return standings[known.has(code) || code === 'none' ? code : 'other'] ?? 'wrong';
}

/** Declares the metrics; in k6 that can be done at the start alone. Each one costs every VU about 4 KB. */
export function declareOutcomes({ workloads, windows, tagged }: LoadPlan): CountOutcome {
  const byCode = new Map([...known, 'none'].map((code) => [code, new Counter(`code_${code}`)]));
  /** All other codes: counted together while it runs, and told apart by their slots afterwards (`shareOf`). */
  const unlisted = new Counter('code_other');
  const slots = Array.from({ length: unlistedSlots }, (_, slot) => new Trend(`slot_code_${slot}`));
  /** No whole HTTP answer: nothing that a server said, so nothing to judge it by. */
  const unanswered = new Counter('unanswered');
  const buckets = Array.from({ length: bucketCount }, (_, index) => new Counter(`bucket_${index}`));
  const byWindow = Array.from(
    { length: windows.count * (windows.byWorkload ? workloads.length : 1) },
    (_, index) => new Trend(`window_${index}`),
  );
  const byWorkload = workloads.map(({ name, usual, standings }, index) => ({
    name,
    ...usualCode(usual),
    standings,
    usualAnswers: new Counter(`usual_${index}`),
    /** Latencies of usual answers: of a sample of them, as for windows. */
    latencies: new Trend(`latency_${index}`),
    unusual: {
      right: new Counter(`right_${index}`),
      open: new Counter(`open_${index}`),
      wrong: new Counter(`wrong_${index}`),
    },
  }));
  const outcomes = tagged ? new Counter('bindgate_outcomes') : undefined;

  const countCode = (code: string): void => {
    const counter = byCode.get(code);
    if (counter !== undefined) {
      counter.add(1);
      return;
    }
    unlisted.add(1);
    const slot = slotOf(Number(code));
    if (slot !== undefined) slots[slot]?.add(Number(code));
  };

  // Every request comes through here: no destructuring of arrays, which costs k6's engine as much as a metric.
  return (answer, workload, window) => {
    const of = byWorkload[workload];
    if (of === undefined) throw new Error(`no workload ${workload}`);
    if (answer.status === 0) {
      unanswered.add(1);
      return;
    }
    const { duration } = answer.timings;
    const code = codeOf(answer, of);
    buckets[bucketOf(duration)]?.add(1);
    if (window !== undefined) byWindow[window]?.add(duration);
    if (code === of.usual) {
      // The usual code is counted by workload alone: one metric less for nearly every request.
      of.usualAnswers.add(1);
      if (window !== undefined) of.latencies.add(duration);
    } else {
      countCode(code);
      of.unusual[standingOf(code, of.standings)].add(1);
    }
    outcomes?.add(1, { code: byCode.has(code) || code === of.usual ? code : 'other', workload: of.name });
  };
}

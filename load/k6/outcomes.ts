/** What came of each request, counted: the body's code is the outcome. */
import type { RefinedResponse, ResponseType } from 'k6/http';
import { Counter, Trend } from 'k6/metrics';
import { knownCodes } from '../codes.ts';
import { bucketCount, bucketOf } from '../histogram.ts';
import type { LoadPlan } from '../plan.ts';

/** Counts one answer to a request of a workload, and of a window of time where one is given. */
export type CountOutcome = (
  answer: RefinedResponse<ResponseType | undefined>,
  workload: number,
  window: number | undefined,
) => void;

// No lookahead: with one, k6's engine takes its slow way for every answer.
const codeInBody = /"code"\s*:\s*(-?\d+)\s*[,}]/;

const known = new Set(knownCodes.map(String));

/** The code in a body; most bodies begin with the usual one, and need no more than a look. */
function codeOf(body: string, { usual, usualStart }: { readonly usual: string; readonly usualStart: string }): string {
  if (body.startsWith(usualStart)) return usual;
  const found = codeInBody.exec(body);
  if (found === null) return 'none';
  const code = String(found[1]);
  return known.has(code) ? code : 'other';
}

/** Declares the metrics; in k6 that can be done at the start alone. Each one costs every VU about 4 KB. */
export function declareOutcomes({ workloads, windows, tagged }: LoadPlan): CountOutcome {
  const byCode = new Map(
    [...knownCodes.map(String), 'other', 'none'].map((code) => [code, new Counter(`code_${code}`)]),
  );
  /** No whole HTTP answer: nothing that a server said, so nothing to judge it by. */
  const unanswered = new Counter('unanswered');
  const buckets = Array.from({ length: bucketCount }, (_, index) => new Counter(`bucket_${index}`));
  const byWindow = Array.from(
    { length: windows.count * (windows.byWorkload ? workloads.length : 1) },
    (_, index) => new Trend(`window_${index}`),
  );
  const byWorkload = workloads.map(({ name, usual, standings }, index) => ({
    name,
    usual,
    standings,
    usualStart: `{"code":${usual},`,
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

  // Every request comes through here: no destructuring of arrays, which costs k6's engine as much as a metric.
  return (answer, workload, window) => {
    const of = byWorkload[workload];
    if (of === undefined) throw new Error(`no workload ${workload}`);
    const { status, body } = answer;
    if (status === 0) {
      unanswered.add(1);
      return;
    }
    const { duration } = answer.timings;
    const code = status === 200 && typeof body === 'string' ? codeOf(body, of) : 'none';
    buckets[bucketOf(duration)]?.add(1);
    if (window !== undefined) byWindow[window]?.add(duration);
    if (code === of.usual) {
      // The usual code is counted by workload alone: one metric less for nearly every request.
      of.usualAnswers.add(1);
      if (window !== undefined) of.latencies.add(duration);
    } else {
      byCode.get(code)?.add(1);
      of.unusual[of.standings[code] ?? 'wrong'].add(1);
    }
    outcomes?.add(1, { code, workload: of.name });
  };
}

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
    // Latencies of the usual answer; what is unlike it is only counted.
    usualAnswers: new Trend(`usual_${index}`),
    unusual: {
      right: new Counter(`right_${index}`),
      open: new Counter(`open_${index}`),
      wrong: new Counter(`wrong_${index}`),
    },
  }));
  const outcomes = tagged ? new Counter('bindgate_outcomes') : undefined;

  return (answer, workload, window) => {
    const of = byWorkload[workload];
    if (of === undefined) throw new Error(`no workload ${workload}`);
    if (answer.status === 0) {
      unanswered.add(1);
      return;
    }
    const { duration } = answer.timings;
    const [, inBody] = codeInBody.exec(typeof answer.body === 'string' ? answer.body : '') ?? [];
    const code = answer.status !== 200 || inBody === undefined ? 'none' : inBody;
    const counted = byCode.has(code) ? code : 'other';
    byCode.get(counted)?.add(1);
    buckets[bucketOf(duration)]?.add(1);
    if (window !== undefined) byWindow[window]?.add(duration);
    if (counted === of.usual) of.usualAnswers.add(duration);
    else of.unusual[of.standings[counted] ?? 'wrong'].add(1);
    outcomes?.add(1, { code: counted, workload: of.name });
  };
}

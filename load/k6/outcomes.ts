/** Counts the outcome of each request: the code in the body. */
import type { RefinedResponse, ResponseType } from 'k6/http';
import { Counter, Trend } from 'k6/metrics';
import { codeSlot, unlistedSlots } from '../run/counted-codes.ts';
import * as histogram from '../run/histogram.ts';
import type { LoadPlan } from '../run/plan.ts';

// Constants: k6 looks an imported name up on each use.
const { bucketCount, bucketIndex } = histogram;

type Answer = Pick<RefinedResponse<ResponseType | undefined>, 'status' | 'body'> & {
  readonly timings: { readonly duration: number };
};

// No lookahead: k6's engine would use its slow path for every answer.
const codeInBody = /"code"\s*:\s*(-?\d+)\s*[,}]/;

/** The code of an answer, or `none`. Most bodies begin with the usual code, which is quick to check. */
function readCode({ status, body }: Answer, usual: string, usualStart: string): string {
  if (status !== 200 || typeof body !== 'string') return 'none';
  if (body.startsWith(usualStart)) return usual;
  const found = codeInBody.exec(body);
  return found === null ? 'none' : String(found[1]);
}

/**
 * Declares the metrics; k6 allows that only at the start. Each one costs every VU about 4 KB.
 * @returns counts one answer to a request of a workload, and of a window if one is given. At the beginning of a window, when a kept
 * connection may be closed already, a missing answer is `stale`.
 */
export function declareOutcomes({ workloads, windows, codes, codesApart, tagged }: LoadPlan) {
  const known = new Set([...codes.map(String), 'none']);
  const counters = (suffix: string): Record<'stale' | 'unanswered', Counter> & { byCode: Map<string, Counter> } => ({
    // During the run, unknown codes are counted together; afterwards, slots separate them (`shareOf`).
    byCode: new Map([...known, 'other'].map((code) => [code, new Counter(`code_${suffix}${code}`)])),
    /** No complete HTTP answer, so there is nothing to judge. */
    unanswered: new Counter(suffix === '' ? 'unanswered' : `unanswered_${suffix.slice(0, -1)}`),
    stale: new Counter(suffix === '' ? 'unanswered' : `stale_${suffix.slice(0, -1)}`),
  });
  const shared = codesApart ? undefined : counters('');
  const slots = Array.from({ length: codesApart ? 0 : unlistedSlots }, (_, slot) => new Trend(`slot_code_${slot}`));
  const buckets = Array.from({ length: bucketCount }, (_, index) => new Counter(`bucket_${index}`));
  const byWindow = Array.from(
    { length: windows.oneIn === 0 ? 0 : windows.count * (windows.byWorkload ? workloads.length : 1) },
    (_, index) => new Trend(`window_${index}`),
  );
  const byWorkload = workloads.map(({ name, usual, standings }, index) => ({
    name,
    usual,
    usualStart: `{"code":${usual},`,
    standings,
    counters: shared ?? counters(`${index}_`),
    usualAnswers: new Counter(`usual_${index}`),
    /** Latencies of a sample of the usual answers, as for windows. */
    latencies: new Trend(`latency_${index}`),
    unusual: {
      right: new Counter(`right_${index}`),
      open: new Counter(`open_${index}`),
      wrong: new Counter(`wrong_${index}`),
    },
  }));
  const outcomes = tagged ? new Counter('bindgate_outcomes') : undefined;

  const countCode = (byCode: ReadonlyMap<string, Counter>, shown: string, code: string): void => {
    byCode.get(shown)?.add(1);
    if (shown === 'other') slots[codeSlot(Number(code)) ?? unlistedSlots]?.add(Number(code));
  };

  // Runs for every request, so it destructures no arrays: that costs k6's engine as much as a metric.
  return (answer: Answer, workload: number, window: number | undefined, settling = false): void => {
    const of = byWorkload[workload];
    if (of === undefined) throw new Error(`no workload ${workload}`);
    if (answer.status === 0) {
      of.counters[settling ? 'stale' : 'unanswered'].add(1);
      return;
    }
    const { duration } = answer.timings;
    const code = readCode(answer, of.usual, of.usualStart);
    // For a code outside the document, a workload says only whether any refusal is right.
    const shown = known.has(code) ? code : 'other';
    buckets[bucketIndex(duration)]?.add(1);
    if (window !== undefined) byWindow[window]?.add(duration);
    if (code === of.usual) {
      // The usual code is only counted by workload: one metric less for nearly every request.
      of.usualAnswers.add(1);
      if (window !== undefined) of.latencies.add(duration);
    } else {
      countCode(of.counters.byCode, shown, code);
      of.unusual[of.standings[shown] ?? 'wrong'].add(1);
    }
    outcomes?.add(1, { code: code === of.usual ? code : shown, workload: of.name });
  };
}

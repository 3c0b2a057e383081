import type { Outcomes, WindowSummary } from './record.ts';
import type { MetricName, Settings } from './settings.ts';

/** PASS: surely not worse by more than the tolerance. FAIL: surely worse, and by more than the minimum effect. */
export type Verdict = 'PASS' | 'FAIL' | 'INCONCLUSIVE';

/** One metric of a comparison. */
export type ComparedMetric = {
  readonly name: MetricName;
  /** B divided by A; null where neither can be read. */
  readonly ratio: number | null;
  /** Where the ratio lies, at the confidence of the settings. */
  readonly low: number | null;
  readonly high: number | null;
  readonly verdict: Verdict;
  /** What A and B measured: ms, or answers per second. */
  readonly a: number;
  readonly b: number;
  /** The wider interval that a FAIL is decided by: its confidence makes up for asking of several metrics. Live comparisons alone. */
  readonly corrected?: { readonly confidence: number; readonly low: number; readonly high: number };
};

/** The file `compare.json`; its JSON Schema is `compare.schema.json`. Times are in milliseconds. */
export type CompareResults = {
  readonly schema: 'bindgate.compare/1';
  readonly verdict: Verdict;
  readonly metrics: readonly ComparedMetric[];
  /** Why it is no PASS, and what would settle it. */
  readonly reasons: readonly string[];
  /** Two servers in one session, or two files of other days: a trend alone. */
  readonly kind: 'live' | 'stored';
  /** Whether the numbers mean anything; where they do not, the verdict is INCONCLUSIVE. */
  readonly valid: boolean;
  readonly interrupted: boolean;
  readonly a: ComparedSide;
  readonly b: ComparedSide;
  /** Live comparisons alone. */
  readonly settings?: Settings;
  /** Latency of the generator itself, against a null server in the same session. */
  readonly noiseFloor?: Pick<WindowSummary, 'p50' | 'p95' | 'p99'> | null;
  readonly generatorCpu?: number | null;
  readonly dropped?: number;
  readonly windows?: readonly (Omit<WindowSummary, 'side'> & { readonly side: 'A' | 'B' })[];
  readonly k6?: { readonly version: string; readonly from: string; readonly exitCode: number | null };
};

/** One of the two that were compared: a base URL or a file, and what came back. */
export type ComparedSide = { readonly name: string; readonly outcomes: Outcomes };

/**
 * The exit code of a comparison: 0 PASS, 1 FAIL, 3 INCONCLUSIVE or not valid, 130 interrupted.
 * `inconclusivePasses` lets an INCONCLUSIVE through, and never numbers that mean nothing.
 */
export function compareExitCode(
  { verdict, valid, interrupted }: CompareResults,
  inconclusivePasses: boolean,
): 0 | 1 | 3 | 130 {
  if (interrupted) return 130;
  if (verdict === 'PASS') return 0;
  if (verdict === 'FAIL') return 1;
  return valid && inconclusivePasses ? 0 : 3;
}

import type { LoadResults } from './load.generated.ts';

/** The file `load.json`; its JSON Schema, `load.schema.json`, says what each value is. */
export type {
  CodeCount,
  Drift,
  Estimate,
  Knee,
  KneeTrial,
  Lane,
  Latency,
  LoadResults,
  ObjectiveResult,
  SeriesPoint,
  StageResult,
  WindowResult,
  WorkloadResult,
} from './load.generated.ts';

/** The exit code of a load run: 0 kept, 1 an objective broken, 3 not valid, 130 interrupted. */
export function loadExitCode({ valid, reasons, objectives }: LoadResults): 0 | 1 | 3 | 130 {
  if (reasons.includes('interrupted')) return 130;
  if (!valid) return 3;
  return objectives.length > 0 && objectives.every(({ kept }) => kept) ? 0 : 1;
}

/** A number as result files have it: to four places. */
export function roundResult(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

import type { KneeTrial, LoadResults } from './load.generated.ts';

/** The file `load.json`; `load.schema.json` describes its fields. */
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

/** The exit code of a load run: 0 passed, 1 an objective was missed, 3 not valid, 130 interrupted. */
export function loadExitCode({ valid, reasons, objectives }: LoadResults): 0 | 1 | 3 | 130 {
  if (reasons.includes('interrupted')) return 130;
  if (!valid) return 3;
  return objectives.length > 0 && objectives.every(({ kept }) => kept) ? 0 : 1;
}

/** The outcomes of a trial in words: objectives are met or missed. */
export const trialWords: Readonly<Record<KneeTrial['outcome'], string>> = {
  kept: 'met',
  broken: 'missed',
  'not valid': 'not valid',
};

/** Rounds a number for result files and messages. */
export function roundResult(value: number, places = 4): number {
  return Math.round(value * 10 ** places) / 10 ** places;
}

/** The reasons that hold, in order. */
export function reasonsThatHold(rows: readonly (readonly [holds: boolean, reason: string])[]): readonly string[] {
  return rows.flatMap(([holds, reason]) => (holds ? [reason] : []));
}

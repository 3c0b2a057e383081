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

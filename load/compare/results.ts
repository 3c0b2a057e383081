/** The file `compare.json`; its JSON Schema, `compare.schema.json`, says what each value is. */
export type { ComparedMetric, ComparedSide, CompareResults, Verdict } from './compare.generated.ts';

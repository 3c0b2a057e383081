/** The file `gate.json`; its JSON Schema, `gate.schema.json`, says what each value is. */
export type { EndedStation, GateResults } from './gate.generated.ts';

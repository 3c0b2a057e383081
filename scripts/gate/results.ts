/** The file `gate.json`; its JSON Schema is `gate.schema.json`. Times are in milliseconds. */
export type GateResults = {
  readonly schema: 'bindgate.gate/1';
  /** When the gate started, in ISO 8601. */
  readonly startedAt: string;
  readonly exitCode: number;
  readonly stations: readonly EndedStation[];
};

/** How one station ended: its exit code, and one line for people. */
export type EndedStation = {
  readonly name: string;
  readonly exitCode: number;
  readonly summary: string;
  readonly durationMs: number;
};

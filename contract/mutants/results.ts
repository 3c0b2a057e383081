import type { Detection } from './detect.ts';
import type { Alarm, MutantResult } from './run.ts';

/** The file `mutants.json`; its JSON Schema is `contract/mutants.schema.json`. */
export type MutantsFile = {
  readonly schema: 'bindgate.mutants/1';
  /** Mutants that were measured. */
  readonly total: number;
  readonly killed: number;
  /** Mutants that no case they name has detected, crashed ones included. */
  readonly survived: readonly string[];
  /** Servers that are right and that some case called wrong. */
  readonly falseAlarms: number;
  readonly interrupted: boolean;
  readonly mutants: readonly {
    readonly id: string;
    readonly breaks: string;
    readonly outcome: MutantResult['outcome'];
    readonly killedBy: readonly string[];
  }[];
  readonly variants: readonly { readonly id: string; readonly alarms: readonly string[] }[];
  /** Random conforming servers, where some were drawn: how many, from which seed, and those that some case called wrong. */
  readonly readings?: {
    readonly total: number;
    readonly seed: number;
    readonly alarms: readonly { readonly server: number; readonly alarms: readonly Alarm[] }[];
  };
};

/** The results of a measurement, ready to be written. */
export function mutantsFile({ mutants, right, seed, interrupted }: Detection): MutantsFile {
  const drawn = right.flatMap(({ server, alarms }) => (typeof server === 'number' ? [{ server, alarms }] : []));
  const file: MutantsFile = {
    schema: 'bindgate.mutants/1',
    total: mutants.length,
    killed: mutants.filter(({ outcome }) => outcome === 'killed').length,
    survived: mutants.filter(({ outcome }) => outcome !== 'killed').map(({ mutant }) => mutant.id),
    falseAlarms: right.filter(({ alarms }) => alarms.length > 0).length,
    interrupted,
    mutants: mutants.map(({ mutant: { id, breaks }, outcome, killedBy }) => ({ id, breaks, outcome, killedBy })),
    variants: right.flatMap(({ server, alarms }) =>
      typeof server === 'string' ? [{ id: server, alarms: alarms.map(({ id }) => id) }] : [],
    ),
  };
  if (drawn.length === 0) return file;
  return { ...file, readings: { total: drawn.length, seed, alarms: drawn.filter(({ alarms }) => alarms.length > 0) } };
}

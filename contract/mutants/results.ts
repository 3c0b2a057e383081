import type { Detection } from './detect.ts';
import type { CaseId } from './mutant.ts';
import type { Alarm, MutantResult } from './run.ts';

/** The file `mutants.json`; its JSON Schema is `contract/mutants.schema.json`. */
export type MutantsFile = {
  readonly schema: 'bindgate.mutants/1';
  /** Mutants that were measured. */
  readonly total: number;
  readonly killed: number;
  /** Mutants that no case they name has seen, crashed ones included. */
  readonly survived: readonly string[];
  /** Variants that some case called wrong. */
  readonly falseAlarms: number;
  readonly interrupted: boolean;
  readonly mutants: readonly {
    readonly id: string;
    readonly breaks: string;
    readonly outcome: MutantResult['outcome'];
    readonly killedBy: readonly CaseId[];
  }[];
  readonly variants: readonly { readonly id: string; readonly alarms: readonly CaseId[] }[];
  /** Random conforming servers, where some were drawn: how many, from which seed, and those that some case called wrong. */
  readonly readings?: {
    readonly total: number;
    readonly seed: number;
    readonly alarms: readonly { readonly server: number; readonly alarms: readonly Alarm[] }[];
  };
};

/** The results of a measurement, ready to be written. */
export function mutantsFile({ mutants, variants, servers, seed, interrupted }: Detection): MutantsFile {
  const alarmed = servers.filter(({ alarms }) => alarms.length > 0);
  return {
    schema: 'bindgate.mutants/1',
    total: mutants.length,
    killed: mutants.filter(({ outcome }) => outcome === 'killed').length,
    survived: mutants.filter(({ outcome }) => outcome !== 'killed').map(({ mutant }) => mutant.id),
    falseAlarms: variants.filter(({ alarms }) => alarms.length > 0).length + alarmed.length,
    interrupted,
    mutants: mutants.map(({ mutant: { id, breaks }, outcome, killedBy }) => ({ id, breaks, outcome, killedBy })),
    variants: variants.map(({ variant: { id }, alarms }) => ({ id, alarms: alarms.map((alarm) => alarm.id) })),
    ...(servers.length === 0
      ? {}
      : {
          readings: { total: servers.length, seed, alarms: alarmed.map(({ at, alarms }) => ({ server: at, alarms })) },
        }),
  };
}

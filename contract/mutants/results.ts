import type { MutantsFile } from '../mutants.generated.ts';
import type { Detection } from './detect.ts';

export type { MutantsFile } from '../mutants.generated.ts';

/** Makes the results of a measurement, ready to be written. */
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

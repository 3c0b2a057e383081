import type { MutantsFile } from '../mutants.generated.ts';
import type { Detection } from './detect.ts';

export type { MutantsFile } from '../mutants.generated.ts';

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

import type { Behaviour } from '../../../../spec/pure-bt/reference/decision.ts';
import type { DialectValues } from '../../../../spec/pure-bt/settings.ts';
import type * as engine from '../../../mutants/mutant.ts';
import { makeServers } from '../../../mutants/mutant.ts';

/** A reading of an open question of this operation. */
export type Reading = engine.Reading<Behaviour> & { readonly dialect?: Partial<DialectValues> };

/** What a reading changes. */
export type Change = Omit<Reading, 'id' | 'differs'>;

/** Readings by sentence: the id, then the difference, after "a server that". */
export function makeReadings(changes: Readonly<Record<string, Change>>): readonly Reading[] {
  return makeServers(changes);
}

/** A change of the behaviour. */
export function reads(override: (inner: Behaviour) => Partial<Behaviour>): Change {
  return { override };
}

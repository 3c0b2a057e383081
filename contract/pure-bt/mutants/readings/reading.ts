import type { StatesWire } from '../../../../spec/family/reference/provider-states.ts';
import type { Handle, Wire } from '../../../../spec/http.ts';
import { correct } from '../../../../spec/pure-bt/reference/behaviour.ts';
import type { Behaviour, DecisionName } from '../../../../spec/pure-bt/reference/decision.ts';
import type { DialectValues } from '../../../../spec/pure-bt/settings.ts';
import type * as engine from '../../../mutants/mutant.ts';
import { makeServers } from '../../../mutants/mutant.ts';
import type { Difference } from '../server.ts';

/** A reading, and what it changes in a server that may already have other readings. */
export type Reading = engine.Reading & {
  readonly override?: (inner: Behaviour) => Partial<Behaviour>;
  readonly wire?: Wire;
  readonly states?: StatesWire;
  readonly dialect?: Partial<DialectValues>;
};

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

/** Builds a server with some readings. */
export function buildServer(readings: readonly Reading[], order: readonly DecisionName[]): Required<Difference> {
  let behaviour: Behaviour = { ...correct, order };
  for (const { override } of readings) behaviour = { ...behaviour, ...override?.(behaviour) };
  return {
    override: behaviour,
    // Each one changes the answers of the ones before it. Only the last one in the list takes time.
    wire: (handle) => readings.reduce((inner, { wire }) => (wire?.(inner) as Handle) ?? inner, handle),
    states: (setup) => readings.reduce((inner, { states }) => (states?.(inner) as typeof setup) ?? inner, setup),
  };
}

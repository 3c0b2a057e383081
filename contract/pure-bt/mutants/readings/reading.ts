import type { Handle, Wire } from '../../../../spec/http.ts';
import { correct } from '../../../../spec/pure-bt/reference/behaviour.ts';
import type { Behaviour, DecisionName } from '../../../../spec/pure-bt/reference/decision.ts';
import type { StatesWire } from '../../../../spec/pure-bt/reference/provider-states.ts';
import type { DialectValues } from '../../../../spec/pure-bt/settings.ts';
import type * as engine from '../../../mutants/mutant.ts';
import { makeServers } from '../../../mutants/mutant.ts';
import type { Difference } from '../server.ts';

/** A reading, and what it changes of a server that may already read other questions in its own way. */
export type Reading = engine.Reading & {
  readonly override?: (inner: Behaviour) => Partial<Behaviour>;
  readonly wire?: Wire;
  readonly states?: StatesWire;
  readonly dialect?: Partial<DialectValues>;
};

/** What a reading changes. */
export type Change = Omit<Reading, 'id' | 'differs'>;

/** Readings by sentence: the id, and what it changes after "a server that". */
export function makeReadings(changes: Readonly<Record<string, Change>>): readonly Reading[] {
  return makeServers(changes);
}

/** A change of the behaviour. */
export function reads(override: (inner: Behaviour) => Partial<Behaviour>): Change {
  return { override };
}

/** A server that reads some questions in its own way. */
export function buildServer(readings: readonly Reading[], order: readonly DecisionName[]): Required<Difference> {
  let behaviour: Behaviour = { ...correct, order };
  for (const { override } of readings) behaviour = { ...behaviour, ...override?.(behaviour) };
  return {
    override: behaviour,
    // Each changes what the ones before it answer. All answer at once but the one that takes time, which is listed last.
    wire: (handle) => readings.reduce((inner, { wire }) => (wire?.(inner) as Handle) ?? inner, handle),
    states: (setup) => readings.reduce((inner, { states }) => (states?.(inner) as typeof setup) ?? inner, setup),
  };
}

import type { Behaviour, DecisionName } from '../../../../spec/pure-bt/reference/behaviour.ts';
import { correct } from '../../../../spec/pure-bt/reference/behaviour.ts';
import type { MoreNeeds } from '../../../../spec/pure-bt/reference/order.ts';
import type { Handle } from '../../../../spec/pure-bt/reference/reference.ts';
import type { StatesWire, Wire } from '../../../../spec/pure-bt/reference/wire.ts';
import type { DialectValues } from '../../../../spec/pure-bt/settings.ts';
import type { Difference } from '../../../mutants/mutant.ts';
import { delaying } from '../../../mutants/wires.ts';

/**
 * One way to read what the document leaves open. Readings are independent: any number of them, of different questions,
 * make a server that is right.
 */
export type Reading = {
  /** The question and the answer: `dk-format/colons`. Two readings of one question exclude each other. */
  readonly id: string;
  /** After "a server that": `accepts a dk with colons`. */
  readonly differs: string;
  /** What it changes of a server that may already read other questions in its own way. */
  readonly override?: (inner: Behaviour) => Partial<Behaviour>;
  readonly wire?: Wire;
  readonly states?: StatesWire;
  /** Settings that a team with such a server must declare, or nothing binds. */
  readonly dialect?: Partial<DialectValues>;
  /** Readings that together with it would let a forged request through, which no reading excuses. */
  readonly excludes?: readonly string[];
  /** What a decision needs beyond what every server's does. */
  readonly needs?: MoreNeeds;
};

/** The one wire whose answers take time. */
export const timeWire: Wire = delaying(() => Math.random() * 2);

/** The question that a reading answers. */
export function questionOf({ id }: Reading): string {
  return id.split('/', 1)[0] ?? id;
}

/** A server that reads some questions in its own way. */
export function serverOf(readings: readonly Reading[], order: readonly DecisionName[] = correct.order): Difference {
  let behaviour: Behaviour = { ...correct, order };
  for (const { override } of readings) behaviour = { ...behaviour, ...override?.(behaviour) };
  return {
    override: behaviour,
    // Each changes what the ones before it answer. All but time answer at once, so time comes last.
    wire: (handle) => {
      const wires = readings.flatMap(({ wire = [] }) => wire);
      const last = wires.filter((wire) => wire === timeWire);
      const answersAtOnce = wires.filter((wire) => wire !== timeWire);
      return last.reduce<ReturnType<Wire>>(
        (inner, wire) => wire(inner as Handle),
        answersAtOnce.reduce<Handle>((inner, wire) => wire(inner) as Handle, handle),
      );
    },
    states: (setup) =>
      readings.reduce<ReturnType<StatesWire>>(
        (inner, { states }) => (states === undefined ? inner : states(inner as Parameters<StatesWire>[0])),
        setup,
      ),
  };
}

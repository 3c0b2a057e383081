import type { Dialect } from '../../spec/pure-bt/dialect.ts';
import type { Behaviour } from '../../spec/pure-bt/reference/behaviour.ts';
import { correct } from '../../spec/pure-bt/reference/behaviour.ts';
import type { StatesWire, Wire } from '../../spec/pure-bt/reference/wire.ts';
import type { Case } from '../run/case.ts';

/** The id of a case of the catalogue. */
export type CaseId = Case['id'];

/** How a server differs from the correct one: parts of its behaviour, and what stands before it and its states. */
export type Difference = {
  readonly override?: Partial<Behaviour>;
  readonly wire?: Wire;
  readonly states?: StatesWire;
};

/** A deliberately broken server: a suite that is worth its name sees what is wrong with it. */
export type Mutant = Difference & {
  /** Stable name, group first: `signature/first-half`. */
  readonly id: string;
  /** What is wrong, after "a server that": `compares the first half of the signature alone`. */
  readonly breaks: string;
  /** The cases that must fail: each of them alone is enough to see it. */
  readonly killedBy: readonly [CaseId, ...CaseId[]];
};

/** A server that differs from the reference and keeps the contract all the same: no case may fail. */
export type Variant = Difference & {
  readonly id: string;
  /** What it does otherwise, after "a server that". */
  readonly differs: string;
  /** The dialects it is judged under; the default one where nothing is said. */
  readonly dialects?: readonly [Partial<Dialect>, ...Partial<Dialect>[]];
};

/** The whole behaviour of a server. */
export function behaviourOf({ override }: Difference): Behaviour {
  return { ...correct, ...override };
}

import type { Declared } from '../../../spec/family/declared/model.ts';
import type { DeclaredBehaviour } from '../../../spec/family/reference/declared/attempt.ts';
import type { Decisions } from '../../../spec/family/reference/declared/decisions.ts';
import type * as engine from '../../mutants/mutant.ts';
import { makeMutants, toDifference } from '../../mutants/mutant.ts';

/** A broken server of an operation that is data. */
export type Mutant = engine.Mutant<DeclaredBehaviour>;

/** A change of the behaviour or of the layer around the handler. */
export type Change = engine.Change<DeclaredBehaviour>;

/** What the operators use: the correct server, its decisions, and the cases there are. */
export type Bench = {
  readonly declared: Declared;
  readonly correct: DeclaredBehaviour;
  readonly made: Decisions;
  /** Whether a case exists. */
  readonly has: (id: string) => boolean;
};

/** Mutants by sentence (see `makeMutants`). The set leaves out those without a case that detects them. */
export function changed(changes: Readonly<Record<string, Change>>): readonly Mutant[] {
  return makeMutants(toDifference, changes);
}

/** The decisions with one of them replaced. */
export function deciding(
  correct: DeclaredBehaviour,
  name: string,
  decision: DeclaredBehaviour['decisions'][string],
): Partial<DeclaredBehaviour> {
  return { decisions: { ...correct.decisions, [name]: decision } };
}

/** Refuses some requests with one more decision, at the end of the order. */
export function refusing(
  correct: DeclaredBehaviour,
  isRefused: (...asked: Parameters<DeclaredBehaviour['decisions'][string]>) => boolean,
): Partial<DeclaredBehaviour> {
  return {
    decisions: { ...correct.decisions, added: (...asked) => (isRefused(...asked) ? 'added' : undefined) },
    order: [...correct.order, 'added'],
    codes: { ...correct.codes, added: 5000 },
  };
}

import type { Declared } from '../../../spec/family/declared/model.ts';
import type { DeclaredBehaviour } from '../../../spec/family/reference/declared/behaviour.ts';
import { correctBehaviour } from '../../../spec/family/reference/declared/behaviour.ts';
import type { Decisions } from '../../../spec/family/reference/declared/decisions.ts';
import { makeDecisions } from '../../../spec/family/reference/declared/decisions.ts';
import { createDeclaredServer } from '../../../spec/family/reference/declared/server.ts';
import { embeddedTokenKey } from '../../../spec/family/reference/token.ts';
import type { Wire } from '../../../spec/http.ts';
import type * as engine from '../../mutants/mutant.ts';

/** How a server of an operation that is data differs from the reference. */
export type Difference = { readonly override?: Partial<DeclaredBehaviour>; readonly wire?: Wire };

/** A broken server of an operation that is data. */
export type Mutant = engine.Mutant & Difference;

/** What the operators use: the correct server, its decisions, and the cases there are. */
export type Bench = {
  readonly declared: Declared;
  readonly correct: DeclaredBehaviour;
  readonly made: Decisions;
  /** Whether a case exists: a mutant that no case is about is not made. */
  readonly has: (id: string) => boolean;
};

/** The bench of an operation. @param ids the ids of its cases. */
export function benchFor(declared: Declared, ids: readonly string[]): Bench {
  const known = new Set(ids);
  return { declared, correct: correctBehaviour(declared), made: makeDecisions(declared), has: (id) => known.has(id) };
}

/** The complete behaviour of a server. */
export function behaviourOf(declared: Declared, { override }: Difference): DeclaredBehaviour {
  return { ...correctBehaviour(declared), ...override };
}

/** Starts a server in this process. */
export async function startServer(declared: Declared, difference: Difference): Promise<engine.Server> {
  const { wire = (handle) => handle } = difference;
  const behaviour = behaviourOf(declared, difference);
  const server = await createDeclaredServer(declared, { behaviour, tokenKey: await embeddedTokenKey() });
  return {
    serve: wire(server.handle),
    setup: server.states.setup,
    teardown: server.states.teardown,
    publicKeyPem: server.publicKeyPem,
  };
}

/** A mutant with changed behaviour; none if the case that detects it does not exist. */
export function changed(
  { has }: Pick<Bench, 'has'>,
  id: string,
  breaks: string,
  killedBy: string,
  override: Partial<DeclaredBehaviour>,
): readonly Mutant[] {
  return has(killedBy) ? [{ id, breaks, killedBy: [killedBy], override }] : [];
}

/** A mutant that changes requests or answers; none if the case that detects it does not exist. */
export function wired(
  { has }: Pick<Bench, 'has'>,
  id: string,
  breaks: string,
  killedBy: string,
  wire: Wire,
): readonly Mutant[] {
  return has(killedBy) ? [{ id, breaks, killedBy: [killedBy], wire }] : [];
}

/** The decisions with one of them replaced. */
export function deciding(
  { correct }: Pick<Bench, 'correct'>,
  name: string,
  decision: DeclaredBehaviour['decisions'][string],
): Partial<DeclaredBehaviour> {
  return { decisions: { ...correct.decisions, [name]: decision } };
}

/** One more decision, at the end of the order. */
export function adding(
  { correct }: Pick<Bench, 'correct'>,
  decision: DeclaredBehaviour['decisions'][string],
  code = 5000,
): Partial<DeclaredBehaviour> {
  return {
    decisions: { ...correct.decisions, added: decision },
    order: [...correct.order, 'added'],
    codes: { ...correct.codes, added: code },
  };
}

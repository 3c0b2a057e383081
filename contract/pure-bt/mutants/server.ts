/** The parts of the broken and the conforming servers of this operation. */

import type { StatesWire } from '../../../spec/family/reference/provider-states.ts';
import { embeddedTokenKey } from '../../../spec/family/reference/token.ts';
import type { ServedResponse, Wire } from '../../../spec/http.ts';
import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import type { Attempt, Behaviour, DecisionName } from '../../../spec/pure-bt/reference/decision.ts';
import { createReference } from '../../../spec/pure-bt/reference/reference.ts';
import type { DialectValues } from '../../../spec/pure-bt/settings.ts';
import type * as engine from '../../mutants/mutant.ts';
import { makeMutants } from '../../mutants/mutant.ts';
import type { Edit, Json } from '../../mutants/operators.ts';
import { answering, parseJsonBody, skipping, withJson } from '../../mutants/operators.ts';

/** How a server differs from the reference. */
export type Difference = {
  readonly override?: Partial<Behaviour>;
  readonly wire?: Wire;
  readonly states?: StatesWire;
};

/** A broken server of this operation. */
export type Mutant = engine.Mutant & Difference;

/** A conforming server of this operation. */
export type Variant = engine.Variant & Difference & { readonly dialects?: readonly Partial<DialectValues>[] };

/** Starts a server in this process. */
export async function startServer(difference: Difference): Promise<engine.Server> {
  const { wire = (handle) => handle, states = (setup) => setup } = difference;
  const reference = await createReference({ behaviour: fullBehaviour(difference), tokenKey: await embeddedTokenKey() });
  return {
    serve: wire(reference.handle),
    setup: states(reference.states.setup),
    teardown: reference.states.teardown,
    publicKeyPem: reference.publicKeyPem,
  };
}

/** The complete behaviour of a server. */
export function fullBehaviour({ override }: Difference): Behaviour {
  return { ...correct, ...override };
}

/** Mutants with changed behaviour, by sentence (see `makeMutants`). */
export function changed(overrides: Readonly<Record<string, Partial<Behaviour>>>): readonly Mutant[] {
  return changedBy((override) => override, overrides);
}

/** Mutants with behaviour that one operator changes, one for each operand. */
export function changedBy<Operand>(
  operator: (operand: Operand) => Partial<Behaviour>,
  operands: Readonly<Record<string, Operand>>,
  killedBy?: string,
): readonly Mutant[] {
  return makeMutants((operand) => ({ override: operator(operand) }), operands, killedBy);
}

/** Mutants that change requests or answers, by sentence. */
export function wired(wires: Readonly<Record<string, Wire>>): readonly Mutant[] {
  return wiredBy((wire) => wire, wires);
}

/** Mutants that change requests or answers with one operator, one for each operand. */
export function wiredBy<Operand>(
  operator: (operand: Operand) => Wire,
  operands: Readonly<Record<string, Operand>>,
  killedBy?: string,
): readonly Mutant[] {
  return makeMutants((operand) => ({ wire: operator(operand) }), operands, killedBy);
}

/** A path of a request through a server. */
export type Path = (attempt: Attempt) => boolean;

/** Paths on which a check is easily forgotten. */
export const paths: Readonly<
  Record<'encrypted' | 'home' | 'oldSecret' | 'notCommon' | 'pwd' | 'alternate' | 'single', Path>
> = {
  encrypted: ({ fields }) => Boolean(fields.encryptedBindingCode),
  home: ({ fields }) => Boolean(fields.fid),
  oldSecret: ({ fields }) => Boolean(fields.encryptedOldBindingSecret),
  notCommon: ({ fields }) => fields.isCommonDevice === false,
  pwd: ({ fields }) => Boolean(fields.pwd),
  alternate: ({ product }) => product?.bindingMode === 'alternate',
  single: ({ product }) => product?.bindingMode === 'single',
};

/** Skips decisions on one path, or on all paths if none is given. */
export function skipped(names: readonly DecisionName[], path: Path = () => true): Partial<Behaviour> {
  return Object.fromEntries(names.map((name) => [name, skipping(correct[name], path)]));
}

/** Gives refusals other codes. */
export function coded(codes: Partial<Behaviour['codes']>): Partial<Behaviour> {
  return { codes: { ...correct.codes, ...codes } };
}

/** The refusal with a code, as the correct server writes it. */
export function refusal(code: number, httpStatus = 200): ServedResponse {
  return correct.answer({ behaviour: correct, httpStatus, code, bound: false, headers: [], attempt: undefined });
}

/** The code of an answer; NaN if it has none. */
export function readCode(answer: ServedResponse): number {
  return Number(parseJsonBody(answer)?.['code']);
}

/** Edits the answers with some codes. */
export function onCodes(codes: readonly number[], edit: Edit): Wire {
  return answering((answer) => (codes.includes(readCode(answer)) ? edit(answer) : answer));
}

/** Edits the envelopes of refusals. */
export function onRefusals(edit: (envelope: Json) => unknown): Wire {
  return answering(withJson((envelope) => (isSuccess(envelope) ? envelope : edit(envelope))));
}

/** Edits the envelopes of successes. */
export function onSuccesses(edit: (envelope: Json) => unknown): Wire {
  return answering(withJson((envelope) => (isSuccess(envelope) ? edit(envelope) : envelope)));
}

function isSuccess({ code }: Json): boolean {
  return code === 200 || code === 0;
}

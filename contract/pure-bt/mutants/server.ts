/** The parts of the broken and the conforming servers of this operation. */

import type { ServedResponse, Wire } from '../../../spec/http.ts';
import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import type { Attempt, Behaviour, DecisionName } from '../../../spec/pure-bt/reference/decision.ts';
import type * as engine from '../../mutants/mutant.ts';
import { makeMutants, toDifference } from '../../mutants/mutant.ts';
import type { Edit, Json } from '../../mutants/operators.ts';
import { onCode, skipping, withJson } from '../../mutants/operators.ts';

/** How a server differs from the reference. */
export type Difference = engine.Difference<Behaviour>;

/** A broken server of this operation. */
export type Mutant = engine.Mutant<Behaviour>;

/** Mutants by sentence (see `makeMutants`): parts of the behaviour to replace, or a layer around the handler. */
export function changed(changes: Readonly<Record<string, engine.Change<Behaviour>>>): readonly Mutant[] {
  return makeMutants(toDifference, changes);
}

/** Mutants that one operator changes, one for each operand. */
export function changedBy<Operand>(
  operator: (operand: Operand) => engine.Change<Behaviour>,
  operands: Readonly<Record<string, Operand>>,
  killedBy?: string,
): readonly Mutant[] {
  return makeMutants((operand: Operand) => toDifference(operator(operand)), operands, killedBy);
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

/** Edits the answers with some codes. */
export function onCodes(codes: readonly number[], edit: Edit): Wire {
  return onCode((code) => codes.includes(code), edit);
}

/** Edits the envelopes of refusals. */
export function onRefusals(edit: (envelope: Json) => unknown): Wire {
  return onCode((code) => code !== 200 && code !== 0, withJson(edit));
}

/** Edits the envelopes of successes. */
export function onSuccesses(edit: (envelope: Json) => unknown): Wire {
  return onCodes([200, 0], withJson(edit));
}

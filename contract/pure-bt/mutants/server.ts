/** The parts of the broken and the conforming servers of this operation. */

import type { ServedResponse, Wire } from '../../../spec/http.ts';
import { correct } from '../../../spec/pure-bt/reference/behaviour.ts';
import type { Attempt, Behaviour, DecisionName } from '../../../spec/pure-bt/reference/decision.ts';
import type { Fields } from '../../../spec/pure-bt/reference/fields.ts';
import type { DialectValues } from '../../../spec/pure-bt/settings.ts';
import type * as engine from '../../mutants/mutant.ts';
import { makeMutants, makeServers, toDifference } from '../../mutants/mutant.ts';
import { bodyText, type Edit, edited, type Json, onCode, skipping, withJson } from '../../mutants/operators.ts';

/** How a server differs from the reference. */
export type Difference = engine.Difference<Behaviour>;

/** A broken server of this operation. */
export type Mutant = engine.Mutant<Behaviour>;

/** A reading of an open question of this operation. */
export type Reading = engine.Reading<Behaviour> & { readonly dialect?: Partial<DialectValues> };

/** What a reading changes. */
export type Change = Omit<Reading, 'id' | 'differs'>;

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

/** Readings by sentence: the id, then the difference, after "a server that". */
export function makeReadings(changes: Readonly<Record<string, Change>>): readonly Reading[] {
  return makeServers(changes);
}

/** A change of the behaviour. */
export function reads(override: (inner: Behaviour) => Partial<Behaviour>): Change {
  return { override };
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

/** Changes the fields after they were read; undefined refuses the body as unreadable. */
export function readingFields(
  change: (fields: Fields, body: string) => Fields | undefined,
  inner: Behaviour = correct,
): Partial<Behaviour> {
  return {
    readFields: (body) => {
      const fields = inner.readFields(body);
      return fields === undefined ? undefined : change(fields, bodyText({ body }));
    },
  };
}

/** Refuses some bodies as unreadable. */
export function refusingFields(
  isRefused: (fields: Fields, body: string) => boolean,
  inner: Behaviour = correct,
): Partial<Behaviour> {
  return readingFields((fields, body) => (isRefused(fields, body) ? undefined : fields), inner);
}

/** Reads null as a value in some fields. */
export function nullsIn(
  names: readonly (keyof Fields)[],
  value: string | boolean,
  inner: Behaviour = correct,
): Partial<Behaviour> {
  return readingFields((fields, body) => {
    const isNull = (name: string): boolean => new RegExp(`"${name}":\\s*null`).test(body);
    return { ...fields, ...Object.fromEntries(names.filter(isNull).map((name) => [name, value])) };
  }, inner);
}

/** Edits the text of a body before it is read. */
export function editingBody(edit: (text: string) => string): Partial<Behaviour> {
  return { readFields: (body) => correct.readFields(edited(body, edit)) };
}

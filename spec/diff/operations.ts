import { alike } from './forms.ts';
import type { Operation, Spec } from './model.ts';
import { SpecError } from './spec-error.ts';

/** Operations of two documents: those that are the same one, those that are gone, those that are new. */
export type PairedOperations = {
  readonly pairs: readonly (readonly [Operation, Operation])[];
  readonly gone: readonly Operation[];
  readonly came: readonly Operation[];
};

/** Pairs operations by method and path; one that moved, by the last part of its path or by its request's fields. */
export function pairOperations(before: Spec, after: Spec): PairedOperations {
  const gone = [...before.operations];
  const came = [...after.operations];
  const pairs: (readonly [Operation, Operation])[] = [];
  for (const same of [sameCall, sameLastPart, sameFields]) {
    for (const old of [...gone]) {
      const young = came.find((operation) => same(old, operation));
      if (young === undefined) continue;
      pairs.push([old, young]);
      gone.splice(gone.indexOf(old), 1);
      came.splice(came.indexOf(young), 1);
    }
  }
  if (pairs.length > 0) return { pairs, gone, came };
  const [old, young] = [before.operations[0], after.operations[0]];
  throw new SpecError(
    `${before.file}:${old?.at.line} describes ${old?.method} ${old?.path} and ${after.file}:${young?.at.line} ${young?.method} ${young?.path}: nothing in common; give two versions of one document`,
  );
}

function sameCall(one: Operation, other: Operation): boolean {
  return one.method === other.method && template(one.path) === template(other.path);
}

function sameLastPart(one: Operation, other: Operation): boolean {
  const last = ({ path }: Operation): string => template(path).split('/').at(-1) ?? '';
  return last(one) === last(other) && last(one) !== '';
}

function sameFields(one: Operation, other: Operation): boolean {
  const fields = ({ subjects }: Operation): ReadonlySet<string> =>
    new Set(
      subjects
        .filter(({ kind, direction, name }) => kind === 'field' && direction === 'request' && name !== '')
        .map(({ name }) => name),
    );
  const [old, young] = [fields(one), fields(other)];
  return old.size > 0 && alike(old, young) >= 0.7;
}

/** A path whose variables have no names. */
function template(path: string): string {
  return path.replace(/\{[^}]*\}/g, '{}').replace(/\/+$/, '');
}

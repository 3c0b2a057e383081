import { refuse } from '../document-error.ts';
import { similarity } from './align-forms.ts';
import { countSeverities } from './change.ts';
import { type Comparable, comparedSubjects, notShared } from './comparable.ts';
import { compareOperations, onBothSides } from './compare-operations.ts';
import { judgePresence } from './judge-presence.ts';
import { type Found, mergeChanges } from './merge-changes.ts';
import type { Operation, Spec, Subject } from './model.ts';
import type { SpecDiffFile } from './spec-diff.generated.ts';

/**
 * Compares two versions of a document, as a result file. A difference that several fields share is reported once.
 * @throws DocumentError if they have no operation in common.
 */
export function compareSpecs(
  before: Spec,
  after: Spec,
  comparable: Comparable = before.kind === after.kind ? 'all' : 'shared',
): SpecDiffFile {
  const { pairs, removed, added } = pairOperations(before, after);
  const [first] = pairs;
  const changes = mergeChanges(
    [
      ...pairs.flatMap(([old, newer]) =>
        compareOperations(
          { ...old, subjects: comparedSubjects(old, before, comparable) },
          { ...newer, subjects: comparedSubjects(newer, after, comparable) },
          comparable,
        ),
      ),
      ...removed.map((operation) => unpaired(operation, 'removed', first?.[1] ?? operation)),
      ...added.map((operation) => unpaired(operation, 'added', first?.[0] ?? operation)),
    ],
    pairs.length > 1,
  );
  return {
    schema: 'bindgate.spec-diff/1',
    before: { file: before.file, kind: before.kind },
    after: { file: after.file, kind: after.kind },
    counts: countSeverities(changes),
    ...(comparable === 'shared' && { leftOut: notShared }),
    changes,
  };
}

/** An operation that only one document has; on the other side, its place is the start of another operation. */
function unpaired(operation: Operation, way: 'removed' | 'added', other: Operation): Found {
  const subject: Subject = { kind: 'operation', name: '', direction: 'request', at: operation.at, facts: [] };
  const at = onBothSides(way, operation.at, other.at);
  return { statement: judgePresence(subject, way, true), subject, operation, facet: way, at };
}

/** Pairs operations by method and path, then by the last part of the path, then by the fields of the request. */
function pairOperations(before: Spec, after: Spec) {
  const removed = [...before.operations];
  const added = [...after.operations];
  const pairs: (readonly [Operation, Operation])[] = [];
  for (const same of [sameCall, sameLastPart, sameFields]) {
    for (const old of [...removed]) {
      const newer = added.find((operation) => same(old, operation));
      if (newer === undefined) continue;
      pairs.push([old, newer]);
      removed.splice(removed.indexOf(old), 1);
      added.splice(added.indexOf(newer), 1);
    }
  }
  if (pairs.length > 0) return { pairs, removed, added };
  const [old, newer] = [before.operations[0], after.operations[0]];
  return refuse(
    before.file,
    old?.at.line,
    `this describes ${old?.method} ${old?.path} but ${after.file}:${newer?.at.line} describes ${newer?.method} ${newer?.path}: they have nothing in common; give two versions of the same document`,
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
  const [old, newer] = [fields(one), fields(other)];
  return old.size > 0 && similarity(old, newer) >= 0.7;
}

/** A path without the names of its variables. */
function template(path: string): string {
  return path.replace(/\{[^}]*\}/g, '{}').replace(/\/+$/, '');
}

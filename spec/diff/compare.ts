import { type Change, type Severity, severities } from './change.ts';
import { comparableBy } from './comparable.ts';
import { compareOperations } from './compare-operations.ts';
import { type Found, gather } from './gather.ts';
import type { Operation, Spec, Subject } from './model.ts';
import { pairOperations } from './operations.ts';
import { judgeGone, judgeNew } from './rules/presence.ts';

/** What two documents differ in, the gravest first, and what was not compared. */
export type Comparison = {
  readonly changes: readonly Change[];
  readonly counts: Readonly<Record<Severity, number>>;
  readonly leftOut: string;
};

/**
 * Compares two versions of a document: a pure function. Each difference is named once, however many fields share its place.
 * Throws a SpecError where they have no operation in common.
 */
export function compareSpecs(before: Spec, after: Spec): Comparison {
  const { pairs, gone, came } = pairOperations(before, after);
  const comparable = comparableBy(before, after);
  const [first] = pairs;
  const found = [
    ...pairs.flatMap(([old, young]) =>
      compareOperations(
        { ...old, subjects: comparable.subjects(old, before) },
        { ...young, subjects: comparable.subjects(young, after) },
        comparable,
      ),
    ),
    ...gone.map((operation) => alone(operation, 'gone', first?.[1] ?? operation)),
    ...came.map((operation) => alone(operation, 'came', first?.[0] ?? operation)),
  ];
  const changes = gather(found, pairs.length > 1);
  const count = (severity: Severity): number => changes.filter((change) => change.severity === severity).length;
  return {
    changes,
    counts: Object.fromEntries(severities.map((severity) => [severity, count(severity)])) as Record<Severity, number>,
    leftOut: comparable.leftOut,
  };
}

/** An operation of one document alone; on the other side its place is where another begins. */
function alone(operation: Operation, way: 'gone' | 'came', other: Operation): Found {
  const subject: Subject = { kind: 'operation', name: '', direction: 'request', at: operation.at, facts: [] };
  const beside = { before: true, after: true };
  return way === 'gone'
    ? {
        told: judgeGone(subject, beside),
        subject,
        operation,
        facet: way,
        at: { before: operation.at, after: other.at },
      }
    : {
        told: judgeNew(subject, beside),
        subject,
        operation,
        facet: way,
        at: { before: other.at, after: operation.at },
      };
}

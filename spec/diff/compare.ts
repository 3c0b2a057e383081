import { canonical } from './canonical.ts';
import { type Change, type Severity, severities } from './change.ts';
import { compareCodes } from './codes.ts';
import { type Comparable, comparableBy } from './comparable.ts';
import { alignForms } from './forms.ts';
import { type Found, gather } from './gather.ts';
import type { Fact, Operation, Place, Spec, Subject } from './model.ts';
import { pairOperations } from './operations.ts';
import { holderPlace, pairSubjects } from './pair-subjects.ts';
import { judgeFact } from './rules/facts.ts';
import { judgeGone, judgeMoved, judgeNew, judgeRenamed } from './rules/presence.ts';
import type { Told } from './rules/told.ts';

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
  const changes = gather(found);
  const count = (severity: Severity): number => changes.filter((change) => change.severity === severity).length;
  return {
    changes,
    counts: Object.fromEntries(severities.map((severity) => [severity, count(severity)])) as Record<Severity, number>,
    leftOut: comparable.leftOut,
  };
}

function alone(operation: Operation, way: 'gone' | 'came', other: Operation): Found {
  const subject = operation.subjects.find(({ kind }) => kind === 'operation') ?? {
    kind: 'operation',
    name: '',
    direction: 'request',
    at: operation.at,
    facts: [],
  };
  const beside = { before: true, after: true };
  return way === 'gone'
    ? {
        told: judgeGone(subject, beside),
        subject,
        operation,
        facet: 'gone',
        at: { before: operation.at, after: other.at },
      }
    : {
        told: judgeNew(subject, beside),
        subject,
        operation,
        facet: 'came',
        at: { before: other.at, after: operation.at },
      };
}

function compareOperations(old: Operation, young: Operation, comparable: Comparable): readonly Found[] {
  const [before, after] = alignForms(old.subjects, young.subjects);
  const others = (subjects: readonly Subject[]): readonly Subject[] => subjects.filter(({ kind }) => kind !== 'code');
  const { same, renamed, moved, gone, came } = pairSubjects(others(before), others(after));
  const beside = (subject: Subject): { before: boolean; after: boolean } => ({
    before: before.some(({ kind }) => kind === subject.kind),
    after: after.some(({ kind }) => kind === subject.kind),
  });
  const pair = (one: Subject, other: Subject, facet: string, told: Told): Found => ({
    told,
    subject: one,
    operation: old,
    facet,
    at: { before: one.at, after: other.at },
  });
  const found: readonly Found[] = [
    ...same.flatMap(([one, other]) => compareFacts(one, other, old, comparable)),
    ...renamed.flatMap(([one, other]) => [
      pair(one, other, 'name', judgeRenamed(one, other)),
      ...compareFacts(one, other, old, comparable),
    ]),
    ...moved.flatMap(([one, other]) => [
      pair(one, other, 'place', judgeMoved(one, other)),
      ...compareFacts(one, other, old, comparable),
    ]),
    ...gone.map((subject) => ({
      told: judgeGone(subject, beside(subject)),
      subject,
      operation: old,
      facet: 'gone',
      at: { before: subject.at, after: holderPlace(subject, young, after) },
    })),
    ...came.map((subject) => ({
      told: judgeNew(subject, beside(subject)),
      subject,
      operation: old,
      facet: 'came',
      at: { before: holderPlace(subject, old, before), after: subject.at },
    })),
    ...compareAllCodes(old, young, before, after),
    ...codeRemarks(before, after, old, comparable),
  ];
  return found.map((one) => withoutNeedlessForm(one, [...before, ...after]));
}

/** A field that one form alone has is known without it. */
function withoutNeedlessForm(found: Found, subjects: readonly Subject[]): Found {
  const { subject } = found;
  if (subject?.kind !== 'field' || subject.form === undefined) return found;
  const namesakes = subjects.filter(
    ({ kind, direction, place, name }) =>
      kind === 'field' && direction === subject.direction && place === subject.place && name === subject.name,
  );
  if (new Set(namesakes.map(({ form }) => form)).size > 1) return found;
  const { form: _, ...known } = subject;
  return { ...found, subject: known };
}

function compareFacts(one: Subject, other: Subject, operation: Operation, comparable: Comparable): readonly Found[] {
  const facets = [...new Set([...one.facts, ...other.facts].map(({ facet }) => facet))].filter(
    (facet) => facet !== 'meaning',
  );
  const isOtherType = canonical(factOf(one, 'type')?.value ?? null) !== canonical(factOf(other, 'type')?.value ?? null);
  return facets.flatMap((facet) => {
    // What names a security scheme or a server has been told with its name.
    if (facet === 'scheme' && one.kind === 'security') return [];
    // A format belongs to its type.
    if (facet === 'format' && isOtherType) return [];
    const [before, after] = [factOf(one, facet), factOf(other, facet)];
    const compared = comparable.facts(facet, before, after);
    if (compared === undefined) return [];
    const [was, is] = compared;
    if (canonical(was?.value ?? null) === canonical(is?.value ?? null)) return [];
    const told = judgeFact({ facet, direction: one.direction, before: was?.value, after: is?.value });
    const at = { before: placeOf(was, one), after: placeOf(is, other) };
    return told.map((one_) => ({ told: one_, subject: one, operation, facet, at }));
  });
}

/** What is said beside a code's meaning: its example. */
function codeRemarks(
  before: readonly Subject[],
  after: readonly Subject[],
  operation: Operation,
  comparable: Comparable,
): readonly Found[] {
  const codes = (subjects: readonly Subject[]): readonly Subject[] => subjects.filter(({ kind }) => kind === 'code');
  return codes(before).flatMap((one) => {
    const other = codes(after).find(({ name }) => name === one.name);
    // An example that no longer fits a meaning that changed is no change of its own.
    if (other === undefined || factOf(one, 'meaning')?.value !== factOf(other, 'meaning')?.value) return [];
    return compareFacts(one, other, operation, comparable);
  });
}

function compareAllCodes(
  old: Operation,
  young: Operation,
  before: readonly Subject[],
  after: readonly Subject[],
): readonly Found[] {
  const listed = (subjects: readonly Subject[]): readonly { code: string; meaning: string }[] =>
    subjects
      .filter(({ kind }) => kind === 'code')
      .map((subject) => ({ code: subject.name, meaning: String(factOf(subject, 'meaning')?.value ?? '') }));
  const at = (code: string | undefined, subjects: readonly Subject[]): Place | undefined =>
    subjects.find(({ kind, name }) => kind === 'code' && name === code)?.at;
  return compareCodes(listed(before), listed(after)).map(({ old: was, young: is, ...told }) => ({
    told,
    codes: was.length > 0 ? was : is,
    operation: old,
    facet: 'code',
    at: { before: at(was[0], before) ?? old.codesAt, after: at(is[0], after) ?? young.codesAt },
  }));
}

function factOf({ facts }: Subject, facet: Fact['facet']): Fact | undefined {
  return facts.find((fact) => fact.facet === facet);
}

function placeOf(fact: Fact | undefined, subject: Subject): Place {
  return fact?.at ?? subject.factsAt ?? subject.at;
}

import type { Comparable } from './comparable.ts';
import { compareCodeLists } from './compare-code-lists.ts';
import { compareFacts } from './compare-facts.ts';
import { alignForms } from './forms.ts';
import type { Found } from './gather.ts';
import type { Operation, Subject } from './model.ts';
import { holderPlace, pairSubjects } from './pair-subjects.ts';
import { judgeGone, judgeMoved, judgeNew, judgeRenamed } from './rules/presence.ts';
import type { Told } from './rules/told.ts';

/** Every difference between two versions of an operation, as it is met: one that several fields share is met several times. */
export function compareOperations(old: Operation, young: Operation, comparable: Comparable): readonly Found[] {
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
    ...compareCodeLists(old, young, comparable),
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

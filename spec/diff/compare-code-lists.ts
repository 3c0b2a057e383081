import { compareCodes } from './codes.ts';
import type { Comparable } from './comparable.ts';
import { compareFacts, factOf } from './compare-facts.ts';
import type { Found } from './gather.ts';
import type { Operation, Place, Subject } from './model.ts';

/** What differs in the codes of two versions of an operation, and in what is said beside their meanings. */
export function compareCodeLists(old: Operation, young: Operation, comparable: Comparable): readonly Found[] {
  return [...inMeaning(old, young), ...besideMeaning(old, young, comparable)];
}

function inMeaning(old: Operation, young: Operation): readonly Found[] {
  const listed = (operation: Operation): readonly { code: string; meaning: string }[] =>
    codesOf(operation).map((subject) => ({
      code: subject.name,
      meaning: String(factOf(subject, 'meaning')?.value ?? ''),
    }));
  const at = (code: string | undefined, operation: Operation): Place =>
    codesOf(operation).find(({ name }) => name === code)?.at ?? operation.codesAt;
  return compareCodes(listed(old), listed(young)).map(({ old: was, young: is, ...told }) => ({
    told,
    codes: was.length > 0 ? was : is,
    operation: old,
    facet: 'code',
    at: { before: at(was[0], old), after: at(is[0], young) },
  }));
}

/** What is said beside a code's meaning: its example. */
function besideMeaning(old: Operation, young: Operation, comparable: Comparable): readonly Found[] {
  return codesOf(old).flatMap((one) => {
    const other = codesOf(young).find(({ name }) => name === one.name);
    // An example that no longer fits a meaning that changed is no change of its own.
    if (other === undefined || factOf(one, 'meaning')?.value !== factOf(other, 'meaning')?.value) return [];
    return compareFacts(one, other, old, comparable);
  });
}

function codesOf({ subjects }: Operation): readonly Subject[] {
  return subjects.filter(({ kind }) => kind === 'code');
}

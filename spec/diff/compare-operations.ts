import { alignForms } from './align-forms.ts';
import { canonical } from './canonical.ts';
import type { Statement } from './change.ts';
import { type Comparable, comparedFacts } from './comparable.ts';
import { compareCodes, type ListedCode } from './compare-codes.ts';
import { judgeFact, text } from './judge-fact.ts';
import { judgeMoved, judgePresence, judgeRenamed } from './judge-presence.ts';
import type { Found } from './merge-changes.ts';
import { type Fact, findFact, type Operation, type Place, type Subject } from './model.ts';
import { holderPlace, pairSubjects } from './pair-subjects.ts';
import { sameSigns } from './text/cosmetic.ts';

/** Every difference between two versions of an operation. One that several fields share is found several times. */
export function compareOperations(old: Operation, newer: Operation, comparable: Comparable): readonly Found[] {
  const [before, after] = alignForms(old.subjects, newer.subjects);
  const others = (subjects: readonly Subject[]): readonly Subject[] => subjects.filter(({ kind }) => kind !== 'code');
  const { same, renamed, moved, removed, added } = pairSubjects(others(before), others(after));
  const found = (statement: Statement, subject: Subject, facet: string, at: Found['at']): Found => ({
    statement,
    subject,
    operation: old,
    facet,
    at,
  });
  const pairs = (
    all: readonly (readonly [Subject, Subject])[],
    facet: string,
    judge: (one: Subject, other: Subject) => Statement,
  ): readonly Found[] =>
    all.flatMap(([one, other]) => [
      found(judge(one, other), one, facet, { before: one.at, after: other.at }),
      ...compareFacts(one, other, old, comparable),
    ]);
  const alone = (way: 'removed' | 'added', all: readonly Subject[]): readonly Found[] => {
    const [other, others] = way === 'removed' ? [newer, after] : [old, before];
    return all.map((subject) => {
      const hasOthers = others.some(({ kind }) => kind === subject.kind);
      const at = onBothSides(way, subject.at, holderPlace(subject, other, others));
      return found(judgePresence(subject, way, hasOthers), subject, way, at);
    });
  };
  return [
    ...same.flatMap(([one, other]) => compareFacts(one, other, old, comparable)),
    ...pairs(renamed, 'name', judgeRenamed),
    ...pairs(moved, 'place', judgeMoved),
    ...alone('removed', removed),
    ...alone('added', added),
    ...compareCodeLists(old, newer, comparable),
  ].map((one) => withoutUnusedForm(one, [...before, ...after]));
}

/** The place of something that one document has, and the place where it would be in the other. */
export function onBothSides(way: 'removed' | 'added', own: Place, other: Place): Found['at'] {
  return way === 'removed' ? { before: own, after: other } : { before: other, after: own };
}

/** Removes the form from the name of a field that only one form has. */
function withoutUnusedForm(found: Found, subjects: readonly Subject[]): Found {
  const { subject } = found;
  if (subject?.kind !== 'field' || subject.form === undefined) return found;
  const sameName = subjects.filter(
    ({ kind, direction, place, name }) =>
      kind === 'field' && direction === subject.direction && place === subject.place && name === subject.name,
  );
  if (new Set(sameName.map(({ form }) => form)).size > 1) return found;
  const { form: _, ...known } = subject;
  return { ...found, subject: known };
}

/** The differences in the facts about one subject. The meaning of a code is compared separately, with all codes. */
function compareFacts(one: Subject, other: Subject, operation: Operation, comparable: Comparable): readonly Found[] {
  const facets = new Set([...one.facts, ...other.facts].map(({ facet }) => facet));
  const isOtherType = !sameValue(findFact(one, 'type'), findFact(other, 'type'));
  return [...facets].flatMap((facet) => {
    // The difference of a security scheme is already reported with its name.
    if (facet === 'meaning' || (facet === 'scheme' && one.kind === 'security')) return [];
    // A format and the name of a class belong to their type.
    if ((facet === 'format' || facet === 'note/class') && isOtherType) return [];
    const [was, is] = comparedFacts(facet, [findFact(one, facet), findFact(other, facet)], comparable) ?? [];
    if (sameValue(was, is)) return [];
    const difference = { facet, direction: one.direction, before: was?.value, after: is?.value };
    const at = { before: findPlace(was, one), after: findPlace(is, other) };
    return (comparable === 'exact' ? judgeExactly : judgeFact)(difference).map((statement) => ({
      statement,
      subject: one,
      operation,
      facet,
      at,
    }));
  });
}

function sameValue(one: Fact | undefined, other: Fact | undefined): boolean {
  return canonical(one?.value ?? null) === canonical(other?.value ?? null);
}

/** Also reports differences only in appearance. */
function judgeExactly(difference: Parameters<typeof judgeFact>[0]): readonly Statement[] {
  const statements = judgeFact(difference);
  const [before = '', after = ''] = [text(difference.before), text(difference.after)];
  if (statements.length > 0 || sameSigns(before, after)) return statements;
  return [{ rule: 'description-reworded', what: 'is written differently', before, after }];
}

function findPlace(fact: Fact | undefined, subject: Subject): Place {
  return fact?.at ?? subject.factsAt ?? subject.at;
}

function placeOfCode(code: string | undefined, codes: readonly Subject[]): Place | undefined {
  return codes.find(({ name }) => name === code)?.at;
}

/** Where a code would be in the list without it: at the nearest code above it that both lists have, or at the list. */
function placeBeside(
  code: string | undefined,
  having: readonly Subject[],
  lacking: readonly Subject[],
  { codesAt }: Operation,
): Place {
  const above = having
    .slice(
      0,
      having.findIndex(({ name }) => name === code),
    )
    .map(({ name }) => name);
  const shared = above.findLast((name) => placeOfCode(name, lacking) !== undefined);
  return placeOfCode(shared, lacking) ?? codesAt;
}

function compareCodeLists(old: Operation, newer: Operation, comparable: Comparable): readonly Found[] {
  const [before, after] = [old, newer].map(({ subjects }) => subjects.filter(({ kind }) => kind === 'code'));
  if (before === undefined || after === undefined) return [];
  const listed = (codes: readonly Subject[]): readonly ListedCode[] =>
    codes.map((subject) => ({ code: subject.name, meaning: String(findFact(subject, 'meaning')?.value ?? '') }));
  const inMeaning = compareCodes(listed(before), listed(after), comparable === 'exact').map(
    ({ old: was, newer: is, ...statement }): Found => ({
      statement,
      codes: was.length > 0 ? was : is,
      operation: old,
      facet: 'code',
      at: {
        before: placeOfCode(was[0], before) ?? placeBeside(is[0], after, before, old),
        after: placeOfCode(is[0], after) ?? placeBeside(was[0], before, after, newer),
      },
    }),
  );
  const inOtherFacts = before.flatMap((one) => {
    const other = after.find(({ name }) => name === one.name);
    // If the meaning changed, a different example is not a separate change.
    if (other === undefined || findFact(one, 'meaning')?.value !== findFact(other, 'meaning')?.value) return [];
    return compareFacts(one, other, old, comparable);
  });
  return [...inMeaning, ...inOtherFacts];
}

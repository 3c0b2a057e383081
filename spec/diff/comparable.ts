import type { Facet, Fact, Operation, Spec, Subject } from './model.ts';
import { type Description, describe } from './text/description.ts';

/**
 * What is compared between two documents: `all` is everything but appearance, such as a capital letter; `exact` is
 * everything; `translated` has two languages, so descriptions only by their structure; `shared` is only what both an
 * openapi.yaml and a page can say.
 */
export type Comparable = 'all' | 'exact' | 'translated' | 'shared';

/** What is not compared between an openapi.yaml and a page, for the reader. */
export const notShared =
  "between an openapi.yaml and a page: limits, patterns, null and security, which are not on pages, and wording if the openapi.yaml does not have the page's words (x-document)";

/** The subjects to compare in one document. */
export function comparedSubjects({ subjects }: Operation, { kind }: Spec, comparable: Comparable): readonly Subject[] {
  if (comparable !== 'shared') return subjects;
  return subjects.filter(isOnPages).map(kind === 'page' ? asPageWords : inPageWords);
}

type Sides = readonly [Fact | undefined, Fact | undefined];

/** The facts to compare for one facet; undefined if they are not compared. */
export function comparedFacts(facet: Facet, [before, after]: Sides, comparable: Comparable): Sides | undefined {
  if (comparable === 'all' || comparable === 'exact') return [before, after];
  if (comparable === 'translated') {
    if (facet !== 'description' || before === undefined || after === undefined) return [before, after];
    return onlyStructure(before, after, 'of either');
  }
  if (before === undefined || after === undefined) return undefined;
  // A page has one required mark for all forms of a body.
  if (facet === 'required' && [before, after].some(({ value }) => value === 'in some forms')) return undefined;
  if (said.has(facet)) return [before, after];
  if (facet === 'type') return sharesType(before, after) ? undefined : [before, after];
  return facet === 'description' ? onlyStructure(before, after, 'of both') : undefined;
}

/** The facets that both kinds of document have in the same form. */
const said: ReadonlySet<Facet> = new Set<Facet>(['path', 'method', 'meaning', 'required', 'description/page']);

/** Whether a page can contain a subject. The token's header is a security scheme in an openapi.yaml. */
function isOnPages({ kind, direction, place, name }: Subject): boolean {
  if (kind === 'media') return direction === 'request';
  return ['operation', 'field', 'code'].includes(kind) && !(place === 'header' && /^authorization$/i.test(name));
}

/** If an openapi.yaml has the page's words, they are compared instead of its own description. */
function inPageWords(subject: Subject): Subject {
  if (!subject.facts.some(({ facet }) => facet === 'description/page')) return subject;
  return { ...subject, facts: subject.facts.filter(({ facet }) => facet !== 'description') };
}

function asPageWords(subject: Subject): Subject {
  const own = subject.facts.filter(({ facet }) => facet === 'description');
  return {
    ...subject,
    facts: [...subject.facts, ...own.map((fact) => ({ ...fact, facet: 'description/page' as const }))],
  };
}

/** Whether two facts share a type: a page has one type, but a schema may list several. */
function sharesType(before: Fact, after: Fact): boolean {
  const [old, newer] = [before, after].map(({ value }) => (Array.isArray(value) ? value.map(String) : [String(value)]));
  return old?.some((type) => newer?.includes(type)) === true;
}

/** Only the formulas and values in two descriptions; undefined if they are missing in one (`of both`) or both (`of either`). */
function onlyStructure(before: Fact, after: Fact, where: 'of both' | 'of either'): Sides | undefined {
  const all = [describe(String(before.value)), describe(String(after.value))];
  const has = (parts: (description: Description) => object): boolean => {
    const found = all.filter((description) => Object.keys(parts(description)).length > 0);
    return found.length >= (where === 'of both' ? 2 : 1);
  };
  const [values, formulas] = [has((description) => description.values), has((description) => description.formulas)];
  if (!formulas && !values) return undefined;
  const [old, newer] = all.map((description) =>
    [
      ...(values ? Object.entries(description.values).map(([value, meaning]) => `${value}-${meaning}`) : []),
      ...(formulas ? description.formulas : []),
    ].join('\n\n'),
  );
  return [
    { ...before, value: old ?? '' },
    { ...after, value: newer ?? '' },
  ];
}

import type { Facet, Fact, Operation, Spec, Subject } from './model.ts';
import { type Description, describe } from './text/description.ts';

/** What is compared between two documents: everything, or only what both kinds of document can say. */
export type Comparable = {
  /** The subjects to compare in one document. */
  readonly subjects: (operation: Operation, of: Spec) => readonly Subject[];
  /** The facts to compare for one facet; undefined if they are not compared. */
  readonly facts: (
    facet: Facet,
    before: Fact | undefined,
    after: Fact | undefined,
  ) => readonly [Fact | undefined, Fact | undefined] | undefined;
  /** Whether differences only in appearance, such as a capital letter, are reported too. */
  readonly isExact: boolean;
  /** What is not compared, for the reader; empty if everything is compared. */
  readonly leftOut: string;
};

/** Compares everything in two documents of the same kind; in an openapi.yaml and a page, only what a page can say. */
export function comparableBy(before: Spec, after: Spec): Comparable {
  if (before.kind === after.kind) return { ...exactly(false), isExact: false };
  return {
    subjects: ({ subjects }, { kind }) => subjects.filter(isOnPages).map(kind === 'page' ? asPageWords : inPageWords),
    facts: factsOfBoth,
    isExact: false,
    leftOut:
      "between an openapi.yaml and a page: limits, patterns, null and security, which are not on pages, and wording if the openapi.yaml does not have the page's words (x-document)",
  };
}

/** Compares everything, including appearance. Descriptions in two languages are compared only by their structure. */
export function exactly(translated: boolean): Comparable {
  return {
    subjects: ({ subjects }) => subjects,
    facts: (facet, old, newer) =>
      translated && facet === 'description' && old !== undefined && newer !== undefined
        ? onlyStructure(old, newer, 'of either')
        : [old, newer],
    isExact: !translated,
    leftOut: '',
  };
}

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

const said: ReadonlySet<Facet> = new Set<Facet>(['path', 'method', 'meaning', 'required', 'description/page']);

function factsOfBoth(facet: Facet, before: Fact | undefined, after: Fact | undefined): ReturnType<Comparable['facts']> {
  if (before === undefined || after === undefined) return undefined;
  // A page has one required mark for all forms of a body.
  if (facet === 'required' && [before, after].some(({ value }) => value === 'in some forms')) return undefined;
  if (said.has(facet)) return [before, after];
  if (facet === 'type') return sharesType(before, after) ? undefined : [before, after];
  return facet === 'description' ? onlyStructure(before, after, 'of both') : undefined;
}

/** Whether two facts share a type: a page has one type, but a schema may list several. */
function sharesType(before: Fact, after: Fact): boolean {
  const [old, newer] = [before, after].map(({ value }) => (Array.isArray(value) ? value.map(String) : [String(value)]));
  return old?.some((type) => newer?.includes(type)) === true;
}

/** Only the formulas and values in two descriptions; undefined if they are missing in one (`of both`) or both (`of either`). */
function onlyStructure(before: Fact, after: Fact, where: 'of both' | 'of either'): ReturnType<Comparable['facts']> {
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

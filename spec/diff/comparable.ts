import type { Facet, Fact, Operation, Spec, Subject } from './model.ts';
import { type Description, describe } from './text/description.ts';

/** What two documents can be compared by: all of it, or what both kinds of document can say. */
export type Comparable = {
  /** The subjects of one document as they are compared. */
  readonly subjects: (operation: Operation, of: Spec) => readonly Subject[];
  /** The facts of one facet as they are compared; undefined where they are not. */
  readonly facts: (
    facet: Facet,
    before: Fact | undefined,
    after: Fact | undefined,
  ) => readonly [Fact | undefined, Fact | undefined] | undefined;
  /** Whether what only looks different, such as a capital, is a difference too. */
  readonly isExact: boolean;
  /** What is left out, for the reader; empty where nothing is. */
  readonly leftOut: string;
};

/** Two documents of one kind are compared by everything; an openapi.yaml and a page, by what a page can say. */
export function comparableBy(before: Spec, after: Spec): Comparable {
  if (before.kind === after.kind) return { ...exactly(false), isExact: false };
  return {
    subjects: ({ subjects }, { kind }) => subjects.filter(isOnPages).map(kind === 'page' ? asPageWords : inPageWords),
    facts: factsOfBoth,
    isExact: false,
    leftOut:
      "between an openapi.yaml and a page: bounds, patterns, null and security, which a page has no place for, and wording where the openapi.yaml does not keep the page's (x-document)",
  };
}

/** Two documents are compared by everything, looks included; in two languages descriptions by their structure alone. */
export function exactly(translated: boolean): Comparable {
  return {
    subjects: ({ subjects }) => subjects,
    facts: (facet, old, newer) =>
      translated && facet === 'description' && old !== undefined && newer !== undefined
        ? structureAlone(old, newer, 'of either')
        : [old, newer],
    isExact: !translated,
    leftOut: '',
  };
}

/** What a page can speak of. The token's header is a security scheme in an openapi.yaml. */
function isOnPages({ kind, direction, place, name }: Subject): boolean {
  if (kind === 'media') return direction === 'request';
  return ['operation', 'field', 'code'].includes(kind) && !(place === 'header' && /^authorization$/i.test(name));
}

/** Where an openapi.yaml keeps the page's own words, those are compared, and not its own. */
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
  // A page has one mark for all forms of a body.
  if (facet === 'required' && [before, after].some(({ value }) => value === 'in some forms')) return undefined;
  if (said.has(facet)) return [before, after];
  if (facet === 'type') return sharesType(before, after) ? undefined : [before, after];
  return facet === 'description' ? structureAlone(before, after, 'of both') : undefined;
}

/** A page has one word for a type where a schema may list several. */
function sharesType(before: Fact, after: Fact): boolean {
  const [old, newer] = [before, after].map(({ value }) => (Array.isArray(value) ? value.map(String) : [String(value)]));
  return old?.some((type) => newer?.includes(type)) === true;
}

/** The formulas and the values that descriptions spell out, where both do or either does; undefined where they do not. */
function structureAlone(before: Fact, after: Fact, where: 'of both' | 'of either'): ReturnType<Comparable['facts']> {
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

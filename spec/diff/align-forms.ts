import type { Fact, FactValue, Subject } from './model.ts';

/** Two lists of subjects with the same names of alternatives. If one side has no alternatives, those of the other are merged. */
export function alignForms(
  before: readonly Subject[],
  after: readonly Subject[],
): readonly [readonly Subject[], readonly Subject[]] {
  const places = new Set([...before, ...after].map(placeKey));
  return [...places].reduce(([old, newer], place) => alignInPlace(place, old, newer), [before, after] as const);
}

/** The fields of each body and the parameters of each kind; all other subjects are in one place, and have no forms. */
function placeKey({ kind, direction, place }: Subject): string {
  return kind === 'field' || kind === 'form' ? `${direction} ${place}` : '';
}

/** Aligns the forms in one place. The order stays, because changes are merged in it; merged fields come last. */
function alignInPlace(
  key: string,
  before: readonly Subject[],
  after: readonly Subject[],
): readonly [readonly Subject[], readonly Subject[]] {
  const isHere = (subject: Subject): boolean => placeKey(subject) === key;
  const [old, newer] = [listForms(before.filter(isHere)), listForms(after.filter(isHere))];
  if (old.size === 0 && newer.size === 0) return [before, after];
  if (old.size === 0 || newer.size === 0)
    return [mergeForms(before, isHere, [...old.keys()]), mergeForms(after, isHere, [...newer.keys()])];
  const names = matchForms(old, newer);
  const renamed = after.map((subject) => {
    const name = isHere(subject) ? names.get(subject.form ?? '') : undefined;
    return name === undefined ? subject : { ...subject, form: name };
  });
  return [before, renamed];
}

type Forms = ReadonlyMap<string, ReadonlySet<string>>;

function listForms(subjects: readonly Subject[]): Forms {
  const forms = new Map<string, Set<string>>();
  for (const { form, name } of subjects)
    if (form !== undefined) forms.set(form, (forms.get(form) ?? new Set()).add(name));
  return forms;
}

/** Maps new forms to old ones by their fields, because the name of a schema is not part of the contract. */
function matchForms(old: Forms, newer: Forms): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const free = new Set([...old.keys()].filter((form) => !newer.has(form)));
  const similarities = [...newer]
    .filter(([form]) => !old.has(form))
    .flatMap(([form, fields]) =>
      [...free].map((known) => ({ form, known, share: similarity(old.get(known) ?? new Set(), fields) })),
    )
    .filter(({ share }) => share >= 0.5)
    .sort((one, other) => other.share - one.share);
  for (const { form, known } of similarities) {
    if (names.has(form) || !free.has(known)) continue;
    names.set(form, known);
    free.delete(known);
  }
  return names;
}

/** The share of common items in two sets, from 0 to 1. */
export function similarity(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const all = one.union(other);
  return all.size === 0 ? 1 : one.intersection(other).size / all.size;
}

/** Merges the fields of all alternatives in a place; a field is required if every alternative requires it. */
function mergeForms(
  subjects: readonly Subject[],
  isHere: (subject: Subject) => boolean,
  forms: readonly string[],
): readonly Subject[] {
  if (forms.length === 0) return subjects;
  const byName = Map.groupBy(subjects.filter(isHere), ({ name }) => name);
  const merged = [...byName.values()].flatMap((same) => mergeField(same, forms));
  return [...subjects.filter((subject) => !isHere(subject)), ...merged];
}

function mergeField(same: readonly Subject[], labels: readonly string[]): readonly Subject[] {
  const real = same.filter(({ facts }) => !isNullAlone(facts));
  const [first] = real.length > 0 ? real : same;
  if (first === undefined) return [];
  const { form: _, ...shape } = first;
  const facts = new Map<string, Fact>();
  for (const fact of (real.length > 0 ? real : same).flatMap((subject) => subject.facts)) {
    const known = facts.get(fact.facet);
    if (known === undefined) facts.set(fact.facet, fact);
    else if (fact.facet === 'type' || fact.facet === 'values')
      facts.set(fact.facet, { ...known, value: union(known.value, fact.value) });
  }
  const nullable = same.flatMap((subject) => subject.facts).find(({ facet }) => facet === 'nullable');
  if (nullable !== undefined) facts.set('nullable', nullable);
  const mark = facts.get('required');
  if (mark !== undefined) facts.set('required', { ...mark, value: mergedFirmness(same, labels) });
  facts.delete('choice');
  return [{ ...shape, kind: 'field', facts: [...facts.values()] }];
}

function mergedFirmness(same: readonly Subject[], labels: readonly string[]): string {
  const firm = same.filter(({ facts }) =>
    facts.some(({ facet, value }) => facet === 'required' && value === 'required'),
  );
  if (firm.some(({ form }) => form === undefined) || labels.every((label) => firm.some(({ form }) => form === label)))
    return 'required';
  return firm.length > 0 ? 'in some forms' : 'optional';
}

function isNullAlone(facts: readonly Fact[]): boolean {
  return (
    facts.some(({ facet }) => facet === 'nullable') &&
    !facts.some(({ facet }) => facet === 'type' || facet === 'values')
  );
}

function union(one: FactValue, other: FactValue): FactValue {
  return [...new Set([one, other].flatMap((value) => (Array.isArray(value) ? value : [])))].sort();
}

import type { Fact, FactValue, Subject } from './model.ts';

/** Two lists of subjects with the same names of alternatives. If one side has no alternatives, those of the other are merged. */
export function alignForms(
  before: readonly Subject[],
  after: readonly Subject[],
): readonly [readonly Subject[], readonly Subject[]] {
  const places = new Set([...before, ...after].filter(isField).map(placeKey));
  return [...places].reduce(([old, newer], place) => alignAt(place, old, newer), [before, after] as const);
}

function alignAt(
  place: string,
  before: readonly Subject[],
  after: readonly Subject[],
): readonly [readonly Subject[], readonly Subject[]] {
  const [old, newer] = [labelsAt(place, before), labelsAt(place, after)];
  if (old.length === 0 && newer.length === 0) return [before, after];
  if (old.length === 0 || newer.length === 0) return [mergeForms(place, before), mergeForms(place, after)];
  const names = matchLabels(place, [old, before], [newer, after]);
  return [before, after.map((subject) => relabel(subject, place, names))];
}

function relabel(subject: Subject, place: string, names: ReadonlyMap<string, string>): Subject {
  const name = isField(subject) && placeKey(subject) === place ? names.get(subject.form ?? '') : undefined;
  return name === undefined ? subject : { ...subject, form: name };
}

/** Maps new labels to old ones by their fields, because the name of a schema is not part of the contract. */
function matchLabels(
  place: string,
  [old, before]: readonly [labels: readonly string[], subjects: readonly Subject[]],
  [newer, after]: readonly [labels: readonly string[], subjects: readonly Subject[]],
): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const free = new Set(old.filter((label) => !newer.includes(label)));
  const unknown = newer.filter((label) => !old.includes(label));
  const similarities = unknown
    .flatMap((label) =>
      [...free].map((known) => ({
        label,
        known,
        share: similarity(fieldsIn(place, known, before), fieldsIn(place, label, after)),
      })),
    )
    .filter(({ share }) => share >= 0.5)
    .sort((one, other) => other.share - one.share);
  for (const { label, known } of similarities) {
    if (names.has(label) || !free.has(known)) continue;
    names.set(label, known);
    free.delete(known);
  }
  return names;
}

/** The share of common items in two sets, from 0 to 1. */
export function similarity(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const all = one.union(other);
  return all.size === 0 ? 1 : one.intersection(other).size / all.size;
}

function fieldsIn(place: string, form: string, subjects: readonly Subject[]): ReadonlySet<string> {
  return new Set(
    subjects
      .filter((subject) => isField(subject) && placeKey(subject) === place && subject.form === form)
      .map(({ name }) => name),
  );
}

function labelsAt(place: string, subjects: readonly Subject[]): readonly string[] {
  const labels = subjects
    .filter((subject) => isField(subject) && placeKey(subject) === place)
    .flatMap(({ form }) => form ?? []);
  return [...new Set(labels)];
}

/** Merges the fields of all alternatives; a field is required if every alternative requires it. */
function mergeForms(place: string, subjects: readonly Subject[]): readonly Subject[] {
  const labels = labelsAt(place, subjects);
  if (labels.length === 0) return subjects;
  const mine = subjects.filter((subject) => isField(subject) && placeKey(subject) === place);
  const names = new Set(mine.map(({ name }) => name));
  const merged = [...names].flatMap((name) =>
    mergeField(
      mine.filter((subject) => subject.name === name),
      labels,
    ),
  );
  return [...subjects.filter((subject) => !mine.includes(subject)), ...merged];
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

function isField({ kind }: Subject): boolean {
  return kind === 'field' || kind === 'form';
}

function placeKey({ direction, place }: Subject): string {
  return `${direction} ${place ?? ''}`;
}

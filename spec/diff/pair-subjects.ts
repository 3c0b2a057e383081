import { findFact, type Operation, type Place, type Subject } from './model.ts';
import { sameWords } from './text/cosmetic.ts';

/** The subjects of two versions: on both sides, renamed, moved, removed, added. */
export type PairedSubjects = {
  readonly same: readonly (readonly [Subject, Subject])[];
  readonly renamed: readonly (readonly [Subject, Subject])[];
  readonly moved: readonly (readonly [Subject, Subject])[];
  readonly removed: readonly Subject[];
  readonly added: readonly Subject[];
};

/** Pairs the subjects of two versions of an operation. Subjects inside a removed or added one are left out. */
export function pairSubjects(before: readonly Subject[], after: readonly Subject[]): PairedSubjects {
  const [old, newer] = [byKey(before), byKey(after)];
  const same = [...old].flatMap(([key, subject]) => {
    const other = newer.get(key);
    return other === undefined ? [] : [[subject, other] as const];
  });
  const turned = same.filter(([one, other]) => isList(one) !== isList(other)).map(([one]) => one);
  const unmatched = (all: ReadonlyMap<string, Subject>, others: ReadonlyMap<string, Subject>): readonly Subject[] =>
    topmost([...all].filter(([key]) => !others.has(key)).map(([, subject]) => subject)).filter(
      (subject) => !turned.some((list) => holds(list, subject)),
    );
  const [gone, came] = [unmatched(old, newer), unmatched(newer, old)];
  const moved = match(gone, came, isMoved);
  const renamed = match(without(gone, moved), without(came, moved), isRenamed);
  const found = [...moved, ...renamed];
  return { same, moved, renamed, removed: without(gone, found), added: without(came, found) };
}

/** Whether a subject is a list. If a list becomes another type, or the reverse, its inner subjects change with it. */
function isList(subject: Subject): boolean {
  const type = findFact(subject, 'type')?.value;
  return Array.isArray(type) && type.includes('array');
}

/** The place of a subject on the side without it: its nearest parent there. */
export function holderPlace(subject: Subject, other: Operation, subjects: readonly Subject[]): Place {
  const within = subjects.filter(
    ({ kind, direction, place }) =>
      (kind === 'field' || kind === 'form') && direction === subject.direction && place === subject.place,
  );
  const holders = within.filter(
    ({ name, form }) => (form === undefined || form === subject.form) && (name === '' || isBelow(subject.name, name)),
  );
  return holders.sort((one, two) => two.name.length - one.name.length)[0]?.at ?? other.at;
}

/** The key for equal subjects on both sides. The name of a security scheme is ignored. */
function subjectKey(subject: Subject): string {
  const { kind, direction, place = '', form = '', name } = subject;
  const scheme =
    kind === 'security' ? subject.facts.filter(({ facet }) => facet === 'scheme').map(({ value }) => value) : [];
  const called = scheme.length > 0 ? scheme.join() : name;
  return [kind, direction, place, form, kind === 'media' ? called.toLowerCase().replace(/\s/g, '') : called].join('\n');
}

function byKey(subjects: readonly Subject[]): ReadonlyMap<string, Subject> {
  const map = new Map<string, Subject>();
  for (const subject of subjects) {
    const key = subjectKey(subject);
    if (!map.has(key)) map.set(key, subject);
  }
  return map;
}

function topmost(subjects: readonly Subject[]): readonly Subject[] {
  return subjects.filter((subject) => !subjects.some((other) => other !== subject && holds(other, subject)));
}

/** Whether a subject belongs to another: a field to its parent, a body to its content type or status. */
function holds(outer: Subject, inner: Subject): boolean {
  if (outer.direction !== inner.direction) return false;
  if (outer.kind === 'status') return inner.place === outer.name || (inner.place ?? '').endsWith(` of ${outer.name}`);
  const isBody = outer.kind === 'field' && outer.name === '';
  if (isBody && inner.kind === 'media')
    return outer.place === (inner.place === undefined ? 'body' : `body of ${inner.place}`);
  if (outer.place !== inner.place || (inner.kind !== 'field' && inner.kind !== 'form')) return false;
  if (outer.kind === 'form') return inner.form === outer.form || inner.form?.startsWith(`${outer.form} / `) === true;
  if (isBody) return inner.name !== '' || (outer.form === undefined && inner.form !== undefined);
  return outer.kind === 'field' && outer.form === inner.form && isBelow(inner.name, outer.name);
}

function isBelow(name: string, holder: string): boolean {
  return name.startsWith(`${holder}.`) || name.startsWith(`${holder}[`);
}

/** Pairs one to one; subjects with several candidates are not paired. */
function match(
  gone: readonly Subject[],
  came: readonly Subject[],
  fits: (old: Subject, newer: Subject) => boolean,
): readonly (readonly [Subject, Subject])[] {
  return gone.flatMap((old) => {
    const [newer, ...more] = came.filter((subject) => fits(old, subject));
    if (newer === undefined || more.length > 0 || gone.filter((subject) => fits(subject, newer)).length > 1) return [];
    return [[old, newer] as const];
  });
}

function without(subjects: readonly Subject[], paired: readonly (readonly [Subject, Subject])[]): readonly Subject[] {
  return subjects.filter((subject) => !paired.flat().includes(subject));
}

/** Whether a field has the same name in another place of the request, such as the body instead of the query. */
function isMoved(old: Subject, newer: Subject): boolean {
  const isRequestField = ({ kind, direction }: Subject): boolean => kind === 'field' && direction === 'request';
  return isRequestField(old) && isRequestField(newer) && old.name === newer.name && old.place !== newer.place;
}

/** Whether a field has another name but the same description; a content type, server or security scheme is simply replaced. */
function isRenamed(old: Subject, newer: Subject): boolean {
  if ((['kind', 'direction', 'place', 'form'] as const).some((key) => old[key] !== newer[key])) return false;
  if (old.kind === 'media' || old.kind === 'security' || old.kind === 'server') return true;
  if (old.kind !== 'field' || parentName(old.name) !== parentName(newer.name)) return false;
  if (old.name.toLowerCase() === newer.name.toLowerCase()) return true;
  const text = (subject: Subject): string => String(findFact(subject, 'description')?.value ?? '');
  return (
    text(old) !== '' &&
    sameWords(text(old), text(newer)) &&
    JSON.stringify(findFact(old, 'type')?.value) === JSON.stringify(findFact(newer, 'type')?.value)
  );
}

function parentName(name: string): string {
  return name.replace(/(?:^|\.)[^.]*$/, '');
}

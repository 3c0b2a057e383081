import { type Change, rules, type Statement, severities } from './change.ts';
import type { Operation, Place, Subject } from './model.ts';

/** One difference: of one subject in one form of a body, or of codes. */
export type Found = {
  readonly statement: Statement;
  readonly subject?: Subject;
  readonly codes?: readonly string[];
  readonly operation: Pick<Operation, 'method' | 'path'>;
  /** What differs: a facet, or `removed`, `added`, `name`, `place`. */
  readonly facet: string;
  readonly at: { readonly before: Place; readonly after: Place };
};

/**
 * Merges differences: those in the same place, and the same difference in every form, become one change.
 * @param isOfSeveral whether the documents have several operations; each change then names its operation.
 */
export function mergeChanges(found: readonly Found[], isOfSeveral: boolean): readonly Change[] {
  const byPlace = groupBy(oneTranslation(found), ({ statement, facet, at }) => [
    facet,
    statement.what,
    pointed(at.before),
    pointed(at.after),
  ]);
  const named = byPlace.map((all) => ({
    found: all.reduce((worst, one) => (rank(one.statement) < rank(worst.statement) ? one : worst)),
    names: [...new Set(all.map((one) => nameIn(one, isOfSeveral)))],
    forms: formNames(all),
  }));
  const merged = groupBy(named, ({ found: { statement }, names }) => [
    statement.rule,
    ...names,
    statement.what,
    statement.before ?? '',
    statement.after ?? '',
  ]);
  return merged
    .flatMap((all) => {
      const [first] = all;
      if (first === undefined) return [];
      const forms = new Set(all.flatMap((one) => [...one.forms]));
      return [toChange(first.found, subjectText(first.names, forms))];
    })
    .sort(
      (one, other) =>
        rank(one) - rank(other) || one.at.before.line - other.at.before.line || one.at.after.line - other.at.after.line,
    );
}

/** Merges all translated descriptions into one change, at the first one. */
function oneTranslation(found: readonly Found[]): readonly Found[] {
  const [first, ...others] = found.filter(({ statement }) => statement.rule === 'description-translated');
  if (first === undefined || others.length === 0) return found;
  const statement = { ...first.statement, what: `and ${others.length} more are described in another language` };
  return found.flatMap((one) => {
    if (one === first) return [{ ...first, statement }];
    return others.includes(one) ? [] : [one];
  });
}

function toChange({ statement: { rule, what, ...texts }, at }: Found, subject: string): Change {
  const { severity, ...meaning } = rules[rule];
  return { rule, severity, subject, what, ...texts, ...meaning, at };
}

function subjectText(names: readonly string[], forms: ReadonlySet<string>): string {
  const form = forms.size === 1 && !forms.has('') ? ` (form ${[...forms].join()})` : '';
  return `${names.join(', ')}${form}`;
}

/** The forms with a change; the empty name means all forms. The name of a form already contains it. */
function formNames(all: readonly Found[]): ReadonlySet<string> {
  return new Set(all.map(({ subject }) => (subject?.kind === 'form' ? '' : (subject?.form ?? ''))));
}

function nameIn({ subject, codes = [], operation }: Found, isOfSeveral: boolean): string {
  const name =
    subject === undefined
      ? `${codes.length === 1 ? 'code' : 'codes'} ${codes.join(', ')}`
      : subjectName(subject, operation);
  const isShared = subject !== undefined && ['operation', 'server', 'about'].includes(subject.kind);
  return isOfSeveral && !isShared ? `${name} of ${operation.method} ${operation.path}` : name;
}

/** The name of a subject for the reader: `request field name`, `code 4004`, `POST /v2/…`. */
function subjectName(subject: Subject, operation: Pick<Operation, 'method' | 'path'>): string {
  const { kind, name, direction } = subject;
  switch (kind) {
    case 'operation':
      return `${operation.method} ${operation.path}`;
    case 'field':
      return fieldName(subject);
    case 'form':
      return `${direction} form ${subject.form ?? ''}`;
    case 'media':
      return `${direction} content type ${name}`;
    case 'status':
      return `HTTP status ${name}`;
    case 'about':
      return 'the document';
    case 'leftover':
      return 'a line that is not understood';
    default:
      return `${kind} ${name}`;
  }
}

function fieldName({ name, place = '', direction }: Subject): string {
  if (place.startsWith('header of')) return `response header ${name}`;
  if (place !== 'body' && !place.startsWith('body ')) return `${place} parameter ${name}`;
  // `body of 200` is the usual answer; only another status or a second content type is named.
  const where = place.replace(/^body of 200(?: as )?|^body(?: as )?/, '');
  const suffix = where === '' ? '' : ` (${where.replace(/^body of |^ of /, '')})`;
  return `${direction} ${name === '' ? 'body' : `field ${name}`}${suffix}`;
}

function rank({ rule }: Statement): number {
  return severities.indexOf(rules[rule].severity);
}

function pointed({ line, pointer }: Place): string {
  return pointer ?? String(line);
}

function groupBy<Item>(all: readonly Item[], toKeys: (item: Item) => readonly string[]): readonly (readonly Item[])[] {
  return [...Map.groupBy(all, (item) => JSON.stringify(toKeys(item))).values()];
}

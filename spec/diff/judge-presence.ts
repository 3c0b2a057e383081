import type { RuleId, Statement } from './change.ts';
import { sides, text } from './judge-fact.ts';
import { findFact, type Subject, type SubjectKind } from './model.ts';

/** What it means that a subject is gone. `hasOthers`: whether others of its kind are there after it. */
export function judgeGone(subject: Subject, hasOthers: boolean): Statement {
  if (isMarkAlone(subject)) return markAlone(subject, 'optional');
  return { rule: presenceRule(subject, 'removed', hasOthers), what: 'is gone', ...sides(shown(subject), undefined) };
}

/** What it means that a subject is new. `hadOthers`: whether others of its kind were there before it. */
export function judgeNew(subject: Subject, hadOthers: boolean): Statement {
  if (isMarkAlone(subject)) return markAlone(subject, 'required');
  const { kind, direction } = subject;
  const isDemanded = kind === 'field' && direction === 'request' && findFact(subject, 'required')?.value === 'required';
  return {
    rule: kind === 'field' ? newField(subject) : presenceRule(subject, 'added', hadOthers),
    what: isDemanded ? 'is new and required' : 'is new',
    ...sides(undefined, shown(subject)),
  };
}

/** What it means that a subject has another name. */
export function judgeRenamed(old: Subject, newer: Subject): Statement {
  const names = sides(old.name, newer.name);
  switch (old.kind) {
    case 'media':
      return { rule: `${bodySide(old)}-media-changed`, what: `is ${newer.name} now`, ...names };
    case 'security':
      return { rule: 'security-changed', what: 'is asked for otherwise', ...sides(shown(old), shown(newer)) };
    case 'server':
      return { rule: 'server-changed', what: `is ${newer.name} now`, ...names };
    default:
      return { rule: `${bodySide(old)}-field-renamed`, what: `is called ${newer.name} now`, ...names };
  }
}

/** What it means that a parameter is sent in another place. */
export function judgeMoved(old: Subject, newer: Subject): Statement {
  return { rule: 'request-field-moved', what: `is sent in the ${newer.place} now`, ...sides(old.place, newer.place) };
}

/** A form that only says which fields of its body it needs: a mark that comes or goes is no field that does. */
function isMarkAlone({ kind, form, facts }: Subject): boolean {
  return kind === 'field' && form !== undefined && facts.length === 1 && facts[0]?.value === 'required';
}

function markAlone(subject: Subject, mark: 'required' | 'optional'): Statement {
  return { rule: `${bodySide(subject)}-field-${mark}`, what: `is ${mark} now` };
}

function bodySide({ direction }: Subject): 'request' | 'response' {
  return direction === 'response' ? 'response' : 'request';
}

function presenceRule(subject: Subject, way: 'removed' | 'added', hasOthers: boolean): RuleId {
  const side = bodySide(subject);
  const byKind: Readonly<Record<SubjectKind, RuleId>> = {
    operation: `operation-${way}`,
    field: `${side}-field-${way}`,
    form: `${side}-form-${way}`,
    code: `code-${way}`,
    media: `${side}-media-${way}`,
    status: `http-status-${way}`,
    security: hasOthers ? `security-choice-${way}` : `security-${way}`,
    server: 'server-changed',
    about: 'remark-changed',
    leftover: 'line-not-understood',
  };
  return byKind[subject.kind];
}

function newField(subject: Subject): RuleId {
  const mark = findFact(subject, 'required')?.value;
  if (subject.direction === 'response')
    return mark === 'optional' ? 'response-field-added-optional' : 'response-field-added';
  return mark === 'required' ? 'request-field-added-required' : 'request-field-added';
}

/** A subject that is on one side alone, in a few words: its type and what it is for. */
function shown(subject: Subject): string | undefined {
  const parts = (['type', 'scheme', 'description'] as const).map((facet) => text(findFact(subject, facet)?.value));
  return parts.filter(Boolean).join(': ') || undefined;
}

import type { RuleId, Statement } from './change.ts';
import { bodySide, sides, text } from './judge-fact.ts';
import { findFact, type Subject } from './model.ts';

/** The statement for a removed or added subject. `hasOthers`: whether the other document has others of its kind. */
export function judgePresence(subject: Subject, way: 'removed' | 'added', hasOthers: boolean): Statement {
  const { kind, form, facts } = subject;
  // A required mark of a form: the field itself was not removed or added.
  if (kind === 'field' && form !== undefined && facts.length === 1 && facts[0]?.value === 'required') {
    const mark = way === 'added' ? 'required' : 'optional';
    return { rule: `${bodySide(subject)}-field-${mark}`, what: `is now ${mark}` };
  }
  const rule = kind === 'field' && way === 'added' ? newField(subject) : presenceRule(subject, way, hasOthers);
  return {
    rule,
    what: rule === 'request-field-added-required' ? 'was added and is required' : `was ${way}`,
    ...(way === 'removed' ? sides(shown(subject), undefined) : sides(undefined, shown(subject))),
  };
}

/** The statement for a subject with another name. */
export function judgeRenamed(old: Subject, newer: Subject): Statement {
  const names = sides(old.name, newer.name);
  switch (old.kind) {
    case 'media':
      return { rule: `${bodySide(old)}-media-changed`, what: `is now ${newer.name}`, ...names };
    case 'security':
      return { rule: 'security-changed', what: 'has another scheme', ...sides(shown(old), shown(newer)) };
    case 'server':
      return { rule: 'server-changed', what: `is now ${newer.name}`, ...names };
    default:
      return { rule: `${bodySide(old)}-field-renamed`, what: `was renamed to ${newer.name}`, ...names };
  }
}

/** The statement for a parameter in another place. */
export function judgeMoved(old: Subject, newer: Subject): Statement {
  return { rule: 'request-field-moved', what: `is now sent in the ${newer.place}`, ...sides(old.place, newer.place) };
}

function presenceRule(subject: Subject, way: 'removed' | 'added', hasOthers: boolean): RuleId {
  const side = bodySide(subject);
  const byKind: Readonly<Record<Subject['kind'], RuleId>> = {
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

/** A removed or added subject in a few words: its type and description. */
function shown(subject: Subject): string | undefined {
  const parts = (['type', 'scheme', 'description'] as const).map((facet) => text(findFact(subject, facet)?.value));
  return parts.filter(Boolean).join(': ') || undefined;
}

import type { Fact, Subject, SubjectKind } from '../model.ts';
import type { RuleId } from './menu.ts';
import { type Told, text } from './told.ts';

/** Whether others of a subject's kind stand beside it, on either side. */
export type Beside = { readonly before: boolean; readonly after: boolean };

/** What it means that a subject is gone. */
export function judgeGone(subject: Subject, beside: Beside): Told {
  if (isMarkAlone(subject)) return markAlone(subject, 'optional');
  const before = shown(subject);
  return { rule: goneRule(subject, beside), what: 'is gone', ...(before !== undefined && { before }) };
}

/** What it means that a subject is new. */
export function judgeNew(subject: Subject, beside: Beside): Told {
  if (isMarkAlone(subject)) return markAlone(subject, 'required');
  const after = shown(subject);
  const what =
    isRequired(subject) && subject.direction === 'request' && subject.kind === 'field'
      ? 'is new and required'
      : 'is new';
  return { rule: newRule(subject, beside), what, ...(after !== undefined && { after }) };
}

/** What it means that a subject has another name. */
export function judgeRenamed(old: Subject, young: Subject): Told {
  const names = { before: old.name, after: young.name };
  switch (old.kind) {
    case 'media':
      return {
        rule: old.direction === 'response' ? 'response-media-changed' : 'request-media-changed',
        what: `is ${young.name} now`,
        ...names,
      };
    case 'security':
      return { rule: 'security-changed', what: 'is asked for otherwise', ...both(shown(old), shown(young)) };
    case 'server':
      return { rule: 'server-changed', what: `is ${young.name} now`, ...names };
    default:
      return {
        rule: old.direction === 'response' ? 'response-field-renamed' : 'request-field-renamed',
        what: `is called ${young.name} now`,
        ...names,
      };
  }
}

/** What it means that a parameter is sent in another place. */
export function judgeMoved(old: Subject, young: Subject): Told {
  return { rule: 'request-field-moved', what: `is sent in the ${young.place} now`, ...both(old.place, young.place) };
}

/** A form that only says which fields of its body it needs: a mark that comes or goes is no field that does. */
function isMarkAlone({ kind, form, facts }: Subject): boolean {
  return kind === 'field' && form !== undefined && facts.length === 1 && facts[0]?.value === 'required';
}

function markAlone({ direction }: Subject, mark: 'required' | 'optional'): Told {
  return { rule: `${direction === 'response' ? 'response' : 'request'}-field-${mark}`, what: `is ${mark} now` };
}

function goneRule({ kind, direction }: Subject, { after }: Beside): RuleId {
  const way = direction === 'response' ? 'response' : 'request';
  const rules: Readonly<Record<SubjectKind, RuleId>> = {
    operation: 'operation-removed',
    field: `${way}-field-removed`,
    form: `${way}-form-removed`,
    code: 'code-removed',
    media: `${way}-media-removed`,
    status: 'http-status-removed',
    security: after ? 'security-choice-removed' : 'security-removed',
    server: 'server-changed',
    about: 'remark-changed',
    leftover: 'line-not-understood',
  };
  return rules[kind];
}

function newRule(subject: Subject, { before }: Beside): RuleId {
  const { kind, direction } = subject;
  const way = direction === 'response' ? 'response' : 'request';
  const rules: Readonly<Record<SubjectKind, RuleId>> = {
    operation: 'operation-added',
    field: fieldRule(subject),
    form: `${way}-form-added`,
    code: 'code-added',
    media: `${way}-media-added`,
    status: 'http-status-added',
    security: before ? 'security-choice-added' : 'security-added',
    server: 'server-changed',
    about: 'remark-changed',
    leftover: 'line-not-understood',
  };
  return rules[kind];
}

function fieldRule(subject: Subject): RuleId {
  const optional = fact(subject, 'required')?.value === 'optional';
  if (subject.direction === 'response') return optional ? 'response-field-added-optional' : 'response-field-added';
  return isRequired(subject) ? 'request-field-added-required' : 'request-field-added';
}

function isRequired(subject: Subject): boolean {
  return fact(subject, 'required')?.value === 'required';
}

/** A subject that is on one side alone, in a few words: its type and what it is for. */
function shown(subject: Subject): string | undefined {
  const parts = (['type', 'scheme', 'not-understood', 'description'] as const).map((facet) =>
    text(fact(subject, facet)?.value),
  );
  const told = parts.filter((part) => part !== undefined && part !== '').join(': ');
  return told === '' ? undefined : told;
}

function fact({ facts }: Subject, facet: Fact['facet']): Fact | undefined {
  return facts.find((one) => one.facet === facet);
}

function both(before: string | undefined, after: string | undefined): Pick<Told, 'before' | 'after'> {
  return { ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
}

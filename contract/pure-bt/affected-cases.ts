import { faults } from '../../generators/pure-bt/faults/all-faults.ts';
import type { Change } from '../../spec/diff/change.ts';
import type { Affected } from '../../spec/diff/spec-diff.generated.ts';
import { findRule } from '../../spec/pure-bt/rules.ts';
import type { Rule } from '../../spec/rule.ts';
import type { Case } from '../run/case.ts';

/** What a change reaches beyond the cases that speak of its subject. */
const wideChanges: { readonly [Rule in Change['rule']]?: string } = {
  'algorithm-changed': 'every case that sends a request: the formula is written once, in spec/pure-bt/formulas.ts',
  'request-field-added-required':
    'every request that is to bind: give the field a value in draftRequest (generators/pure-bt/request.ts)',
  'request-field-required':
    'every request that is to bind: give the field a value in draftRequest (generators/pure-bt/request.ts)',
  'request-field-renamed':
    'every request that carries it: generators/pure-bt/request.ts and generators/pure-bt/valid-forms.ts',
  'request-field-moved':
    'every request that carries it: generators/pure-bt/request.ts and generators/pure-bt/valid-forms.ts',
  'path-changed': 'every case that sends a request: the path is written once, in spec/pure-bt/path.ts',
};

/**
 * The cases of a catalogue that a change touches: those about its codes; those that break its field, or whose rule
 * names it. A harmless change touches none.
 */
export function affectedBy({ rule, severity, subject, what }: Change, cases: readonly Case[]): Affected | undefined {
  if (severity === 'harmless') return undefined;
  const { touches, because, ifNone } = findReach(subject, rule);
  const touched = cases.filter(touches).map(({ id }) => id);
  const wide = wideChanges[rule];
  return {
    change: `${subject} ${what}`,
    cases: touched,
    ...(touched.length > 0 && { because }),
    todo: [...(wide === undefined ? [] : [wide]), ...(touched.length > 0 ? [] : ifNone)],
  };
}

type Reach = {
  readonly touches: (one: Case) => boolean;
  readonly because: string;
  /** What is to do where no case is touched. */
  readonly ifNone: readonly string[];
};

function findReach(subject: string, rule: Change['rule']): Reach {
  const missing = /-(?:removed|gone)$/.test(rule)
    ? []
    : ['no case speaks of it yet: add a fault below generators/pure-bt/faults/, or a case'];
  const codes: readonly string[] = /^codes? \d/.test(subject) ? (subject.match(/\b\d+\b/g) ?? []) : [];
  if (codes.length > 0) {
    return {
      touches: ({ code }) => codes.includes(String(code)),
      because: `they are about ${codes.length > 1 ? 'these codes' : 'this code'}`,
      ifNone: missing,
    };
  }
  const field = /^request field ([\w.]+)/.exec(subject)?.[1];
  if (field !== undefined) {
    const breaking = breaksField(field);
    const touches = (one: Case) => breaking(one) || matches(findRule(one.rule), field);
    return { touches, because: `they break ${field}, or their rule names it`, ifNone: missing };
  }
  const ifNone = subject.startsWith('response ')
    ? ['no case reads it by itself: the shape of every answer is in spec/pure-bt/openapi.yaml']
    : [];
  return { touches: () => false, because: '', ifNone };
}

/** A fault is a case of its own (`dk/too-short`) and stands in groups that repeat it (`trace/dk-too-short`). */
function breaksField(field: string): (one: Case) => boolean {
  const ids = faults.filter(({ breaks }) => breaks === field).map(({ id }) => id);
  const repeated = ids.map((id) => `/${id.replace('/', '-')}`);
  return ({ id }) => ids.includes(id) || repeated.some((end) => id.endsWith(end));
}

function matches({ claim, source }: Rule, field: string): boolean {
  return new RegExp(`(?<!\\w)${field.replaceAll('.', '\\.')}(?!\\w)`).test(`${claim} ${source}`);
}

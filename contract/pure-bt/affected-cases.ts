import { faults } from '../../generators/pure-bt/faults/all-faults.ts';
import type { Change } from '../../spec/diff/change.ts';
import type { Affected } from '../../spec/diff/spec-diff.generated.ts';
import { findRule } from '../../spec/pure-bt/rules.ts';
import type { Rule } from '../../spec/rule.ts';
import type { Case } from '../run/case.ts';

/** What a change affects in addition to the cases about its subject. */
const wideChanges: { readonly [Rule in Change['rule']]?: string } = {
  'algorithm-changed': 'every case that sends a request: change the formula in spec/pure-bt/formulas.ts',
  'request-field-added-required':
    'every request that must bind: give the field a value in draftRequest (generators/pure-bt/request.ts)',
  'request-field-required':
    'every request that must bind: give the field a value in draftRequest (generators/pure-bt/request.ts)',
  'request-field-renamed':
    'every request with this field: change generators/pure-bt/request.ts and generators/pure-bt/valid-forms.ts',
  'request-field-moved':
    'every request with this field: change generators/pure-bt/request.ts and generators/pure-bt/valid-forms.ts',
  'path-changed': 'every case that sends a request: change the path in spec/pure-bt/path.ts',
};

/**
 * The cases that a change affects: those about its codes, those that break its field, and those with a rule that names
 * the field. A harmless change affects none.
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
  /** What to do if no case is affected. */
  readonly ifNone: readonly string[];
};

function findReach(subject: string, rule: Change['rule']): Reach {
  const missing = /-(?:removed|gone)$/.test(rule)
    ? []
    : ['there is no case about it yet: add a fault in generators/pure-bt/faults/, or a case'];
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
    ? ['no case checks only this: the shape of every answer is in spec/pure-bt/openapi.yaml']
    : [];
  return { touches: () => false, because: '', ifNone };
}

/** A fault has its own case (`dk/too-short`) and cases in groups that repeat it (`trace/dk-too-short`). */
function breaksField(field: string): (one: Case) => boolean {
  const ids = faults.filter(({ breaks }) => breaks === field).map(({ id }) => id);
  const repeated = ids.map((id) => `/${id.replace('/', '-')}`);
  return ({ id }) => ids.includes(id) || repeated.some((end) => id.endsWith(end));
}

function matches({ claim, source }: Rule, field: string): boolean {
  return new RegExp(`(?<!\\w)${field.replaceAll('.', '\\.')}(?!\\w)`).test(`${claim} ${source}`);
}

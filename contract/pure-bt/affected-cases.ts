import { faults } from '../../generators/pure-bt/faults/all-faults.ts';
import type { Change } from '../../spec/diff/change.ts';
import type { Affected } from '../../spec/diff/spec-diff.generated.ts';
import { findRule } from '../../spec/pure-bt/rules.ts';
import type { Case } from '../run/case.ts';

const giveValue =
  'every request that must bind: give the field a value in draftRequest (generators/pure-bt/request.ts)';
const changeField =
  'every request with this field: change generators/pure-bt/request.ts and generators/pure-bt/valid-forms.ts';

/** What a change affects in addition to the cases about its subject. */
const wideChanges: { readonly [Rule in Change['rule']]?: string } = {
  'algorithm-changed': 'every case that sends a request: change the formula in spec/pure-bt/formulas.ts',
  'request-field-added-required': giveValue,
  'request-field-required': giveValue,
  'request-field-renamed': changeField,
  'request-field-moved': changeField,
  'path-changed': 'every case that sends a request: change the path in spec/pure-bt/path.ts',
};

/**
 * The cases that a change affects: those about its codes, those that break its field, and those with a rule that names
 * the field. A harmless change affects none.
 */
export function affectedBy({ rule, severity, subject, what }: Change, cases: readonly Case[]): Affected | undefined {
  if (severity === 'harmless') return undefined;
  const codes: readonly string[] = /^codes? \d/.test(subject) ? (subject.match(/\b\d+\b/g) ?? []) : [];
  const field = /^request field ([\w.]+)/.exec(subject)?.[1];
  const isTouched = field === undefined ? ({ code }: Case) => codes.includes(String(code)) : isAbout(field);
  const touched = cases.filter(isTouched).map(({ id }) => id);
  const ofCodes = `they are about ${codes.length > 1 ? 'these codes' : 'this code'}`;
  const because = field === undefined ? ofCodes : `they break ${field}, or their rule names it`;
  const hasCases = codes.length > 0 || field !== undefined;
  const wide = wideChanges[rule];
  return {
    change: `${subject} ${what}`,
    cases: touched,
    ...(touched.length > 0 && { because }),
    todo: [
      ...(wide === undefined ? [] : [wide]),
      ...(touched.length === 0 && hasCases && !/-(?:removed|gone)$/.test(rule)
        ? ['there is no case about it yet: add a fault in generators/pure-bt/faults/, or a case']
        : []),
      ...(subject.startsWith('response ')
        ? ['no case checks only this: the shape of every answer is in spec/pure-bt/openapi.yaml']
        : []),
    ],
  };
}

/** A fault has its own case (`dk/too-short`) and cases in groups that repeat it (`trace/dk-too-short`). */
function isAbout(field: string): (one: Case) => boolean {
  const ids = faults.filter(({ breaks }) => breaks === field).map(({ id }) => id);
  const repeated = ids.map((id) => `/${id.replace('/', '-')}`);
  const named = new RegExp(`(?<!\\w)${field.replaceAll('.', '\\.')}(?!\\w)`);
  return ({ id, rule }) => {
    const { claim, source } = findRule(rule);
    return ids.includes(id) || repeated.some((end) => id.endsWith(end)) || named.test(`${claim} ${source}`);
  };
}

import type { Change } from '../../spec/diff/change.ts';
import type { Case } from '../run/case.ts';
import type { Affected } from '../suite.ts';

/** The cases that a change of the page affects: those about its codes, and those with its field in their id. */
export function affectedBy({ rule, severity, subject, what }: Change, cases: readonly Case[]): Affected | undefined {
  if (severity === 'harmless') return undefined;
  const codes: readonly string[] = /^codes? \d/.test(subject) ? (subject.match(/\b\d+\b/g) ?? []) : [];
  const field = /^request field ([\w.]+)/.exec(subject)?.[1];
  const touched = cases.filter(({ id, code }) =>
    codes.length > 0
      ? codes.includes(String(code))
      : field !== undefined && new RegExp(`\\b${field.replaceAll('.', '-')}\\b`).test(id),
  );
  const wide = /^(?:request|path|method)-/.test(rule) && touched.length === 0;
  return {
    change: `${subject} ${what}`,
    cases: touched.map(({ id }) => id),
    ...(touched.length > 0 && { because: 'their code or their name is part of the change' }),
    todo: [
      'run "bindgate operation new" on the new page, and compare operation.yaml',
      ...(wide ? ['every request may be affected'] : []),
    ],
  };
}

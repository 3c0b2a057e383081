import type { Change } from '../../spec/diff/change.ts';
import type { Declared } from '../../spec/family/declared/model.ts';
import { declaredOperation } from '../../spec/family/declared/operation.ts';
import type { Case } from '../run/case.ts';
import type { Affected, Suite } from '../suite.ts';
import { deviceCases } from './cases/devices.ts';
import { faultCases, mockCases, pairsOf, validCases } from './cases/requests.ts';
import { robustnessCases } from './cases/robustness.ts';
import { repeatCases, stateCases } from './cases/states.ts';
import { makerFor } from './cases/steps.ts';

/** Version of the cases of operations that are data. Raise it when the ids of cases change. */
const catalogue = 1;

/** The tests of an operation that is data. */
export function declaredSuite(declared: Declared): Suite {
  const maker = makerFor(declared);
  const cases: readonly Case[] = [
    ...validCases(maker),
    ...faultCases(maker),
    ...stateCases(maker),
    ...repeatCases(maker),
    ...deviceCases(maker),
    ...robustnessCases(maker),
  ];
  return {
    operation: declaredOperation(declared),
    catalogue,
    cases,
    mockCases: mockCases(maker),
    precedence: pairsOf(maker),
    correct: (context) => maker.build(context).http,
    affectedBy: (change) => affectedBy(change, cases),
  };
}

/** The cases that a change of the page affects: those about its codes, and those with its field in their id. */
function affectedBy({ rule, severity, subject, what }: Change, cases: readonly Case[]): Affected | undefined {
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

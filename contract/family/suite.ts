import type { Declared } from '../../spec/family/declared/model.ts';
import { declaredOperation } from '../../spec/family/declared/operation.ts';
import type { Case } from '../run/case.ts';
import type { Suite } from '../suite.ts';
import { affectedBy } from './affected-cases.ts';
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

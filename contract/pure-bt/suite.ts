import { buildRequest, type RequestContext } from '../../generators/pure-bt/request.ts';
import { defaultDialect } from '../../spec/pure-bt/dialect.ts';
import { operation } from '../../spec/pure-bt/operation.ts';
import { exampleCases } from '../family/cases/any-operation.ts';
import { casesUnder } from '../run/case.ts';
import type { Suite } from '../suite.ts';
import { affectedBy } from './affected-cases.ts';
import { cases, catalogueVersion } from './cases/all-cases.ts';
import { faultCases } from './cases/matrix.ts';
import { precedenceCases } from './cases/precedence.ts';

/** Faults that a mock can see in a request, without a secret and without a server's state. */
const decidable = /^(?:token\/(?:missing|blank|bearer-only)|pk\/(?!unknown)|dk\/|code\/|name\/|pwd\/malformed)/;

/** The tests of binding a pure-Bluetooth device. */
export const suite: Suite = {
  operation,
  catalogue: catalogueVersion,
  cases,
  mockCases: [
    ...exampleCases(operation, { build: buildRequest }),
    ...casesUnder(defaultDialect, faultCases).filter(({ id }) => decidable.test(id)),
  ],
  precedence: precedenceCases,
  affectedBy: (change) => affectedBy(change, cases),
  correct: (context: RequestContext) => buildRequest(context).http,
};

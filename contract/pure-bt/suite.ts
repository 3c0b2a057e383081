import type { RequestContext } from '../../generators/pure-bt/request.ts';
import { buildRequest } from '../../generators/pure-bt/request.ts';
import { operation } from '../../spec/pure-bt/operation.ts';
import type { Suite } from '../suite.ts';
import { affectedBy } from './affected-cases.ts';
import { cases, catalogueVersion } from './cases/all-cases.ts';
import { mockCases } from './cases/examples.ts';
import { precedenceCases } from './cases/precedence.ts';

/** The tests of binding a pure-Bluetooth device. */
export const suite: Suite = {
  operation,
  catalogue: catalogueVersion,
  cases,
  mockCases,
  precedence: precedenceCases,
  affectedBy: (change) => affectedBy(change, cases),
  correct: (context: RequestContext) => buildRequest(context).http,
};

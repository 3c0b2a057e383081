import { buildRequest } from '../../../generators/pure-bt/request.ts';
import { defaultDialect } from '../../../spec/pure-bt/dialect.ts';
import { operation } from '../../../spec/pure-bt/operation.ts';
import { exampleCases } from '../../family/cases/examples.ts';
import type { Case } from '../../run/case.ts';
import { casesUnder } from '../../run/case.ts';
import { faultCases } from './matrix.ts';

/** Faults that are visible in a request, without a secret and without a server's state. */
const decidable = /^(?:token\/(?:missing|blank|bearer-only)|pk\/(?!unknown)|dk\/|code\/|name\/|pwd\/malformed)/;

/** The cases for a mock: every example, and every fault that it can see in a request. */
export const mockCases: readonly Case[] = [
  ...exampleCases(operation, { build: buildRequest }),
  ...casesUnder(defaultDialect, faultCases).filter(({ id }) => decidable.test(id)),
];

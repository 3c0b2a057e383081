import { buildRequest } from '../../../generators/pure-bt/request.ts';
import { refusedWith } from '../../../spec/expectation.ts';
import { documentedCodes } from '../../../spec/pure-bt/catalogue.ts';
import { defaultDialect } from '../../../spec/pure-bt/dialect.ts';
import { casesUnder } from '../../run/case.ts';
import { faultCases } from './matrix.ts';
import type { Case } from './steps.ts';
import { sendAll } from './steps.ts';

/** The example of every documented code, requested by name: a mock must be able to return each. */
const examples: readonly Case[] = documentedCodes.map(({ code, meaning }) => ({
  id: `example/E${code}`,
  code,
  title: `returns the example of ${code} (${meaning})`,
  rule: 'codes-mean',
  given: 'a device ready to bind',
  steps: [
    sendAll(
      `a correct request with the header prefer: example=E${code}`,
      (context) => {
        const { http, ...built } = buildRequest(context);
        return [{ ...built, http: { ...http, headers: [...http.headers, ['prefer', `example=E${code}`]] } }];
      },
      refusedWith(code),
    ),
  ],
}));

/** Faults that are visible in a request, without a secret and without a server's state. */
const decidable = [
  'token/missing',
  'token/blank',
  'token/bearer-only',
  'pk/',
  'dk/',
  'code/',
  'name/',
  'pwd/malformed',
];

/** The cases for a mock: every example, and every fault that it can see in a request. */
export const mockCases: readonly Case[] = [
  ...examples,
  ...casesUnder(defaultDialect, faultCases).filter(
    ({ id }) => id !== 'pk/unknown' && decidable.some((prefix) => id.startsWith(prefix)),
  ),
];

import { buildRequest } from '../../../generators/pure-bt/request.ts';
import { refusedWith } from '../../../spec/expectation.ts';
import { documentedCodes } from '../../../spec/pure-bt/catalogue.ts';
import { defaultDialect } from '../../../spec/pure-bt/dialect.ts';
import { casesUnder } from '../../run/case.ts';
import { faultCases } from './matrix.ts';
import type { Case } from './steps.ts';
import { sendAll } from './steps.ts';

/** Every documented code's example, asked for by name: what a mock of the contract must be able to show. */
const examples: readonly Case[] = documentedCodes.map(({ code, meaning }) => ({
  id: `example/E${code}`,
  code,
  title: `shows ${code} (${meaning})`,
  rule: 'codes-mean',
  given: 'a device ready to bind',
  steps: [
    sendAll(
      `a correct request that prefers example E${code}`,
      (context) => {
        const { http, ...built } = buildRequest(context);
        return [{ ...built, http: { ...http, headers: [...http.headers, ['prefer', `example=E${code}`]] } }];
      },
      refusedWith(code),
    ),
  ],
}));

/** Faults that a request alone shows, without a secret and without a server's state. */
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

/** The cases for a mock: every example, and every fault it can see in a request. */
export const mockCases: readonly Case[] = [
  ...examples,
  ...casesUnder(defaultDialect, faultCases).filter(
    ({ id }) => id !== 'pk/unknown' && decidable.some((prefix) => id.startsWith(prefix)),
  ),
];

import type { BuiltRequest } from '../../generators/request.ts';
import type { Dialect } from '../../spec/dialect.ts';
import type { Expectation } from '../../spec/expectation.ts';
import type { ApiResponse } from '../../spec/http.ts';
import type { Fixture, Operation } from '../../spec/operation.ts';
import { judge, type Verdict } from './judge.ts';
import { leakIn } from './leak.ts';

/** Judges one whole answer: its status, envelope and code, and whether it leaks a secret or source code. */
export function judgeAnswer(
  response: ApiResponse,
  expectation: Expectation,
  request: Pick<BuiltRequest, 'body' | 'plaintexts'>,
  fixture: Fixture,
  dialect: Dialect,
): Verdict {
  const verdict = judge(response, expectation, dialect);
  const leak = leakIn(response, request, fixture, dialect.operation);
  if (leak === undefined) return verdict;
  if (verdict.kind === 'wrong') return { ...verdict, reason: `${verdict.reason}; the answer also leaks ${leak}` };
  const cause = `the answer leaks ${leak}`;
  return { kind: 'wrong', code: verdict.code, cause, reason: cause, rule: 'no-leak' };
}

/** What is right for any request: success or a documented refusal; a code outside the document may be another reading. */
export function anyDocumentedAnswer({ codes, siblingCodes }: Operation): Expectation {
  return {
    codes: [200, ...codes.map(({ code }) => code)],
    siblings: Object.keys(siblingCodes),
    anyRefusal: false,
    open: [],
    openRefusals: 'undocumented',
  };
}

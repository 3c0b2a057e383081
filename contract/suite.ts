import type { RequestContext } from '../generators/request.ts';
import type { Change } from '../spec/diff/change.ts';
import type { Affected } from '../spec/diff/spec-diff.generated.ts';
import type { ApiRequest } from '../spec/http.ts';
import type { Operation } from '../spec/operation.ts';
import type { Case } from './run/case.ts';

export type { Affected } from '../spec/diff/spec-diff.generated.ts';

/** The tests of an operation. */
export type Suite = {
  readonly operation: Operation;
  /** Version of the catalogue of cases: it changes with the ids. */
  readonly catalogue: number;
  readonly cases: readonly Case[];
  /** The cases for a mock, which has no states, in place of those for a server. */
  readonly mockCases: readonly Case[];
  /** Makes a correct request. */
  correct(context: RequestContext): ApiRequest;
  /** Requests with two faults, which tell the order of a server's checks: each has a `pair`. */
  readonly precedence: readonly Case[];
  /** What a change of the document asks of the cases; undefined for one that is harmless. */
  readonly affectedBy: (change: Change) => Affected | undefined;
};

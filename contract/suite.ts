import type { RequestContext } from '../generators/request.ts';
import type { Change } from '../spec/diff/change.ts';
import type { ApiRequest } from '../spec/http.ts';
import type { Operation } from '../spec/operation.ts';
import type { Case } from './run/case.ts';

/** What a change of the document asks of the suite. */
export type Affected = {
  /** The change, in a line. */
  readonly change: string;
  /** Ids of the cases that speak of what has changed, in the order of the catalogue. */
  readonly cases: readonly string[];
  /** Why those cases; absent where there are none. */
  readonly because?: string;
  /** What to do where cases alone are not enough; empty where they are. */
  readonly todo: readonly string[];
};

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

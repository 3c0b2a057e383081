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
  /** The cases for a mock, which has no states. */
  readonly mockCases: readonly Case[];
  /** Makes a correct request. */
  correct(context: RequestContext): ApiRequest;
  /** Cases with two faults, which show the order of a server's checks. Each has a `pair`. */
  readonly precedence: readonly Case[];
  /** How a change of the document affects the cases; undefined for a harmless change. */
  readonly affectedBy: (change: Change) => Affected | undefined;
};

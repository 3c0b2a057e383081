import type { Headers } from '../../../../spec/http.ts';

/** One request to the operation as it was found in a file. */
export type ReadRequest = {
  /** Where it was found: `JSON`, `curl command 2`, `HAR entry 3`. */
  readonly source: string;
  /** Undefined if the source has only a body; the token cannot be checked then. */
  readonly headers: Headers | undefined;
  readonly body: Readonly<Record<string, unknown>>;
  /** Where it goes, if that is not this operation: `a POST to /other, not to …`. Safe to print. */
  readonly otherPlace?: string;
  /** Why there may be no token here although the client sent one. */
  readonly leavesOut?: string;
  /** Set if the source shows some secrets as their names: `«token»`. */
  readonly mayBeMasked?: true;
  /** The masked secrets that were replaced by those of the fixture. */
  readonly putBack?: readonly string[];
  /** Names that the text of the body has more than once. */
  readonly repeated?: readonly string[];
};

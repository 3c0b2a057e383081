/**
 * The basis of a claim: the page's own words, the protocol of the whole API family (or an RFC that it uses), a security
 * property, or a reading of something that none of these says.
 */
export type Basis = 'document' | 'family' | 'security' | 'inferred';

/**
 * The evidence for a claim. D: the page says it. S: a sibling page or the access guide says it. V: a published example
 * was recomputed and matched. R: an RFC or standard says it. P: a security property requires it. I: inferred.
 * N: no source says it.
 */
export type Mark = 'D' | 'S' | 'V' | 'R' | 'P' | 'I' | 'N';

/** One claim about a server that implements an operation. */
export type Rule = {
  /** The section of the operation's guide. */
  readonly topic: string;
  /** A sentence that is true or false for a server. */
  readonly claim: string;
  /** The source: rows of the page, sibling pages, the access guide, an RFC, a security property. */
  readonly source: string;
  readonly marks: readonly [Mark, ...Mark[]];
  readonly basis: Basis;
  /** The claim is about a format or a limit; a sibling page alone is not enough evidence for it. */
  readonly isFormat?: true;
  /** The dialect setting that selects another reading, or makes this reading part of the user's contract. */
  readonly dialect?: string;
};

/** Whether a claim has enough evidence to fail a server without a declared setting. */
export function mayFail({ basis, marks, isFormat }: Rule): boolean {
  if (basis === 'inferred') return false;
  return marks.some(
    (mark) => mark === 'D' || mark === 'V' || mark === 'R' || mark === 'P' || (mark === 'S' && isFormat !== true),
  );
}

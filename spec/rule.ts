/**
 * What a claim rests on: the page's own words, the protocol of the whole API family (or an RFC that it uses), a security
 * property, or a reading of something that none of them says.
 */
export type Basis = 'document' | 'family' | 'security' | 'inferred';

/**
 * How firmly a claim is known. D: the page says it. S: a sibling page or the access guide says it. V: a published
 * example was computed again and matched. R: an RFC or standard says it. P: a security property needs it.
 * I: inferred. N: nothing says it.
 */
export type Mark = 'D' | 'S' | 'V' | 'R' | 'P' | 'I' | 'N';

/** One claim about a server that implements an operation. */
export type Rule = {
  /** The part of the operation's guide that it is in. */
  readonly topic: string;
  /** A sentence that a server keeps or breaks. */
  readonly claim: string;
  /** Where it is said: rows of the page, sibling pages, the access guide, an RFC, a security property. */
  readonly source: string;
  readonly marks: readonly [Mark, ...Mark[]];
  readonly basis: Basis;
  /** It is about a format or a limit, which a sibling page's word alone does not fix for this operation. */
  readonly isFormat?: true;
  /** The dialect setting that declares another reading, or makes this one the user's own contract. */
  readonly dialect?: string;
};

/** Whether a claim is firm enough to fail a server that has declared nothing. */
export function mayFail({ basis, marks, isFormat }: Rule): boolean {
  if (basis === 'inferred') return false;
  return marks.some(
    (mark) => mark === 'D' || mark === 'V' || mark === 'R' || mark === 'P' || (mark === 'S' && isFormat !== true),
  );
}

import type { CipherField } from '../../../generators/pure-bt/request.ts';

/** A part of a request that is explained on its own. */
export type Part = 'fields' | 'signature' | CipherField | 'token';

/** One thing that was noticed about a request. */
export type Finding = {
  readonly part: Part;
  /** A stable name: `signature/md5`. */
  readonly id: string;
  /**
   * `mistake`: it breaks the document's rule. `reading`: it is right under a reading that the dialect does not have.
   * `note`: worth knowing, but not a reason to refuse the request.
   */
  readonly kind: 'mistake' | 'reading' | 'note';
  /** What was done. */
  readonly says: string;
  /** What to change. */
  readonly fix?: string;
};

/** The result for one part. `unexplained`: it is wrong, and no known mistake explains it. */
export type Verdict = 'right' | 'wrong' | 'unexplained' | 'not-checked';

/** One part of a request, explained. */
export type PartExplanation = {
  readonly part: Part;
  readonly verdict: Verdict;
  readonly says: string;
  readonly findings: readonly Finding[];
  /** Undecided: causes that explain the bytes equally well, the more likely first. One of them is right. */
  readonly alternatives?: readonly Finding[];
  /** The text that was signed or encrypted; each secret is shown as its name. */
  readonly made?: string;
  /** The text to sign or encrypt; each secret is shown as its name. */
  readonly due?: string;
  /** The length of the text to sign, in characters, with the secrets. */
  readonly dueLength?: number;
  /** The correct signature or ciphertext; only with `--show-secrets`. */
  readonly expected?: string;
};

/** One request, explained part by part. */
export type Explanation = { readonly source: string; readonly parts: readonly PartExplanation[] };

/** Whether a request has no mistake. */
export function isClean({ parts }: Explanation): boolean {
  return parts.every(({ verdict }) => verdict === 'right' || verdict === 'not-checked');
}

/** The verdict for a part's findings: notes alone do not make it wrong. */
export function decideVerdict(findings: readonly Finding[]): 'right' | 'wrong' {
  return findings.some(({ kind }) => kind !== 'note') ? 'wrong' : 'right';
}

import type { CipherField } from '../../../generators/pure-bt/request.ts';

/** A part of a request that is explained on its own. */
export type Part = 'fields' | 'signature' | CipherField | 'token';

/** One thing that was noticed about a request. */
export type Finding = {
  readonly part: Part;
  /** Stable name: `signature/md5`. */
  readonly id: string;
  /**
   * `mistake`: it breaks the document's rule. `reading`: right under another reading of the document than the dialect's.
   * `note`: worth knowing, and no reason for a refusal.
   */
  readonly kind: 'mistake' | 'reading' | 'note';
  /** What was done. */
  readonly says: string;
  /** What to change. */
  readonly fix?: string;
};

/** What came out for one part. `unexplained` is wrong, and nothing that is known explains it. */
export type Verdict = 'right' | 'wrong' | 'unexplained' | 'not-checked';

/** One part of a request, explained. */
export type PartExplanation = {
  readonly part: Part;
  readonly verdict: Verdict;
  readonly says: string;
  readonly findings: readonly Finding[];
  /** The text that was signed or encrypted, secrets by name. */
  readonly made?: string;
  /** The text that is to be signed or encrypted, secrets by name. */
  readonly due?: string;
  /** The length of the text that is to be signed, in characters, secrets included. */
  readonly dueLength?: number;
  /** The right signature or ciphertext; only with `--show-secrets`. */
  readonly expected?: string;
};

/** One request, explained part by part. */
export type Explanation = { readonly source: string; readonly parts: readonly PartExplanation[] };

/** Whether nothing wrong was found in a request. */
export function isClean({ parts }: Explanation): boolean {
  return parts.every(({ verdict }) => verdict === 'right' || verdict === 'not-checked');
}

/** The verdict that findings make: notes alone break nothing. */
export function decideVerdict(findings: readonly Finding[]): 'right' | 'wrong' {
  return findings.some(({ kind }) => kind !== 'note') ? 'wrong' : 'right';
}

import type { CipherField } from '../../../generators/pure-bt/request.ts';
import { definedOnly } from '../../../spec/defined-only.ts';

/** A part of a request that is explained on its own. */
export type Part = 'fields' | 'signature' | CipherField | 'token';

/** One thing that was noticed about a part of a request. */
export type Remark = {
  /** A stable name: `signature/md5`. */
  readonly id: string;
  /**
   * `mistake`: it breaks the document's rule. `reading`: it is right under a reading that the dialect does not have.
   * `note`: worth knowing, but not a reason to refuse the request.
   */
  readonly kind: 'mistake' | 'reading' | 'note';
  /** What was done, as a sentence without its full stop. */
  readonly says: string;
  /** What to change. */
  readonly fix?: string;
  /**
   * Without a doubt, every character of a plaintext is explained. `possible`: it has another value of the right format.
   * `unlikely`: it has characters that no value has, or no value is in its place.
   */
  readonly doubt?: 'possible' | 'unlikely';
};

/** A remark as it is reported. */
export type Finding = Omit<Remark, 'doubt'> & { readonly part: Part };

/** One part of a request, explained. */
export type PartExplanation<Found = Finding> = {
  readonly part: Part;
  /** `unexplained`: it is wrong, and no known mistake explains it. */
  readonly verdict: 'right' | 'wrong' | 'unexplained' | 'not-checked';
  readonly says: string;
  readonly findings: readonly Found[];
  /** Undecided: causes that explain the bytes equally well, the more likely first. One of them is right. */
  readonly alternatives?: readonly Found[];
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

/** A remark about a mistake. */
export function mistake(id: string, says: string, fix: string, doubt?: Remark['doubt']): Remark {
  return { id, kind: 'mistake', says, fix, ...definedOnly({ doubt }) };
}

/** A remark that does not make a request wrong. */
export function note(id: string, says: string, fix?: string): Remark {
  return { id, kind: 'note', says, ...definedOnly({ fix }) };
}

/** The remarks that make a part wrong: notes alone do not. */
export function mistakesIn<Found extends Pick<Remark, 'kind'>>(remarks: readonly Found[]): readonly Found[] {
  return remarks.filter(({ kind }) => kind !== 'note');
}

/** A part with these findings; `says` is for one without a mistake. */
export function judgePart(part: Part, findings: readonly Remark[], says: string): PartExplanation<Remark> {
  const [first, ...others] = mistakesIn(findings);
  if (first === undefined) return { part, verdict: 'right', says, findings };
  const count = `${others.length + 1} mistakes; fix each of them`;
  return { part, verdict: 'wrong', says: others.length > 0 ? count : first.says, findings };
}

/** A part that cannot be checked. */
export function notChecked(part: Part, says: string): PartExplanation<Remark> {
  return { part, verdict: 'not-checked', says, findings: [] };
}

/** Whether there is a mistake in a part. */
export function isWrong({ verdict }: Pick<PartExplanation, 'verdict'>): boolean {
  return verdict === 'wrong' || verdict === 'unexplained';
}

/** Whether a request has no mistake. */
export function isClean({ parts }: Explanation): boolean {
  return !parts.some(isWrong);
}

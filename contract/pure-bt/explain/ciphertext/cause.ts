import type { CipherField } from '../../../../generators/pure-bt/request.ts';
import type { Finding } from '../explanation.ts';
import type { Known } from '../known.ts';
import type { Remark } from '../plaintext/remark.ts';
import { toFinding } from '../plaintext/remark.ts';
import type { Written } from '../value-forms.ts';
import type { Expected } from './expected.ts';

/** One explanation of a plaintext. */
export type Cause = {
  readonly findings: readonly Finding[];
  readonly text: string;
  /** Whether the first 16 bytes of the text are not known. */
  readonly firstBlockLost: boolean;
};

/** What is known about the ciphertext of a field. */
export type Context = {
  readonly known: Known;
  readonly field: CipherField;
  readonly ps: string;
  readonly expected: Expected;
  /** The IVs that have a name. */
  readonly names: () => readonly Written[];
  /** The IVs of the other ciphertexts of the request, if they could be computed. */
  readonly others: readonly { readonly field: CipherField; readonly iv: Uint8Array }[];
};

/** A cause: a plaintext, and what is wrong with it or with how it was encrypted. */
export function toCause(field: CipherField, text: string, remarks: readonly Remark[]): Cause {
  return { findings: remarks.map((remark) => toFinding(field, remark)), text, firstBlockLost: false };
}

import type { CipherField } from '../../../../generators/pure-bt/request.ts';
import type { Known } from '../known.ts';
import { fieldText } from '../known.ts';
import { codeRemarks } from '../plaintext/code.ts';
import type { Remark } from '../plaintext/remark.ts';
import { secretRemarks } from '../plaintext/secret.ts';
import type { Explained } from '../search.ts';
import { withDeviations } from '../search.ts';
import { documentRecipe } from './document.ts';
import { encodingRows } from './encodings.ts';
import { ivRows, layoutRows, unknownIvRow } from './ivs.ts';
import { keyRows, saltedRows } from './keys.ts';
import { modeRows } from './modes.ts';
import { paddingRows } from './padding.ts';
import type { CipherRecipe, CipherRow, Plaintext } from './recipe.ts';
import { plaintextOf } from './recipe.ts';
import { textRows } from './texts.ts';
import { longestCiphertext } from './unexplained.ts';

const mostDeviations = 3;

/**
 * The cheapest way to a text: one deviation costs as much as a plaintext that does not fit, so that a wrong IV, which
 * changes letters of the first block, is not taken for another device's pk.
 */
export function readCiphertext(
  known: Known,
  field: CipherField,
  ps: string,
): Explained<CipherRecipe, Plaintext> | undefined {
  const text = fieldText(known, field);
  if (text.length > longestCiphertext) return undefined;
  const recipe = documentRecipe(text, ps, fieldText(known, 'random'));
  const fitting = (candidate: CipherRecipe): Plaintext | undefined => {
    const found = plaintextOf(candidate);
    return found !== undefined && fits(known, field, found) ? found : undefined;
  };
  const readable = (candidate: CipherRecipe): Plaintext | undefined => {
    const found = plaintextOf(candidate);
    return found?.firstBlockLost && looksWhole(known, found.text) ? undefined : found;
  };
  for (let cost = 0; cost <= mostDeviations; cost += 1) {
    const rows = cost === 0 ? [] : rowsFor(known, recipe, ps, text);
    const match =
      withDeviations(cost, recipe, rows, fitting) ??
      (cost === 0 ? undefined : withDeviations(cost - 1, recipe, rows, readable));
    if (match !== undefined) return match;
  }
  return undefined;
}

/** Everything that may have been done otherwise; the likelier first, since of two equally short explanations the first is told. */
function rowsFor(known: Known, recipe: CipherRecipe, ps: string, text: string): readonly CipherRow[] {
  const encodings = encodingRows(text);
  return [
    ...encodings,
    ...[recipe.bytes, ...encodings.map(({ change }) => change.bytes)].flatMap((bytes) => saltedRows(bytes, ps)),
    ...modeRows,
    ...ivRows(known, ps),
    ...paddingRows,
    ...keyRows(known, ps),
    ...textRows,
    // Under the ciphertext's own first block as IV, the rest of any CBC text is readable: this comes last.
    unknownIvRow,
    ...layoutRows,
  ];
}

/** A text whose start is lost can be any text: it explains a ciphertext no better than a whole one that does not fit. */
function fits(known: Known, field: CipherField, { text, firstBlockLost }: Plaintext): boolean {
  return !firstBlockLost && remarksOf(known, field, text).every(({ kind }) => kind === 'note');
}

/** A rest that begins as a plaintext does has lost nothing: what was taken for its first block is an IV. */
function looksWhole(known: Known, rest: string): boolean {
  const starts = [fieldText(known, 'pk'), fieldText(known, 'dk')].filter((start) => start !== '');
  return /^[0-9a-f]{16}$/i.test(rest) || starts.some((start) => rest.toLowerCase().startsWith(start.toLowerCase()));
}

/** What is wrong with the plaintext of a field. */
export function remarksOf(known: Known, field: CipherField, plaintext: string): readonly Remark[] {
  return field === 'encryptedBindingCode' ? codeRemarks(known, plaintext) : secretRemarks(known, field, plaintext);
}

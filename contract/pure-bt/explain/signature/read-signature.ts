import type { Dialect } from '../../../../spec/pure-bt/dialect.ts';
import type { Known } from '../known.ts';
import { fieldText, secretPiece } from '../known.ts';
import type { Piece } from '../piece.ts';
import { open } from '../piece.ts';
import type { Explained } from '../search.ts';
import { withDeviations } from '../search.ts';
import { codeRows } from './code.ts';
import { digestRows } from './digests.ts';
import { digitRows } from './digits.ts';
import { charsetRows, finishRows } from './ends.ts';
import { bodyRows, extraRows } from './extras.ts';
import type { SignatureRecipe, SignatureRow } from './recipe.ts';
import { differs, documentRecipe, fieldNames, makesSignature } from './recipe.ts';
import { orderRows, placeRows, separatorRows, writeRows } from './text.ts';
import { deviceRows, pwdRows, secretRows } from './values.ts';

/** Which value stands for bindingCode where it is sent encrypted. */
export type CodeReading = Dialect['signedBindingCode'];

/** How a signature was made. */
export type SignatureMatch = Explained<SignatureRecipe, true> & { readonly reading: CodeReading };

type Start = { readonly reading: CodeReading; readonly recipe: SignatureRecipe };

/** Three mistakes at once would take millions of digests; two take 50,000, which is too many for long texts. */
const mostDeviations = 2;
const longBody = 10_000;

/**
 * The formula that a signature matches, by the fewest deviations from the document, and the formula that is due.
 * @param decrypted the bindingCode that encryptedBindingCode holds, where it could be read.
 */
export function readSignature(
  known: Known,
  decrypted: string | undefined,
): { readonly due: SignatureRecipe; readonly match: SignatureMatch | undefined } {
  const starts = startsOf(known, decrypted);
  const due = starts[0].recipe;
  const length = Object.keys(known.request.body).reduce((sum, name) => sum + fieldText(known, name).length, 0);
  for (let count = 0; count <= (length > longBody ? 1 : mostDeviations); count += 1) {
    for (const { reading, recipe } of starts) {
      const rows = count === 0 ? [] : rowsFor(known, recipe, decrypted);
      const explained = withDeviations(count, recipe, rows, makesSignature);
      if (explained !== undefined) return { due, match: { ...explained, reading } };
    }
  }
  return { due, match: undefined };
}

/** The document's recipe under the dialect's reading first, then under the other one where it makes a difference. */
function startsOf(known: Known, decrypted: string | undefined): readonly [Start, ...Start[]] {
  const ciphertext = fieldText(known, 'encryptedBindingCode');
  const start = (reading: CodeReading, code: Piece): Start => ({ reading, recipe: recipeFor(known, code) });
  if (ciphertext === '') {
    return [start('transmitted', secretPiece(known, 'bindingCode', fieldText(known, 'bindingCode')))];
  }
  const transmitted = start('transmitted', open(ciphertext));
  if (decrypted === undefined) return [transmitted];
  const other = start('decrypted', secretPiece(known, 'bindingCode', decrypted));
  return known.dialect.signedBindingCode === 'decrypted' ? [other, transmitted] : [transmitted, other];
}

function recipeFor(known: Known, bindingCode: Piece): SignatureRecipe {
  const signature = fieldText(known, 'signature');
  const anyCase = known.dialect.signatureCase === 'any' && /^[0-9A-F]{64}$/i.test(signature);
  return documentRecipe({
    pk: open(fieldText(known, 'pk')),
    dk: open(fieldText(known, 'dk')),
    bindingCode,
    pwd: secretPiece(known, 'pwd', fieldText(known, 'pwd')),
    secret: secretPiece(known, 'userDomainSecret', known.secrets.userDomainSecret),
    given: anyCase ? signature.toLowerCase() : signature,
  });
}

/** Everything that may have been done otherwise; the likelier first, since of two equally short explanations the first is told. */
function rowsFor(known: Known, recipe: SignatureRecipe, decrypted: string | undefined): readonly SignatureRow[] {
  const given = fieldNames.filter((field) => recipe[field].value !== '');
  const rows = [
    ...codeRows(known, recipe.bindingCode, decrypted),
    ...pwdRows(known),
    ...digitRows(recipe.given),
    ...digestRows,
    ...placeRows,
    ...secretRows(known),
    ...deviceRows(known),
    ...separatorRows(given),
    ...orderRows(given),
    ...writeRows,
    ...extraRows(known),
    ...finishRows,
    ...charsetRows,
    ...bodyRows(known),
  ];
  return rows.filter((row) => differs(row, recipe));
}

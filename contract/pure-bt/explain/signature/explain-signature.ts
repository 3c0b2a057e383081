import type { Dialect } from '../../../../spec/pure-bt/dialect.ts';
import { inert } from '../../../inert.ts';
import { judgePart, mistake, type PartExplanation, type Remark } from '../explanation.ts';
import { fieldText, type Known, type Piece, plainPiece, secretPiece } from '../known.ts';
import { type Explained, withDeviations } from '../search.ts';
import { decodedSecretRows, describeShape, digestRows, digitRows, hexFix, psRows } from './digest.ts';
import { bodyRows, extraRows } from './extras.ts';
import { documentRecipe, type SignatureRecipe, type SignatureRow, signedText, signWith } from './recipe.ts';
import { charsetRows, finishRows, orderRows, placeRows, separatorRows, writeRows } from './text.ts';
import { twiceRows, valueRows } from './values.ts';

/** The document's recipe under one reading, and what to report if the dialect does not have that reading. */
type Start = { readonly recipe: SignatureRecipe; readonly readings: readonly Remark[] };

/** Three mistakes at once would take millions of digests; two take 100,000, which is too many for long texts. */
const maxDeviations = 2;
const longBody = 10_000;
const longestText = 2_000;

/** What to report if the reading that the dialect does not have gives the signature. */
const otherReadings: { readonly [Reading in Dialect['signedBindingCode']]: Remark } = {
  transmitted: {
    id: 'signature/code-transmitted',
    kind: 'reading',
    says: 'encryptedBindingCode was signed as transmitted, but this dialect signs the decrypted bindingCode',
    fix: 'sign the decrypted bindingCode, or remove --dialect signedBindingCode=decrypted',
  },
  decrypted: {
    id: 'signature/code-decrypted',
    kind: 'reading',
    says: 'the decrypted bindingCode was signed, but encryptedBindingCode was sent',
    fix: 'sign encryptedBindingCode as transmitted; if your server signs the decrypted code, run with --dialect signedBindingCode=decrypted',
  },
};

/**
 * Finds the formula that a signature matches: the document's, under either reading, or the one with the fewest deviations.
 * @param decrypted the bindingCode in encryptedBindingCode, if it could be decrypted.
 */
export function explainSignature(known: Known, decrypted: string | undefined): PartExplanation<Remark> {
  const starts = startsFor(known, decrypted);
  const [{ recipe }] = starts;
  const shared = {
    due: inert(signedText(recipe, 'shown'), longestText),
    dueLength: signedText(recipe, 'value').length,
    ...(known.showSecrets && { expected: signWith(recipe) }),
  };
  const match = readSignature(known, starts);
  if (match === undefined) return { ...unexplained(known), ...shared };
  const findings = [...match.readings, ...match.deviations];
  const several = `${findings.length} mistakes together give exactly this signature`;
  return {
    ...judgePart('signature', findings, `SHA-256 over ${formulaText(known)}`),
    ...(findings.length > 1 && { says: several }),
    ...(findings.length > 0 && { made: inert(signedText(match.recipe, 'shown'), longestText) }),
    ...shared,
  };
}

/** The formula that a signature matches, with the fewest deviations from the document. */
function readSignature(known: Known, starts: readonly Start[]): (Start & Explained<SignatureRecipe, true>) | undefined {
  const length = Object.keys(known.request.body).reduce((sum, name) => sum + fieldText(known, name).length, 0);
  const matches = (made: SignatureRecipe): true | undefined => made.same(signWith(made), made.given) || undefined;
  for (let count = 0; count <= (length > longBody ? 1 : maxDeviations); count += 1) {
    for (const { readings, recipe } of starts) {
      // The other reading counts as a deviation itself.
      const twice = count > 1 && recipe === starts[0]?.recipe ? twiceRows(known, recipe) : [];
      const rows = count === 0 ? [] : [...twice, ...rowsFor(known, recipe)];
      const explained = withDeviations(count, recipe, rows, matches);
      if (explained !== undefined) return { ...explained, readings };
    }
  }
  return undefined;
}

/** The document's recipe under the dialect's reading, then under the other one if that changes the text. */
function startsFor(known: Known, decrypted: string | undefined): readonly [Start, ...Start[]] {
  const { signedBindingCode } = known.dialect;
  const ciphertext = fieldText(known, 'encryptedBindingCode');
  const start = (reading: Dialect['signedBindingCode'], code: Piece): Start => ({
    recipe: documentRecipe(known, code),
    readings: reading === signedBindingCode ? [] : [otherReadings[reading]],
  });
  if (ciphertext === '') {
    return [start(signedBindingCode, secretPiece(known, 'bindingCode', fieldText(known, 'bindingCode')))];
  }
  // What was not encrypted is a secret as it is.
  const isPlain = [ciphertext, Buffer.from(ciphertext, 'base64').toString()].includes(decrypted ?? '');
  const sent = isPlain ? secretPiece(known, 'encryptedBindingCode', ciphertext) : plainPiece(ciphertext);
  const transmitted = start('transmitted', sent);
  if (decrypted === undefined) return [transmitted];
  const other = start('decrypted', secretPiece(known, 'bindingCode', decrypted));
  return signedBindingCode === 'decrypted' ? [other, transmitted] : [transmitted, other];
}

/** Every known mistake, the more likely first: of two equally short explanations the first one is reported. */
function rowsFor(known: Known, recipe: SignatureRecipe): readonly SignatureRow[] {
  return [
    ...valueRows(known, 'bindingCode', recipe),
    ...valueRows(known, 'pwd', recipe),
    ...digitRows(recipe.given),
    ...digestRows,
    ...psRows(known.secrets.ps),
    ...decodedSecretRows,
    ...placeRows,
    ...finishRows,
    ...valueRows(known, 'userDomainSecret', recipe),
    ...valueRows(known, 'dk', recipe),
    ...valueRows(known, 'pk', recipe),
    ...separatorRows(recipe),
    ...orderRows(recipe),
    ...writeRows,
    ...extraRows(known),
    ...charsetRows,
    ...bodyRows(known),
  ];
}

function formulaText(known: Known): string {
  const encrypted = fieldText(known, 'encryptedBindingCode') !== '';
  const how = known.dialect.signedBindingCode === 'decrypted' ? 'decrypted' : 'as transmitted';
  const code = encrypted ? `encryptedBindingCode (${how})` : 'bindingCode';
  return ['pk', 'dk', code, ...(fieldText(known, 'pwd') === '' ? [] : ['pwd']), 'userDomainSecret'].join(' + ');
}

function unexplained(known: Known): PartExplanation<Remark> {
  const shape = describeShape(fieldText(known, 'signature'));
  const says = `no known formula gives this signature${shape === undefined ? '' : `; ${shape}`}`;
  const { length } = known.secrets.userDomainSecret;
  const printText = `print the text just before you hash it; compare its length, then its characters, with the text to sign; if they are equal, your userDomainSecret is not the one given here (${length} characters), or a field was changed after signing`;
  const finding = mistake('signature/unexplained', says, shape === undefined ? printText : hexFix);
  return { part: 'signature', verdict: 'unexplained', says, findings: [finding] };
}

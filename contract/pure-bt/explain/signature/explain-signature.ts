import type { Dialect } from '../../../../spec/pure-bt/dialect.ts';
import { inert } from '../../../inert.ts';
import type { PartExplanation, Remark } from '../explanation.ts';
import { mistake } from '../explanation.ts';
import type { Known } from '../known.ts';
import { fieldText, secretPiece } from '../known.ts';
import type { Piece } from '../piece.ts';
import { plainPiece } from '../piece.ts';
import type { Explained } from '../search.ts';
import { withDeviations } from '../search.ts';
import { decodedSecretRows, describeShape, digestRows, digitRows, hexFix, psRows } from './digest.ts';
import { bodyRows, extraRows } from './extras.ts';
import type { SignatureRecipe, SignatureRow } from './recipe.ts';
import { documentRecipe, expectedText, makesSignature, signedText, signText } from './recipe.ts';
import { charsetRows, finishRows, orderRows, placeRows, separatorRows, writeRows } from './text.ts';
import { twiceRows, valueRows } from './values.ts';

/** A reading of which value is signed for an encrypted bindingCode, and the document's recipe under it. */
type Start = { readonly reading: Dialect['signedBindingCode']; readonly recipe: SignatureRecipe };

/** Three mistakes at once would take millions of digests; two take 100,000, which is too many for long texts. */
const maxDeviations = 2;
const longBody = 10_000;
const longestText = 2_000;

/**
 * Finds the formula that a signature matches: the document's, under either reading, or the one with the fewest deviations.
 * @param decrypted the bindingCode in encryptedBindingCode, if it could be decrypted.
 */
export function explainSignature(known: Known, decrypted: string | undefined): PartExplanation<Remark> {
  const starts = startsFor(known, decrypted);
  const expected = expectedText(starts[0].recipe);
  const match = readSignature(known, starts);
  const shared = {
    part: 'signature',
    due: inert(expected.shown, longestText),
    dueLength: expected.value.length,
    ...(known.showSecrets ? { expected: signText(starts[0].recipe, expected) } : {}),
  } as const;
  if (match === undefined) return { ...shared, ...unexplained(known) };
  const isOther = starts.length > 1 && match.reading !== known.dialect.signedBindingCode;
  const findings = [...(isOther ? [otherReadings[match.reading]] : []), ...match.deviations];
  const [first, ...others] = findings;
  if (first === undefined) return { ...shared, verdict: 'right', says: `SHA-256 over ${formulaText(known)}`, findings };
  const says = others.length === 0 ? first.says : `${findings.length} mistakes together give exactly this signature`;
  return { ...shared, verdict: 'wrong', says, findings, made: inert(signedText(match.recipe).shown, longestText) };
}

/** The formula that a signature matches, with the fewest deviations from the document. */
function readSignature(known: Known, starts: readonly Start[]): (Start & Explained<SignatureRecipe, true>) | undefined {
  const length = Object.keys(known.request.body).reduce((sum, name) => sum + fieldText(known, name).length, 0);
  for (let count = 0; count <= (length > longBody ? 1 : maxDeviations); count += 1) {
    for (const { reading, recipe } of starts) {
      // The other reading counts as a deviation itself.
      const twice = count > 1 && recipe === starts[0]?.recipe ? twiceRows(known, recipe) : [];
      const rows = count === 0 ? [] : [...twice, ...rowsFor(known, recipe)];
      const explained = withDeviations(count, recipe, rows, makesSignature);
      if (explained !== undefined) return { ...explained, reading };
    }
  }
  return undefined;
}

/** The document's recipe under the dialect's reading, then under the other one if that changes the text. */
function startsFor(known: Known, decrypted: string | undefined): readonly [Start, ...Start[]] {
  const ciphertext = fieldText(known, 'encryptedBindingCode');
  const start = (reading: Start['reading'], code: Piece): Start => ({ reading, recipe: recipeFor(known, code) });
  if (ciphertext === '') {
    return [start('transmitted', secretPiece(known, 'bindingCode', fieldText(known, 'bindingCode')))];
  }
  // What was not encrypted is a secret as it is.
  const isPlain = [ciphertext, Buffer.from(ciphertext, 'base64').toString()].includes(decrypted ?? '');
  const sent = isPlain ? secretPiece(known, 'encryptedBindingCode', ciphertext) : plainPiece(ciphertext);
  const transmitted = start('transmitted', sent);
  if (decrypted === undefined) return [transmitted];
  const other = start('decrypted', secretPiece(known, 'bindingCode', decrypted));
  return known.dialect.signedBindingCode === 'decrypted' ? [other, transmitted] : [transmitted, other];
}

function recipeFor(known: Known, bindingCode: Piece): SignatureRecipe {
  const signature = fieldText(known, 'signature');
  const anyCase = known.dialect.signatureCase === 'any' && /^[0-9A-F]{64}$/i.test(signature);
  return documentRecipe({
    pk: plainPiece(fieldText(known, 'pk')),
    dk: plainPiece(fieldText(known, 'dk')),
    bindingCode,
    pwd: secretPiece(known, 'pwd', fieldText(known, 'pwd')),
    secret: secretPiece(known, 'userDomainSecret', known.secrets.userDomainSecret),
    given: anyCase ? signature.toLowerCase() : signature,
  });
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
    ...valueRows(known, 'secret', recipe),
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

/** What to report if the reading that the dialect does not have gives the signature. */
const otherReadings: { readonly [Reading in Start['reading']]: Remark } = {
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

function formulaText(known: Known): string {
  const encrypted = fieldText(known, 'encryptedBindingCode') !== '';
  const how = known.dialect.signedBindingCode === 'decrypted' ? 'decrypted' : 'as transmitted';
  const code = encrypted ? `encryptedBindingCode (${how})` : 'bindingCode';
  return ['pk', 'dk', code, ...(fieldText(known, 'pwd') === '' ? [] : ['pwd']), 'userDomainSecret'].join(' + ');
}

function unexplained(known: Known): Pick<PartExplanation<Remark>, 'verdict' | 'says' | 'findings'> {
  const shape = describeShape(fieldText(known, 'signature'));
  const says = `no known formula gives this signature${shape === undefined ? '' : `; ${shape}`}`;
  const { length } = known.secrets.userDomainSecret;
  const printText = `print the text just before you hash it; compare its length, then its characters, with the text to sign; if they are equal, your userDomainSecret is not the one given here (${length} characters), or a field was changed after signing`;
  const finding = mistake('signature/unexplained', says, shape === undefined ? printText : hexFix);
  return { verdict: 'unexplained', says, findings: [finding] };
}

import { encryptToBase64 } from '../../../../generators/crypto.ts';
import {
  fieldText,
  type Known,
  maskedPiece,
  namedValues,
  nothing,
  type Piece,
  plainPiece,
  secretPiece,
} from '../known.ts';
import { type Written, writeInForms, writtenTwice } from '../value-forms.ts';
import { type SignatureRecipe, type SignatureRow, type Slot, secretName, signatureRow } from './recipe.ts';

/** Rows about one value: what was signed instead of it. */

const asSent = 'sign every value exactly as it is sent';
const noPwdFix = 'if pwd is not sent, sign an empty string in its place';

/** The name of each slot in the ids of rows, and what to change in it. */
const slots: { readonly [Name in Slot]: readonly [id: string, fix: string] } = {
  pk: ['pk', asSent],
  dk: ['dk', asSent],
  bindingCode: ['code', 'sign the value that is sent: encryptedBindingCode if it is given, bindingCode if not'],
  pwd: ['pwd', asSent],
  userDomainSecret: ['secret', 'end the text with userDomainSecret, exactly as the platform shows it'],
};

/** What may have been signed instead of a value: nothing, another value, or the value in another form. */
export function valueRows(known: Known, slot: Slot, recipe: SignatureRecipe): readonly SignatureRow[] {
  const { value } = recipe[slot];
  const [name, usualFix] = slots[slot];
  const fix = slot === 'pwd' && value === '' ? noPwdFix : usualFix;
  const others = otherValues(known, slot, recipe).filter(([, , piece]) => piece.value !== '' && piece.value !== value);
  return [
    ...(slot === secretName || value === ''
      ? []
      : [signatureRow(`${name}-left-out`, `${slot} was left out`, `also sign ${slot}`, { [slot]: nothing })]),
    ...writeInForms(value, nameIn(known, slot)).map((form) => ({ ...formRow(slot, recipe[slot], form), fix })),
    ...others.map(([id, says, piece]) => signatureRow(id, says, fix, { [slot]: piece })),
  ];
}

/** One value in two forms in a row; both count as deviations. */
export function twiceRows(known: Known, recipe: SignatureRecipe): readonly SignatureRow[] {
  return (['bindingCode', 'pwd', secretName, 'dk', 'pk'] as const).flatMap((slot) => {
    const { value } = recipe[slot];
    const twice = value === '' ? [] : writtenTwice(value, nameIn(known, slot));
    return twice.map((form) => ({ ...formRow(slot, recipe[slot], form), cost: 2 }));
  });
}

function formRow(slot: Slot, original: Piece, { id, words, bytes }: Written): SignatureRow {
  const value = bytes.toString('utf8');
  // The word "null" is not a secret.
  const isSecret = original.shown !== original.value && !words.startsWith('the word');
  const [name, fix] = slots[slot];
  const formId = (slot === 'bindingCode' ? codeIds[id] : undefined) ?? id;
  return signatureRow(`${name}-${formId}`, `the signed text has ${words} instead of ${slot}`, fix, {
    [slot]: isSecret ? maskedPiece(words, value) : plainPiece(value),
  });
}

/** The ids of forms for a value that is in Base64 already. */
const codeIds: Readonly<Record<string, string>> = { base64: 'base64-twice', 'standard-base64': 'base64' };

function nameIn(known: Known, slot: Slot): string {
  return slot === 'bindingCode' && fieldText(known, 'encryptedBindingCode') !== '' ? 'encryptedBindingCode' : slot;
}

/** Other values that may have been signed in a slot. */
function otherValues(
  known: Known,
  slot: Slot,
  recipe: SignatureRecipe,
): readonly (readonly [id: string, says: string, value: Piece])[] {
  const { secrets } = known;
  const { userDomainSecret } = secrets;
  if (slot === 'bindingCode') {
    const [id, verb, sent, piece] = otherCode(known, recipe);
    return [[id, `the ${verb} bindingCode was signed, but the ${sent} one was sent`, piece]];
  }
  if (slot !== secretName) {
    const value = secrets[slot] ?? '';
    const piece = slot === 'pwd' ? secretPiece(known, 'pwd of the fixture', value) : plainPiece(value);
    return [[`${slot}-other`, `the ${slot} of the fixture was signed, but a different one or none was sent`, piece]];
  }
  const without = (end: string, value: string) => {
    const name = `userDomainSecret without its ${end} character`;
    return ['secret-cut', `userDomainSecret was used without its ${end} character`, maskedPiece(name, value)] as const;
  };
  return [
    ...namedValues(known, ['user-domain-secret']).map(
      ({ id, name, value }) =>
        [`secret-is-${id}`, `${name} was signed instead of userDomainSecret`, secretPiece(known, name, value)] as const,
    ),
    ['secret-is-name', 'the word "userDomainSecret" was signed, not its value', plainPiece(secretName)],
    without('first', userDomainSecret.slice(1)),
    without('last', userDomainSecret.slice(0, -1)),
  ];
}

/** The encrypted code if the plain one was sent, and the plain code if the encrypted one was sent. */
function otherCode(
  known: Known,
  { bindingCode }: SignatureRecipe,
): readonly [id: string, signed: string, sent: string, value: Piece] {
  const { ps, bindingCode: ofFixture = '' } = known.secrets;
  const random = fieldText(known, 'random');
  if (fieldText(known, 'encryptedBindingCode') !== '') {
    const plain = fieldText(known, 'bindingCode') || ofFixture;
    return ['code-plain', 'plain', 'encrypted', secretPiece(known, 'bindingCode', plain)];
  }
  const canEncrypt = ps !== undefined && Buffer.byteLength(random) === 16;
  const encrypted = canEncrypt ? encryptToBase64(bindingCode.value, ps, random) : '';
  return ['code-encrypted', 'encrypted', 'plain', plainPiece(encrypted)];
}

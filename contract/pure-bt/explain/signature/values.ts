import { encryptToBase64 } from '../../../../generators/crypto.ts';
import type { Known } from '../known.ts';
import { fieldText, namedValues, secretPiece } from '../known.ts';
import type { Piece } from '../piece.ts';
import { maskedPiece, nothing, plainPiece } from '../piece.ts';
import type { Written } from '../value-forms.ts';
import { writeInForms, writtenTwice } from '../value-forms.ts';
import type { SignatureRecipe, SignatureRow, Slot } from './recipe.ts';
import { signatureRow } from './recipe.ts';

/** Rows about one value: what stood in its place in the signed text. */

const asSent = 'sign every value exactly as it is sent';
const asShown = 'end the text with userDomainSecret, exactly as the platform shows it';
const noPwdFix = 'a pwd that is not sent adds nothing to the text: put an empty string in its place';
const codeFix = 'sign the value as it is sent: encryptedBindingCode where it is given, otherwise bindingCode';

/** What each slot is called, and what to change about it. */
const slots: { readonly [Name in Slot]: { readonly id: string; readonly name: string; readonly fix: string } } = {
  pk: { id: 'pk', name: 'pk', fix: asSent },
  dk: { id: 'dk', name: 'dk', fix: asSent },
  bindingCode: { id: 'code', name: 'bindingCode', fix: codeFix },
  pwd: { id: 'pwd', name: 'pwd', fix: asSent },
  secret: { id: 'secret', name: 'userDomainSecret', fix: asShown },
};

/** What may have been signed in a slot in place of its value: nothing, another value, or the value in another form. */
export function valueRows(known: Known, slot: Slot, recipe: SignatureRecipe): readonly SignatureRow[] {
  const { id, name } = slots[slot];
  const { value, shown } = recipe[slot];
  const fix = slot === 'pwd' && value === '' ? noPwdFix : slots[slot].fix;
  const others = othersFor(known, slot, recipe).filter(({ piece }) => piece.value !== '' && piece.value !== value);
  return [
    ...(slot === 'secret' || value === ''
      ? []
      : [signatureRow(`${id}-left-out`, `${name} was left out`, `sign ${name} as well`, { [slot]: nothing })]),
    ...writeInForms(value, nameIn(known, slot)).map((form) => ({ ...formRow(slot, shown !== value, form), fix })),
    ...others.map((other) => signatureRow(other.id, other.says, fix, { [slot]: other.piece })),
  ];
}

/** What may have been done to one value in two steps; both count. */
export function twiceRows(known: Known, recipe: SignatureRecipe): readonly SignatureRow[] {
  return (['bindingCode', 'pwd', 'secret', 'dk', 'pk'] as const).flatMap((slot) => {
    const { value, shown } = recipe[slot];
    const twice = value === '' ? [] : writtenTwice(value, nameIn(known, slot));
    return twice.map((form) => ({ ...formRow(slot, shown !== value, form), cost: 2 }));
  });
}

function formRow(slot: Slot, secret: boolean, { id, words, bytes }: Written): SignatureRow {
  const value = bytes.toString('utf8');
  // The word "null" is no secret.
  const piece = secret && !words.startsWith('the word') ? maskedPiece(words, value) : plainPiece(value);
  return signatureRow(
    `${slots[slot].id}-${(slot === 'bindingCode' ? codeIds[id] : undefined) ?? id}`,
    `the signed text has ${words} in place of ${slots[slot].name}`,
    slots[slot].fix,
    {
      [slot]: piece,
    },
  );
}

/** What forms of a value that is Base64 already are called. */
const codeIds: Readonly<Record<string, string>> = { base64: 'base64-twice', 'standard-base64': 'base64' };

function nameIn(known: Known, slot: Slot): string {
  const encrypted = slot === 'bindingCode' && fieldText(known, 'encryptedBindingCode') !== '';
  return encrypted ? 'encryptedBindingCode' : slots[slot].name;
}

type OtherValue = { readonly id: string; readonly says: string; readonly piece: Piece };

/** Other values that may stand in a slot. */
function othersFor(known: Known, slot: Slot, recipe: SignatureRecipe): readonly OtherValue[] {
  const { secrets } = known;
  if (slot === 'bindingCode') return otherCodes(known, recipe);
  if (slot !== 'secret') {
    const piece =
      slot === 'pwd' ? secretPiece(known, 'pwd of the fixture', secrets.pwd ?? '') : plainPiece(secrets[slot] ?? '');
    return [
      { id: `${slot}-other`, says: `the ${slot} of the fixture was signed and another one, or none, sent`, piece },
    ];
  }
  const literal = { id: 'secret-is-name', says: 'the word "userDomainSecret" was signed, not its value' };
  return [
    ...namedValues(known, ['user-domain-secret']).map(({ id, name, value }) => ({
      id: `secret-is-${id}`,
      says: `${name} was signed in place of userDomainSecret`,
      piece: secretPiece(known, name, value),
    })),
    { ...literal, piece: plainPiece('userDomainSecret') },
  ];
}

/** The code encrypted where it is sent in clear, and in clear where it is sent encrypted. */
function otherCodes(known: Known, { bindingCode }: SignatureRecipe): readonly OtherValue[] {
  const { ps, bindingCode: ofFixture = '' } = known.secrets;
  const plain = fieldText(known, 'bindingCode');
  if (fieldText(known, 'encryptedBindingCode') !== '') {
    const says = 'the plain bindingCode was signed and the encrypted one sent';
    return [{ id: 'code-plain', says, piece: secretPiece(known, 'bindingCode', plain || ofFixture) }];
  }
  const random = fieldText(known, 'random');
  if (ps === undefined || Buffer.byteLength(random) !== 16) return [];
  const says = 'the encrypted bindingCode was signed and the plain one sent';
  return [{ id: 'code-encrypted', says, piece: plainPiece(encryptToBase64(bindingCode.value, ps, random)) }];
}

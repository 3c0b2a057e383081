import { encryptToBase64 } from '../../../../generators/crypto.ts';
import type { Known } from '../known.ts';
import { fieldText, namedValues, secretPiece } from '../known.ts';
import type { Piece } from '../piece.ts';
import { maskedPiece, nothing, plainPiece } from '../piece.ts';
import type { Written } from '../value-forms.ts';
import { writeInForms, writtenTwice } from '../value-forms.ts';
import type { SignatureRecipe, SignatureRow, Slot } from './recipe.ts';
import { signatureRow } from './recipe.ts';

/** Rows about one value: what was signed instead of it. */

const asSent = 'sign every value exactly as it is sent';
const asShown = 'end the text with userDomainSecret, exactly as the platform shows it';
const noPwdFix = 'if pwd is not sent, sign an empty string in its place';
const codeFix = 'sign the value that is sent: encryptedBindingCode if it is given, bindingCode if not';

/** The name of each slot, and what to change in it. */
const slots: { readonly [Name in Slot]: { readonly id: string; readonly name: string; readonly fix: string } } = {
  pk: { id: 'pk', name: 'pk', fix: asSent },
  dk: { id: 'dk', name: 'dk', fix: asSent },
  bindingCode: { id: 'code', name: 'bindingCode', fix: codeFix },
  pwd: { id: 'pwd', name: 'pwd', fix: asSent },
  secret: { id: 'secret', name: 'userDomainSecret', fix: asShown },
};

/** What may have been signed instead of a value: nothing, another value, or the value in another form. */
export function valueRows(known: Known, slot: Slot, recipe: SignatureRecipe): readonly SignatureRow[] {
  const { id, name } = slots[slot];
  const { value, shown } = recipe[slot];
  const fix = slot === 'pwd' && value === '' ? noPwdFix : slots[slot].fix;
  const others = othersFor(known, slot, recipe).filter(({ piece }) => piece.value !== '' && piece.value !== value);
  return [
    ...(slot === 'secret' || value === ''
      ? []
      : [signatureRow(`${id}-left-out`, `${name} was left out`, `also sign ${name}`, { [slot]: nothing })]),
    ...writeInForms(value, nameIn(known, slot)).map((form) => ({ ...formRow(slot, shown !== value, form), fix })),
    ...others.map((other) => signatureRow(other.id, other.says, fix, { [slot]: other.piece })),
  ];
}

/** One value in two forms in a row; both count as deviations. */
export function twiceRows(known: Known, recipe: SignatureRecipe): readonly SignatureRow[] {
  return (['bindingCode', 'pwd', 'secret', 'dk', 'pk'] as const).flatMap((slot) => {
    const { value, shown } = recipe[slot];
    const twice = value === '' ? [] : writtenTwice(value, nameIn(known, slot));
    return twice.map((form) => ({ ...formRow(slot, shown !== value, form), cost: 2 }));
  });
}

function formRow(slot: Slot, secret: boolean, { id, words, bytes }: Written): SignatureRow {
  const value = bytes.toString('utf8');
  // The word "null" is not a secret.
  const piece = secret && !words.startsWith('the word') ? maskedPiece(words, value) : plainPiece(value);
  return signatureRow(
    `${slots[slot].id}-${(slot === 'bindingCode' ? codeIds[id] : undefined) ?? id}`,
    `the signed text has ${words} instead of ${slots[slot].name}`,
    slots[slot].fix,
    {
      [slot]: piece,
    },
  );
}

/** The ids of forms for a value that is in Base64 already. */
const codeIds: Readonly<Record<string, string>> = { base64: 'base64-twice', 'standard-base64': 'base64' };

function nameIn(known: Known, slot: Slot): string {
  const encrypted = slot === 'bindingCode' && fieldText(known, 'encryptedBindingCode') !== '';
  return encrypted ? 'encryptedBindingCode' : slots[slot].name;
}

type OtherValue = { readonly id: string; readonly says: string; readonly piece: Piece };

/** Other values that may have been signed in a slot. */
function othersFor(known: Known, slot: Slot, recipe: SignatureRecipe): readonly OtherValue[] {
  const { secrets } = known;
  if (slot === 'bindingCode') return otherCodes(known, recipe);
  if (slot !== 'secret') {
    const piece =
      slot === 'pwd' ? secretPiece(known, 'pwd of the fixture', secrets.pwd ?? '') : plainPiece(secrets[slot] ?? '');
    return [
      {
        id: `${slot}-other`,
        says: `the ${slot} of the fixture was signed, but a different one or none was sent`,
        piece,
      },
    ];
  }
  const literal = { id: 'secret-is-name', says: 'the word "userDomainSecret" was signed, not its value' };
  return [
    ...namedValues(known, ['user-domain-secret']).map(({ id, name, value }) => ({
      id: `secret-is-${id}`,
      says: `${name} was signed instead of userDomainSecret`,
      piece: secretPiece(known, name, value),
    })),
    { ...literal, piece: plainPiece('userDomainSecret') },
    ...(['first', 'last'] as const).map((end) => ({
      id: 'secret-cut',
      says: `userDomainSecret was used without its ${end} character`,
      piece: maskedPiece(
        `userDomainSecret without its ${end} character`,
        end === 'first' ? secrets.userDomainSecret.slice(1) : secrets.userDomainSecret.slice(0, -1),
      ),
    })),
  ];
}

/** The encrypted code if the plain one was sent, and the plain code if the encrypted one was sent. */
function otherCodes(known: Known, { bindingCode }: SignatureRecipe): readonly OtherValue[] {
  const { ps, bindingCode: ofFixture = '' } = known.secrets;
  const plain = fieldText(known, 'bindingCode');
  if (fieldText(known, 'encryptedBindingCode') !== '') {
    const says = 'the plain bindingCode was signed, but the encrypted one was sent';
    return [{ id: 'code-plain', says, piece: secretPiece(known, 'bindingCode', plain || ofFixture) }];
  }
  const random = fieldText(known, 'random');
  if (ps === undefined || Buffer.byteLength(random) !== 16) return [];
  const says = 'the encrypted bindingCode was signed, but the plain one was sent';
  return [{ id: 'code-encrypted', says, piece: plainPiece(encryptToBase64(bindingCode.value, ps, random)) }];
}

import { hash } from 'node:crypto';
import { textToSign } from '../../../../spec/pure-bt/formulas.ts';
import type { Piece } from '../piece.ts';
import { joinPieces } from '../piece.ts';
import type { Deviation } from '../search.ts';

/** A value of the signed text under the name it has in the document's formula. */
export type Named = { readonly name: string; readonly piece: Piece };

/** The fields that the signature covers, in the document's order. */
export const fieldNames = ['pk', 'dk', 'bindingCode', 'pwd'] as const;

/** A value of the signed text: a field that the signature covers, or the secret. */
export type Slot = (typeof fieldNames)[number] | 'secret';

/** How a signature was made: one choice for each step from the values to the digits that were sent. */
export type SignatureRecipe = { readonly [Name in Slot]: Piece } & {
  readonly order: readonly (typeof fieldNames)[number][];
  /** Puts the secret among the fields. */
  readonly place: (fields: readonly Named[], secret: Named) => readonly Named[];
  /** Adds what the formula does not have. */
  readonly add: (parts: readonly Named[]) => readonly Named[];
  /** Makes one text of the parts. */
  readonly write: (parts: readonly Named[]) => Piece;
  /** Changes the whole text. */
  readonly finish: (text: Piece) => Piece;
  /** The bytes of the text; a text stands for its UTF-8. */
  readonly charset: (text: string) => string | Buffer;
  /** The digest in hex. The secret is for keyed digests alone. */
  readonly digest: (message: string | Buffer, secret: string) => string;
  readonly encode: (hex: string) => string;
  /** The signature as it is read from the request. */
  readonly given: string;
  readonly same: (made: string, given: string) => boolean;
};

/** One thing done otherwise on the way to a signature. */
export type SignatureRow = Deviation<SignatureRecipe>;

/** The name of the secret in the document's formula. */
export const secretName = 'userDomainSecret';

/** The document's formula. Source: request parameter `signature`; letter case and charset from the vendor's worked examples. */
export function documentRecipe(values: Pick<SignatureRecipe, Slot | 'given'>): SignatureRecipe {
  return {
    ...values,
    order: fieldNames,
    place: (fields, secret) => [...fields, secret],
    add: (parts) => parts,
    write: (parts) => joinPieces(parts.map(({ piece }) => piece)),
    finish: (text) => text,
    charset: (text) => text,
    digest: (message) => hash('sha256', message),
    encode: (hex) => hex,
    same: (made, given) => made === given,
  };
}

/** The text that is to be signed. */
export function expectedText(values: Pick<SignatureRecipe, Slot>): Piece {
  const of = (which: keyof Piece): string => {
    const [pk, dk, bindingCode, pwd] = fieldNames.map((name) => values[name][which]);
    return textToSign({ pk, dk, bindingCode, pwd }, values.secret[which]);
  };
  return { value: of('value'), shown: of('shown') };
}

/** The text that a recipe signs. */
export function signedText(recipe: SignatureRecipe): Piece {
  const fields = recipe.order.map((name) => ({ name, piece: recipe[name] }));
  const parts = recipe.place(fields, { name: secretName, piece: recipe.secret });
  return recipe.finish(recipe.write(recipe.add(parts)));
}

/** The signature that a recipe makes of a text. */
export function signText({ charset, digest, encode, secret }: SignatureRecipe, text: Piece): string {
  return encode(digest(charset(text.value), secret.value));
}

/** Whether a recipe makes the signature that was sent. */
export function makesSignature(recipe: SignatureRecipe): true | undefined {
  return recipe.same(signText(recipe, signedText(recipe)), recipe.given) ? true : undefined;
}

/** A row of a signature's explanation. */
export function signatureRow(id: string, says: string, fix: string, change: Partial<SignatureRecipe>): SignatureRow {
  return { id: `signature/${id}`, says, fix, change };
}

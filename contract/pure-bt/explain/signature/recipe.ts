import { hash } from 'node:crypto';
import { textToSign } from '../../../../spec/pure-bt/formulas.ts';
import { mistake } from '../explanation.ts';
import type { Piece } from '../piece.ts';
import { joinPieces } from '../piece.ts';
import type { Deviation } from '../search.ts';

/** A value of the signed text, with its name in the document's formula. */
export type Named = { readonly name: string; readonly piece: Piece };

/** The fields that the signature covers, in the document's order. */
export const fieldNames = ['pk', 'dk', 'bindingCode', 'pwd'] as const;

/** A value of the signed text: a field that the signature covers, or the secret. */
export type Slot = (typeof fieldNames)[number] | 'secret';

/** How a signature was made: one choice for each step, from the values to the digits that were sent. */
export type SignatureRecipe = { readonly [Name in Slot]: Piece } & {
  readonly order: readonly (typeof fieldNames)[number][];
  /** Adds the secret to the fields. */
  readonly place: (fields: readonly Named[], secret: Named) => readonly Named[];
  /** Adds values that are not in the formula. */
  readonly add: (parts: readonly Named[]) => readonly Named[];
  /** Joins the parts to one text. */
  readonly write: (parts: readonly Named[]) => Piece;
  /** Changes the whole text. */
  readonly finish: (text: Piece) => Piece;
  /** The bytes of the text; a string means its UTF-8 bytes. */
  readonly charset: (text: string) => string | Buffer;
  /** The digest in hex. Only keyed digests use the secret. */
  readonly digest: (message: string | Buffer, secret: string) => string;
  readonly encode: (hex: string) => string;
  /** The signature that was sent. */
  readonly given: string;
  readonly same: (made: string, given: string) => boolean;
};

/** One deviation in making a signature. */
export type SignatureRow = Deviation<SignatureRecipe>;

/** The name of the secret in the document's formula. */
export const secretName = 'userDomainSecret';

/** The document's formula. Source: request parameter `signature`; letter case and charset from the vendor's examples. */
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

/** The text to sign. */
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

/** The signature of a text under a recipe. */
export function signText({ charset, digest, encode, secret }: SignatureRecipe, text: Piece): string {
  return encode(digest(charset(text.value), secret.value));
}

/** True if a recipe gives the signature that was sent. */
export function makesSignature(recipe: SignatureRecipe): true | undefined {
  return recipe.same(signText(recipe, signedText(recipe)), recipe.given) ? true : undefined;
}

/** A row of a signature's explanation. */
export function signatureRow(id: string, says: string, fix: string, change: Partial<SignatureRecipe>): SignatureRow {
  return { ...mistake(`signature/${id}`, says, fix), change };
}

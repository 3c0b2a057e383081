import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Piece } from '../piece.ts';
import { joined } from '../piece.ts';
import type { Deviation } from '../search.ts';

/** A value of the signed text under the name it has in the document's formula. */
export type Named = { readonly name: string; readonly piece: Piece };

/** The fields that the signature covers, in the document's order. */
export const fieldNames = ['pk', 'dk', 'bindingCode', 'pwd'] as const;

/** A field that the signature covers. */
export type SignedName = (typeof fieldNames)[number];

/** How a signature was made: one choice for each step from the values to the digits that were sent. */
export type SignatureRecipe = {
  readonly pk: Piece;
  readonly dk: Piece;
  readonly bindingCode: Piece;
  readonly pwd: Piece;
  readonly secret: Piece;
  readonly order: readonly SignedName[];
  /** Puts the secret among the fields. */
  readonly place: (fields: readonly Named[], secret: Named) => readonly Named[];
  /** Adds what the formula does not have. */
  readonly add: (parts: readonly Named[]) => readonly Named[];
  /** Makes one text of the parts. */
  readonly write: (parts: readonly Named[]) => Piece;
  /** Changes the whole text. */
  readonly finish: (text: Piece) => Piece;
  readonly charset: (text: string) => Uint8Array;
  /** The secret is for keyed digests alone. */
  readonly digest: (message: Uint8Array, secret: string) => Uint8Array;
  readonly encode: (digest: Uint8Array) => string;
  /** The signature as it is read from the request. */
  readonly given: string;
  readonly same: (made: string, given: string) => boolean;
};

/** One thing done otherwise on the way to a signature. */
export type SignatureRow = Deviation<SignatureRecipe>;

/** The values that a recipe starts from. */
export type SignatureValues = Pick<SignatureRecipe, 'pk' | 'dk' | 'bindingCode' | 'pwd' | 'secret' | 'given'>;

/** The name of the secret in the document's formula. */
export const secretName = 'userDomainSecret';

/** The document's formula. Source: request parameter `signature`; letter case and charset from the vendor's worked examples. */
export function documentRecipe(values: SignatureValues): SignatureRecipe {
  return {
    ...values,
    order: fieldNames,
    place: (fields, secret) => [...fields, secret],
    add: (parts) => parts,
    write: (parts) => joined(parts.map(({ piece }) => piece)),
    finish: (text) => text,
    charset: utf8ToBytes,
    digest: (message) => sha256(message),
    encode: bytesToHex,
    same: (made, given) => made === given,
  };
}

/** The text that a recipe signs. */
export function textOf(recipe: SignatureRecipe): Piece {
  const fields = recipe.order.map((name) => ({ name, piece: recipe[name] }));
  const parts = recipe.place(fields, { name: secretName, piece: recipe.secret });
  return recipe.finish(recipe.write(recipe.add(parts)));
}

/** The signature that a recipe makes. */
export function signatureOf(recipe: SignatureRecipe): string {
  const { charset, digest, encode, secret } = recipe;
  return encode(digest(charset(textOf(recipe).value), secret.value));
}

/** Whether a recipe makes the signature that was sent. */
export function makesSignature(recipe: SignatureRecipe): true | undefined {
  return recipe.same(signatureOf(recipe), recipe.given) ? true : undefined;
}

/** Whether a row makes a difference to a recipe: dk in upper case is no other dk where it is in upper case already. */
export function differs({ change }: SignatureRow, recipe: SignatureRecipe): boolean {
  return [...fieldNames, 'secret' as const].every((name) => change[name]?.value !== recipe[name].value);
}

/** A row of a signature's explanation. */
export function row(id: string, says: string, fix: string, change: Partial<SignatureRecipe>): SignatureRow {
  return { id: `signature/${id}`, says, fix, change };
}

import { hash } from 'node:crypto';
import { mistake } from '../explanation.ts';
import { fieldText, type Known, type Piece, plainPiece, secretPiece } from '../known.ts';
import type { Deviation } from '../search.ts';

/** The fields that the signature covers, in the document's order. */
export const fieldNames = ['pk', 'dk', 'bindingCode', 'pwd'] as const;

/** The name of the secret in the document's formula. */
export const secretName = 'userDomainSecret';

/** A value of the signed text: a field that the signature covers, or the secret. */
export type Slot = (typeof fieldNames)[number] | typeof secretName;

/** A value of the signed text, or what is shown of it, with its name in the document's formula. */
export type Named = { readonly name: string; readonly text: string };

/** How a signature was made: one choice for each step, from the values to the digits that were sent. */
export type SignatureRecipe = { readonly [Name in Slot]: Piece } & {
  readonly order: readonly (typeof fieldNames)[number][];
  /** Adds the secret to the fields. */
  readonly place: (fields: readonly Named[], secret: Named) => readonly Named[];
  /** Adds values that are not in the formula. */
  readonly add: (parts: readonly Named[], of: keyof Piece) => readonly Named[];
  /** Joins the parts to one text. */
  readonly write: (parts: readonly Named[], of: keyof Piece) => string;
  /** Changes the whole text. */
  readonly finish: (text: string, of: keyof Piece) => string;
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

/** The document's formula. Source: request parameter `signature`; letter case and charset from the vendor's examples. */
export function documentRecipe(known: Known, bindingCode: Piece): SignatureRecipe {
  const signature = fieldText(known, 'signature');
  const anyCase = known.dialect.signatureCase === 'any' && /^[0-9A-F]{64}$/i.test(signature);
  return {
    pk: plainPiece(fieldText(known, 'pk')),
    dk: plainPiece(fieldText(known, 'dk')),
    bindingCode,
    pwd: secretPiece(known, 'pwd', fieldText(known, 'pwd')),
    userDomainSecret: secretPiece(known, secretName, known.secrets.userDomainSecret),
    order: fieldNames,
    place: (fields, secret) => [...fields, secret],
    add: (parts) => parts,
    write: (parts) => joined(parts),
    finish: (text) => text,
    charset: (text) => text,
    digest: (message) => hash('sha256', message),
    encode: (hex) => hex,
    given: anyCase ? signature.toLowerCase() : signature,
    same: (made, given) => made === given,
  };
}

/** The text that a recipe signs, or what is shown of it: the same steps write both. */
export function signedText(recipe: SignatureRecipe, of: keyof Piece): string {
  const fields = recipe.order.map((name) => ({ name, text: recipe[name][of] }));
  const parts = recipe.place(fields, { name: secretName, text: recipe.userDomainSecret[of] });
  return recipe.finish(recipe.write(recipe.add(parts, of), of), of);
}

/** Joins parts; an empty one gets no separator. */
export function joined(parts: readonly Named[], separator = ''): string {
  return parts.flatMap(({ text }) => (text === '' ? [] : [text])).join(separator);
}

/** The signature that a recipe makes. */
export function signWith(recipe: SignatureRecipe): string {
  const { charset, digest, encode, userDomainSecret } = recipe;
  return encode(digest(charset(signedText(recipe, 'value')), userDomainSecret.value));
}

/** A row of a signature's explanation. */
export function signatureRow(id: string, says: string, fix: string, change: Partial<SignatureRecipe>): SignatureRow {
  return { ...mistake(`signature/${id}`, says, fix), change };
}

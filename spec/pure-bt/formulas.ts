/**
 * The document's two formulas, as text: what is hashed and what is encrypted.
 * Runs in Node and in k6, so it imports nothing; hashing and AES come from each runtime's adapter.
 */

/** A request field as it may arrive: absent and null count as the empty string. */
export type SignedField = string | null | undefined;

/** The fields the signature covers, in order. */
export type SignedFields = {
  readonly pk: SignedField;
  readonly dk: SignedField;
  /** The bindingCode, or the Base64 ciphertext standing in its place. */
  readonly bindingCode: SignedField;
  readonly pwd: SignedField;
};

/**
 * The text whose UTF-8 SHA-256, in lower-case hex, is `signature`.
 * Source: the document's row `signature`; no separators (recomputed from the vendor's worked examples).
 */
export function textToSign(fields: SignedFields, userDomainSecret: string): string {
  const { pk, dk, bindingCode, pwd } = fields;
  return `${pk ?? ''}${dk ?? ''}${bindingCode ?? ''}${pwd ?? ''}${userDomainSecret}`;
}

/**
 * The plaintext of `encryptedNewBindingSecret` and `encryptedOldBindingSecret`.
 * Source: the document's rows of those fields, "includes English comma".
 */
export function secretPlaintext(pk: string, dk: string, bindingSecret: string): string {
  return `${pk},${dk},${bindingSecret}`;
}

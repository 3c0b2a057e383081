/**
 * The document's two formulas: the text to hash and the text to encrypt.
 * Runs in Node and in k6, so it imports nothing; each runtime has its own adapter for hashing and AES.
 */

/** A request field; absent and null count as the empty string. */
export type SignedField = string | null | undefined;

/** The fields that the signature covers, in order. */
export type SignedFields = {
  readonly pk: SignedField;
  readonly dk: SignedField;
  /** The bindingCode, or the Base64 ciphertext in its place. */
  readonly bindingCode: SignedField;
  readonly pwd: SignedField;
};

/**
 * The text to sign: `signature` is the SHA-256 of its UTF-8 bytes, in lower-case hex.
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

import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';

/** `bindingCode` is the plain code, or the text of encryptedBindingCode. */
export function sign({ pk, dk, bindingCode, pwd, userDomainSecret }) {
  const text = pk + dk + bindingCode + (pwd ?? '') + userDomainSecret;
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

export function encrypt(plaintext, ps, random) {
  const cipher = createCipheriv('aes-128-cbc', ps, random);
  return cipher.update(plaintext, 'utf8', 'base64') + cipher.final('base64');
}

/** Throws for a ciphertext that is not Base64 or is padded wrongly. */
export function decrypt(ciphertext, ps, random) {
  const bytes = Buffer.from(ciphertext, 'base64');
  // Node also decodes Base64url and ignores other characters.
  if (bytes.toString('base64') !== ciphertext) throw new Error('the ciphertext is not padded Base64');
  const decipher = createDecipheriv('aes-128-cbc', ps, random);
  return Buffer.concat([decipher.update(bytes), decipher.final()]).toString('utf8');
}

import { createDecipheriv } from 'node:crypto';

/**
 * The plaintext of a ciphertext field, or undefined.
 *
 * Bad padding and any other error give the same result: if the caller could see a difference, the field would be a
 * padding oracle (the ciphertext is not authenticated).
 * @param key the productSecret, 16 raw ASCII bytes.
 * @param iv the request's `random`, 16 raw ASCII bytes.
 */
export function decrypt(base64: string, key: string, iv: string): string | undefined {
  const bytes = strictBase64(base64);
  if (bytes === undefined || bytes.length === 0 || bytes.length % 16 !== 0) return undefined;
  // With any order of checks, a bad random or an unknown product must not crash the process.
  const [keyBytes, ivBytes] = [Buffer.from(key, 'utf8'), Buffer.from(iv, 'utf8')];
  if (keyBytes.length !== 16 || ivBytes.length !== 16) return undefined;
  const decipher = createDecipheriv('aes-128-cbc', keyBytes, ivBytes);
  try {
    return Buffer.concat([decipher.update(bytes), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}

/** The bytes of canonical Base64 (RFC 4648 section 4: standard alphabet, padded, one line, unused bits zero), or undefined. */
function strictBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}

/** The bindingSecret in `PK,DK,bindingSecret`; undefined if it is empty or the plaintext names another device. */
export function secretFor(pk: string, dk: string, plaintext: string | undefined): string | undefined {
  const parts = plaintext?.split(',') ?? [];
  const [namedPk, namedDk, secret] = parts;
  if (parts.length !== 3 || namedPk !== pk || namedDk !== dk || secret === undefined || secret === '') return undefined;
  return secret;
}

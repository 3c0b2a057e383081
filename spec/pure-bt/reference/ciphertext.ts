import { createDecipheriv } from 'node:crypto';

/**
 * The plaintext of a ciphertext field, or undefined.
 *
 * One answer for bad padding and for anything else that cannot be read: the caller must not be able to tell them
 * apart, or the field is a padding oracle (the ciphertext is not authenticated).
 * @param key the productSecret, 16 raw ASCII bytes.
 * @param iv the request's `random`, 16 raw ASCII bytes.
 */
export function decrypt(base64: string, key: string, iv: string): string | undefined {
  const bytes = strictBase64(base64);
  if (bytes === undefined || bytes.length === 0 || bytes.length % 16 !== 0) return undefined;
  // Neither a bad random nor a product that is not known may end the process, whatever is checked first.
  const [keyBytes, ivBytes] = [Buffer.from(key, 'utf8'), Buffer.from(iv, 'utf8')];
  if (keyBytes.length !== 16 || ivBytes.length !== 16) return undefined;
  const decipher = createDecipheriv('aes-128-cbc', keyBytes, ivBytes);
  try {
    return Buffer.concat([decipher.update(bytes), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}

/** Bytes of canonical Base64 (RFC 4648 section 4: standard alphabet, padded, one line, no stray bits), or undefined. */
function strictBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}

/** The bindingSecret in `PK,DK,bindingSecret`, where it names this very device and is not empty; undefined otherwise. */
export function secretFor(pk: string, dk: string, plaintext: string | undefined): string | undefined {
  const parts = plaintext?.split(',') ?? [];
  const [namedPk, namedDk, secret] = parts;
  if (parts.length !== 3 || namedPk !== pk || namedDk !== dk || secret === undefined || secret === '') return undefined;
  return secret;
}

/** The k6 adapter of hashing and AES. `generators/crypto.ts` is Node's; a vectors run proves that they agree. */
import { sha256 } from 'k6/crypto';
import { b64encode } from 'k6/encoding';

const encoder = new TextEncoder();
const blockBytes = 16;

/** Lower-case hex SHA-256 of a text's UTF-8 bytes. */
export function sha256Hex(text: string): string {
  return sha256(text, 'hex');
}

/** An AES-128 key of 16 ASCII characters, imported once: each import costs as much as an encryption. */
export async function importKey(key: string): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', encoder.encode(key), { name: 'AES-CBC' }, false, ['encrypt']);
}

/** AES-128-CBC with PKCS#5 padding; `iv` is 16 ASCII characters. `toBase64` reads what comes. */
export function encrypt(plaintext: string, key: CryptoKey, iv: string): Promise<ArrayBuffer> {
  return encryptBytes(encoder.encode(plaintext), key, iv);
}

/** The same length with bad padding: the last plaintext byte is 0, which is no padding, and k6's own padding is cut off. */
export async function encryptBadly(plaintext: string, key: CryptoKey, iv: string): Promise<ArrayBuffer> {
  const text = encoder.encode(plaintext);
  const padded = new Uint8Array((Math.floor(text.length / blockBytes) + 1) * blockBytes);
  padded.set(text);
  padded[padded.length - 1] = 0;
  return (await encryptBytes(padded, key, iv)).slice(0, padded.length);
}

/** Padded Base64 on one line. */
export function toBase64(bytes: ArrayBuffer): string {
  return b64encode(bytes);
}

/** A fresh iv buffer each time: k6 reads it after the call has returned. */
function encryptBytes(bytes: Uint8Array<ArrayBuffer>, key: CryptoKey, iv: string): Promise<ArrayBuffer> {
  return crypto.subtle.encrypt({ name: 'AES-CBC', iv: encoder.encode(iv) }, key, bytes);
}

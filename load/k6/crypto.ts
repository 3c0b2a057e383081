/** Hashing and AES in k6. `generators/crypto.ts` does the same in Node; a test with vectors compares the two. */
import hashing from 'k6/crypto';
import encoding from 'k6/encoding';

// Constants: k6 looks an imported name up on each use.
const { sha256 } = hashing;
const { b64encode } = encoding;

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

/** AES-128-CBC with PKCS#5 padding; `iv` is 16 ASCII characters. `toBase64` encodes the result. */
export function encrypt(plaintext: string, key: CryptoKey, iv: string): Promise<ArrayBuffer> {
  return encryptBytes(encoder.encode(plaintext), key, iv);
}

/** The same length with invalid padding: the last plaintext byte is 0, and the padding that k6 adds is cut off. */
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

/** A new IV buffer each time, because k6 reads it after the call has returned. */
function encryptBytes(bytes: Uint8Array<ArrayBuffer>, key: CryptoKey, iv: string): Promise<ArrayBuffer> {
  return crypto.subtle.encrypt({ name: 'AES-CBC', iv: encoder.encode(iv) }, key, bytes);
}

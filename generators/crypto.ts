import { createCipheriv, hash } from 'node:crypto';
import type * as Aes from '@noble/ciphers/aes.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { loadLater } from '../spec/load-later.ts';

/** Hashing and AES for Node. The reference server uses a different library, so neither hides a bug of the other. */

/** It computes its tables when it is loaded, which is a third of the start of a short command. */
const aes = loadLater<typeof Aes>('@noble/ciphers/aes.js');

/** What a request needs of a library. */
export type RequestCrypto = {
  readonly sha256Hex: (text: string) => string;
  readonly encryptToBase64: (plaintext: string, key: string, iv: string) => string;
};

/** Lower-case hex SHA-256 of a text's UTF-8 bytes. */
export function sha256Hex(text: string): string {
  return bytesToHex(sha256(Buffer.from(text)));
}

/**
 * AES-128-CBC with PKCS#5 padding over the UTF-8 plaintext.
 * @param key 16 ASCII characters, used as raw bytes; `iv` too.
 */
export function encryptBytes(plaintext: string, key: string, iv: string): Uint8Array {
  return aes().cbc(Buffer.from(key), Buffer.from(iv)).encrypt(Buffer.from(plaintext));
}

/** {@link encryptBytes} as padded standard Base64 on one line. */
export function encryptToBase64(plaintext: string, key: string, iv: string): string {
  return toBase64(encryptBytes(plaintext, key, iv));
}

/** Encrypts blocks without adding padding; the input is a whole number of 16-byte blocks. */
export function encryptUnpadded(blocks: Uint8Array, key: string, iv: string): Uint8Array {
  return aes().cbc(Buffer.from(key), Buffer.from(iv), { disablePadding: true }).encrypt(blocks);
}

/** Padded standard Base64 on one line. */
export function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

/** The library of every request, except where hundreds of thousands are made. */
export const nobleCrypto: RequestCrypto = { sha256Hex, encryptToBase64 };

/**
 * Hashing and AES with node:crypto, for requests by the hundred thousand: a row takes half as long as with @noble. Tests
 * compare what the two make byte by byte, so that a mistake of either still shows.
 */
export const fastCrypto: RequestCrypto = {
  sha256Hex: (text) => hash('sha256', text, 'hex'),
  encryptToBase64: (plaintext, key, iv) => {
    const cipher = createCipheriv('aes-128-cbc', key, iv);
    return cipher.update(plaintext, 'utf8', 'base64') + cipher.final('base64');
  },
};

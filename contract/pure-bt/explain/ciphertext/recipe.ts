import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { Deviation } from '../search.ts';

/** A ciphertext, with the IV and the key if they come from the sent bytes. */
export type CiphertextParts = { readonly bytes: Uint8Array; readonly iv?: Uint8Array; readonly key?: Uint8Array };

/** How a ciphertext is read: one choice for each step, from the field's text to the plaintext. */
export type CipherRecipe = {
  readonly given: string;
  /** Decodes the text; undefined if it has another encoding. */
  readonly decode: (text: string) => Uint8Array | undefined;
  /** Separates the ciphertext from an IV or a salt that was sent with it. */
  readonly layout: (bytes: Uint8Array, key: Uint8Array) => CiphertextParts | undefined;
  readonly key: Uint8Array;
  /** `unknown`: not `random` and not another known value; the first block stays unreadable. */
  readonly iv: Uint8Array | 'unknown';
  /** Decrypts without checking the padding; undefined for a key, IV or length that the mode does not accept. */
  readonly mode: (key: Uint8Array, iv: Uint8Array, bytes: Uint8Array) => Uint8Array | undefined;
  readonly unpad: (bytes: Uint8Array) => Uint8Array | undefined;
  readonly text: (bytes: Uint8Array) => string | undefined;
};

/** One deviation in making a ciphertext. */
export type CipherRow = Deviation<CipherRecipe>;

/** A plaintext; with an unknown IV, its first 16 bytes are missing. */
export type Plaintext = { readonly text: string; readonly firstBlockLost: boolean };

const blockBytes = 16;

/** The bytes of the ciphertext under a recipe, and the IV or key that was sent with it. */
export function readBytes({ given, decode, layout, key }: CipherRecipe): CiphertextParts | undefined {
  const bytes = decode(given);
  return bytes === undefined ? undefined : layout(bytes, key);
}

/** The plaintext under a recipe; undefined if it is not text. */
export function decryptRecipe(recipe: CipherRecipe): Plaintext | undefined {
  const parts = readBytes(recipe);
  if (parts === undefined) return undefined;
  const { mode, unpad, text } = recipe;
  const firstBlockLost = parts.iv === undefined && recipe.iv === 'unknown';
  const iv = recipe.iv === 'unknown' ? new Uint8Array(blockBytes) : recipe.iv;
  const decrypted = mode(parts.key ?? recipe.key, parts.iv ?? iv, parts.bytes);
  if (decrypted === undefined || (firstBlockLost && decrypted.length <= blockBytes)) return undefined;
  const unpadded = unpad(firstBlockLost ? decrypted.subarray(blockBytes) : decrypted);
  const plaintext = unpadded === undefined ? undefined : text(unpadded);
  return plaintext === undefined ? undefined : { text: plaintext, firstBlockLost };
}

/**
 * The IV that a CBC ciphertext was made with, from the first 16 bytes of its plaintext; undefined if they are not known.
 * CBC combines the IV with the first block by XOR, so decryption with a zero IV gives the first block XOR the IV.
 */
export function ivUsed(recipe: CipherRecipe, plaintextStart: string): string | undefined {
  const start = utf8ToBytes(plaintextStart).subarray(0, blockBytes);
  const parts = readBytes(recipe);
  if (parts === undefined || start.length < blockBytes) return undefined;
  const block = recipe.mode(recipe.key, new Uint8Array(blockBytes), parts.bytes)?.subarray(0, blockBytes);
  return block === undefined ? undefined : String.fromCharCode(...start.map((byte, at) => byte ^ (block[at] ?? 0)));
}

/** A row of a ciphertext's explanation. */
export function cipherRow(id: string, says: string, fix: string, change: Partial<CipherRecipe>): CipherRow {
  return { id: `cipher/${id}`, says, fix, change };
}

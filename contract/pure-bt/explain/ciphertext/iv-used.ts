import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { CipherRecipe } from './recipe.ts';

const blockBytes = 16;

/**
 * The IV that a CBC ciphertext was made with, from the first 16 bytes of its plaintext; undefined where they are not known.
 * CBC adds the IV to the first block alone, so under an IV of zeros that block is the plaintext and the IV, added.
 */
export function ivUsed({ bytes, key, mode }: CipherRecipe, plaintextStart: string): string | undefined {
  const start = utf8ToBytes(plaintextStart).subarray(0, blockBytes);
  if (bytes === undefined || start.length < blockBytes) return undefined;
  const block = mode(key, new Uint8Array(blockBytes), bytes)?.subarray(0, blockBytes);
  return block === undefined ? undefined : String.fromCharCode(...start.map((byte, at) => byte ^ (block[at] ?? 0)));
}

import { utf8ToBytes } from '@noble/hashes/utils.js';
import { base64Strict } from './encodings.ts';
import { cbc } from './modes.ts';
import { unpadPkcs } from './padding.ts';
import type { CipherRecipe } from './recipe.ts';
import { utf8 } from './texts.ts';

/** The document's recipe: Base64 of AES-128-CBC with PKCS#5 padding, key PS, IV `random`, both as raw ASCII bytes. */
export function documentRecipe(field: string, ps: string, random: string): CipherRecipe {
  return {
    bytes: base64Strict(field),
    layout: (bytes) => ({ bytes }),
    key: utf8ToBytes(ps),
    iv: utf8ToBytes(random),
    mode: cbc,
    unpad: unpadPkcs,
    text: utf8,
  };
}

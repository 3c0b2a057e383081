import { mistake } from '../explanation.ts';
import type { Deviation } from '../search.ts';

/** AES encrypts blocks of so many bytes. */
export const blockBytes = 16;

/** A mode of AES; the length of the key selects AES-128, -192 or -256. */
export type Mode = {
  /** Decrypts without checking the padding; undefined for a key, IV or length that the mode does not accept. */
  readonly decrypt: (key: Uint8Array, iv: Uint8Array, bytes: Uint8Array) => Uint8Array | undefined;
  /** The IV under which the ciphertext starts with these 16 bytes of plaintext, in modes that allow to compute it. */
  readonly ivFor?: (key: Uint8Array, bytes: Uint8Array, start: Uint8Array) => Uint8Array | undefined;
  /** Whether everything after the first block is the same under every IV. */
  readonly keepsRest?: true;
};

/** How a ciphertext is read: one choice for each step, from the field's text to the plaintext. */
export type CipherRecipe = {
  readonly given: string;
  /** Decodes the text; undefined if it has another encoding. */
  readonly decode: (text: string) => Uint8Array | undefined;
  /** Separates the ciphertext from what was sent with it: an IV, or a salt that gives an IV and a key. */
  readonly layout: (
    bytes: Uint8Array,
    key: Uint8Array,
  ) => { readonly bytes: Uint8Array; readonly iv?: Uint8Array; readonly key?: Uint8Array } | undefined;
  readonly key: Uint8Array;
  readonly iv: Uint8Array;
  readonly mode: Mode;
  readonly unpad: (bytes: Uint8Array) => Uint8Array | undefined;
  readonly text: (bytes: Uint8Array) => string | undefined;
};

/** One deviation in making a ciphertext. */
export type CipherRow = Deviation<CipherRecipe>;

/** The bytes of the ciphertext under a recipe, and the IV or key that was sent with it. */
export function readBytes({ given, decode, layout, key }: CipherRecipe): ReturnType<CipherRecipe['layout']> {
  const bytes = decode(given);
  return bytes === undefined ? undefined : layout(bytes, key);
}

/** The plaintext under a recipe; undefined if it is not text. */
export function decryptRecipe(recipe: CipherRecipe): string | undefined {
  const parts = readBytes(recipe);
  if (parts === undefined) return undefined;
  const { key, iv, mode, unpad, text } = recipe;
  const decrypted = mode.decrypt(parts.key ?? key, parts.iv ?? iv, parts.bytes);
  const unpadded = decrypted === undefined ? undefined : unpad(decrypted);
  return unpadded === undefined ? undefined : text(unpadded);
}

/** A row of a ciphertext's explanation. */
export function cipherRow(id: string, says: string, fix: string, change: Partial<CipherRecipe>): CipherRow {
  return { ...mistake(`cipher/${id}`, says, fix), change };
}

import type { Deviation } from '../search.ts';

/** How a ciphertext is read: one choice for each step from the field's text to the plaintext. */
export type CipherRecipe = {
  /** The bytes that the field's text stands for; undefined where it cannot be decoded so. */
  readonly bytes: Uint8Array | undefined;
  /** Takes an IV off the bytes where one was sent with them. */
  readonly layout: (bytes: Uint8Array) => { readonly bytes: Uint8Array; readonly iv?: Uint8Array } | undefined;
  readonly key: Uint8Array;
  /** `unknown`: neither `random` nor anything else that is known; the first block then stays unreadable. */
  readonly iv: Uint8Array | 'unknown';
  readonly mode: (key: Uint8Array, iv: Uint8Array, bytes: Uint8Array) => Uint8Array | undefined;
  readonly unpad: (bytes: Uint8Array) => Uint8Array | undefined;
  readonly text: (bytes: Uint8Array) => string | undefined;
};

/** One thing done otherwise on the way to a ciphertext. */
export type CipherRow = Deviation<CipherRecipe>;

/** A plaintext; of one under an unknown IV the first 16 bytes are missing. */
export type Plaintext = { readonly text: string; readonly firstBlockLost: boolean };

const blockBytes = 16;

/** The plaintext that a recipe yields, where it is text. */
export function plaintextOf({ bytes, layout, key, iv, mode, unpad, text }: CipherRecipe): Plaintext | undefined {
  const laid = bytes === undefined ? undefined : layout(bytes);
  if (laid === undefined) return undefined;
  const firstBlockLost = laid.iv === undefined && iv === 'unknown';
  const known = iv === 'unknown' ? new Uint8Array(blockBytes) : iv;
  const decrypted = mode(key, laid.iv ?? known, laid.bytes);
  if (decrypted === undefined || (firstBlockLost && decrypted.length <= blockBytes)) return undefined;
  const unpadded = unpad(firstBlockLost ? decrypted.subarray(blockBytes) : decrypted);
  const plaintext = unpadded === undefined ? undefined : text(unpadded);
  return plaintext === undefined ? undefined : { text: plaintext, firstBlockLost };
}

/** A row of a ciphertext's explanation. */
export function row(id: string, says: string, fix: string, change: Partial<CipherRecipe>): CipherRow {
  return { id: `cipher/${id}`, says, fix, change };
}

import { mistake, type Remark } from '../explanation.ts';
import { latin1 } from '../value-forms.ts';
import { type Context, remarksOn, withSameIv } from './context.ts';
import { looksChosen, shownIv } from './ivs.ts';
import { cbc } from './modes.ts';
import { blockBytes, type CipherRecipe, decryptRecipe, readBytes } from './recipe.ts';

/** The IV that was used: with CBC it follows from the key and the first block of the plaintext. */

const noIv = new Uint8Array(blockBytes);
/** What to do about an IV. */
export const ivFix = 'use the 16 characters of random as the 16 bytes of the IV, and send the same random';
const otherIvFix = `${ivFix}: do not generate a new random after encryption, and use one random for all ciphertexts of a request`;

/** One explanation of a ciphertext. */
export type Cause = {
  /** The IV under which the text is read. */
  readonly iv: Uint8Array;
  readonly text: string;
  /** What is wrong with the IV or the bytes. */
  readonly made: readonly Remark[];
  /** What is wrong with the text. */
  readonly remarks: readonly Remark[];
  /** Whether the first 16 bytes of the text are not known. */
  readonly firstBlockLost?: true;
};

/** The text that a recipe gives, and what is wrong with it; undefined if it is not text. */
export function readCause(context: Context, recipe: CipherRecipe, made: readonly Remark[] = []): Cause | undefined {
  const text = decryptRecipe(recipe);
  return text === undefined ? undefined : { iv: recipe.iv, text, made, remarks: remarksOn(context, text) };
}

/** A mistake that leaves only the text after the first block, or none. */
export function lostCause(text: string, found: Remark, iv: Uint8Array = noIv): Cause {
  return { iv, text, made: [found], remarks: [], firstBlockLost: true };
}

/** An IV that is not known to come from another value. */
export function otherIv(says: string): Remark {
  return mistake('cipher/iv-other', says, otherIvFix);
}

/** The IV of a ciphertext under a recipe, if what is known of the text allows to compute all of it. */
export function usedIv(context: Context, recipe: CipherRecipe): Uint8Array | undefined {
  const iv = computeIv(context, recipe)?.iv;
  return iv?.length === blockBytes ? iv : undefined;
}

/** The text after the first block, which is the same under every IV; undefined if it is not readable. */
export function restUnder(recipe: CipherRecipe): string | undefined {
  const parts = readBytes(recipe);
  if (!recipe.mode.keepsRest || parts === undefined || parts.iv !== undefined) return undefined;
  if (parts.bytes.length <= blockBytes) return undefined;
  const decrypted = recipe.mode.decrypt(recipe.key, noIv, parts.bytes)?.subarray(blockBytes);
  const unpadded = decrypted === undefined ? undefined : recipe.unpad(decrypted);
  return unpadded === undefined ? undefined : recipe.text(unpadded);
}

/** If there is no rest that shows that the key is right, the key must be PS. */
export function isOneBlock({ ps }: Context, recipe: CipherRecipe): boolean {
  const parts = readBytes(recipe);
  return (
    recipe.mode === cbc && parts?.iv === undefined && parts?.bytes.length === blockBytes && latin1(recipe.key) === ps
  );
}

/** Mistakes that the first block does not depend on. */
const aboutEnd = /^plaintext\/(?:secret-(?:other|null|form|is-\w+)|empty-secret|trailing-newline|surrounding-space)$/;

/** The IV under which the text starts as it should; undefined if the text is still wrong then. */
export function computeIv(context: Context, recipe: CipherRecipe): Cause | undefined {
  const computed = computeBytes(context, recipe);
  if (computed === undefined) return undefined;
  const { iv, start, rest } = computed;
  const isWhole = iv.length === blockBytes;
  const unknown = 'x'.repeat(blockBytes - iv.length);
  const text = isWhole ? decryptRecipe({ ...recipe, iv }) : Buffer.from(start).toString() + unknown + rest;
  const remarks = text === undefined ? [] : remarksOn(context, text);
  if (text === undefined || remarks.some(({ kind, id }) => kind === 'mistake' && !aboutEnd.test(id))) return undefined;
  const { isSure, says } = describeIv(context, iv);
  if (isWhole && !isSure && rest !== '') return lostCause(rest, otherIv(says), iv);
  // Nothing can be said about a secret with unknown characters.
  return { iv, text, made: [otherIv(says)], remarks: isWhole ? remarks : [] };
}

function computeBytes(
  { expected }: Context,
  recipe: CipherRecipe,
): { readonly iv: Uint8Array; readonly start: Uint8Array; readonly rest: string } | undefined {
  const parts = readBytes(recipe);
  if (parts === undefined || parts.iv !== undefined) return undefined;
  const { mode, key } = recipe;
  const isShort = mode.keepsRest && parts.bytes.length === blockBytes;
  const rest = mode.keepsRest && !isShort ? restUnder(recipe) : '';
  if (rest === undefined) return undefined;
  const start = isShort ? paddedText(expected.value) : knownStart(expected, rest);
  const iv = start.length === 0 ? undefined : mode.ivFor?.(key, parts.bytes, start);
  // One block, or a stream, has no padding that confirms the key, so any wrong ciphertext would give an IV.
  const isConfirmed = mode === cbc && !isShort;
  return iv === undefined || !(isConfirmed || looksChosen(iv)) ? undefined : { iv, start, rest };
}

/** The first block of the plaintext that goes with the rest of it; shorter if less is known. */
function knownStart({ value, start }: Context['expected'], rest: string): Uint8Array {
  const whole = value !== undefined && Buffer.from(value).subarray(blockBytes).toString() === rest;
  return Buffer.from(whole ? value : start).subarray(0, blockBytes);
}

/** The only block of a short text, with its padding; empty if the text is not known. */
function paddedText(value = ''): Uint8Array {
  const bytes = Buffer.from(value);
  const missing = blockBytes - bytes.length;
  return value === '' || missing < 1 ? new Uint8Array() : Buffer.concat([bytes, Buffer.alloc(missing, missing)]);
}

/** What to say about a computed IV. Bytes that look like no text may also come from a text that starts in another way. */
function describeIv({ known, others }: Context, iv: Uint8Array): { readonly isSure: boolean; readonly says: string } {
  const same = withSameIv(others, iv);
  const isSure = looksChosen(iv) || same !== undefined;
  const condition = isSure ? 'it' : 'if the text starts as it should, the IV';
  const verb = iv.length === blockBytes ? 'is' : 'starts with';
  const more = same === undefined ? '' : `, as for ${same.field}`;
  return { isSure, says: `the IV is not the value of random: ${condition} ${verb} ${shownIv(known, iv)}${more}` };
}

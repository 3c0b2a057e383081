import type { Known } from '../known.ts';
import { display } from '../known.ts';
import { mistake } from '../plaintext/remark.ts';
import type { Cause, Context } from './cause.ts';
import { toCause } from './cause.ts';
import type { Expected } from './expected.ts';
import { knownStart, remarksOn } from './expected.ts';
import { ivAsText, looksChosen } from './ivs.ts';
import { cbc, latin1 } from './modes.ts';
import type { CipherRecipe } from './recipe.ts';
import { decryptRecipe, readBytes } from './recipe.ts';

/** The IV that was used: with CBC it follows from the key and the first block of the plaintext. */

const blockBytes = 16;
const noIv = new Uint8Array(blockBytes);
/** What to do about an IV. */
export const ivFix = 'use the 16 characters of random as the 16 bytes of the IV, and send the same random';
/** What to do about an IV that is not known to come from another value. */
export const otherIvFix: string = `${ivFix}: do not generate a new random after encryption, and use one random for all ciphertexts of a request`;

/** The IV of a ciphertext under a recipe, if what is known of the text allows to compute all of it. */
export function usedIv(context: Context, recipe: CipherRecipe): Uint8Array | undefined {
  const iv = recipe.mode.keepsRest ? computeIv(context, recipe)?.iv : undefined;
  return iv?.length === blockBytes ? iv : undefined;
}

/** The text after the first block, which is the same under every IV; undefined if it is not readable. */
export function restUnder(recipe: CipherRecipe): string | undefined {
  const parts = readBytes(recipe);
  if (parts === undefined || parts.iv !== undefined || parts.bytes.length <= blockBytes) return undefined;
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

/** A computed IV, and what the ciphertext is under it. */
export type Computed = { readonly iv: Uint8Array; readonly cause: Cause };

/** Mistakes that the first block does not depend on. */
const aboutEnd = /^plaintext\/(?:secret-(?:other|null|form|is-\w+)|empty-secret|trailing-newline|surrounding-space)$/;

/** The IV under which the text starts as it should; undefined if the text is still wrong then. */
export function computeIv(context: Context, recipe: CipherRecipe): Computed | undefined {
  const { known, field } = context;
  const computed = computeBytes(context, recipe);
  if (computed === undefined) return undefined;
  const { iv, start, rest } = computed;
  const isWhole = iv.length === blockBytes;
  const unknown = 'x'.repeat(blockBytes - iv.length);
  const text = isWhole ? decryptRecipe({ ...recipe, iv }) : Buffer.from(start).toString() + unknown + rest;
  const remarks = text === undefined ? [] : remarksOn(known, field, text);
  if (text === undefined || remarks.some(({ kind, id }) => kind === 'mistake' && !aboutEnd.test(id))) return undefined;
  const { isSure, says } = describeIv(context, iv);
  const found = mistake('cipher/iv-other', says, otherIvFix);
  if (isWhole && !isSure && rest !== '') {
    return { iv, cause: { ...toCause(field, rest, [found]), firstBlockLost: true } };
  }
  // Nothing can be said about a secret with unknown characters.
  return { iv, cause: toCause(field, text, [found, ...(isWhole ? remarks : [])]) };
}

type Bytes = { readonly iv: Uint8Array; readonly start: Uint8Array; readonly rest: string };

function computeBytes({ expected }: Context, recipe: CipherRecipe): Bytes | undefined {
  const parts = readBytes(recipe);
  if (parts === undefined || parts.iv !== undefined) return undefined;
  const isShort = recipe.mode.keepsRest && parts.bytes.length === blockBytes;
  const rest = recipe.mode.keepsRest && !isShort ? restUnder(recipe) : '';
  if (rest === undefined) return undefined;
  const start = isShort ? paddedText(expected) : knownStart(expected, rest);
  const iv = start.length === 0 ? undefined : recipe.mode.ivFor?.(recipe.key, parts.bytes, start);
  // One block, or a stream, has no padding that confirms the key, so any wrong ciphertext would give an IV.
  const isConfirmed = recipe.mode === cbc && !isShort;
  return iv === undefined || !(isConfirmed || looksChosen(iv)) ? undefined : { iv, start, rest };
}

/** What to say about a computed IV. Bytes that look like no text may also come from a text that starts in another way. */
function describeIv({ known, others }: Context, iv: Uint8Array): { readonly isSure: boolean; readonly says: string } {
  const same = others.find((other) => latin1(other.iv) === latin1(iv));
  const isSure = looksChosen(iv) || same !== undefined;
  const condition = isSure ? 'it' : 'if the text starts as it should, the IV';
  const verb = iv.length === blockBytes ? 'is' : 'starts with';
  const more = same === undefined ? '' : `, as for ${same.field}`;
  return { isSure, says: `the IV is not the value of random: ${condition} ${verb} ${shownIv(known, iv)}${more}` };
}

/** The only block of a short text, with its padding; empty if the text is not known. */
function paddedText({ value = '' }: Expected): Uint8Array {
  const bytes = Buffer.from(value);
  const missing = blockBytes - bytes.length;
  return value === '' || missing < 1 ? new Uint8Array() : Buffer.concat([bytes, Buffer.alloc(missing, missing)]);
}

/** An IV as text, or in hex. */
export function shownIv(known: Known, iv: Uint8Array): string {
  const text = ivAsText(iv);
  return text === undefined ? `${Buffer.from(iv).toString('hex')} (hex)` : `"${display(known, text, 64)}"`;
}

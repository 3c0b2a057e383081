import type { CipherField } from '../../../../generators/pure-bt/request.ts';
import type { Known } from '../known.ts';
import { fieldText, readDevice } from '../known.ts';
import type { Remark } from '../plaintext/remark.ts';
import { doubtAbout, hasMistake, mistake } from '../plaintext/remark.ts';
import type { Written } from '../value-forms.ts';
import type { Cause, Context } from './cause.ts';
import { toCause } from './cause.ts';
import { chanceOfCode } from './chance.ts';
import { remarksOn } from './expected.ts';
import { looksChosen, looksLike } from './ivs.ts';
import { cbc, latin1 } from './modes.ts';
import type { CipherRecipe } from './recipe.ts';
import { decryptRecipe, readBytes } from './recipe.ts';
import type { Computed } from './used-iv.ts';
import { computeIv, isOneBlock, ivFix, otherIvFix, restUnder } from './used-iv.ts';

/**
 * With CBC, a wrong IV and a wrong text in the first block can give the same bytes: the IV that was used is known only if the
 * text is. This file decides which of the two it is, or gives both.
 */

const blockBytes = 16;
/** Some hundred IVs have a name. Fewer than one in a hundred thousand requests match one by chance. */
const leastChance = 1e-7;
const rightFix = 'give the bindingCode in the fixture to decide';

/** The plaintext under the recipe's IV, if nothing is wrong with it. */
export function rightCause(context: Context, recipe: CipherRecipe): Cause | undefined {
  const { known, field, expected, others } = context;
  const text = decryptRecipe(recipe);
  const remarks = text === undefined ? [] : remarksOn(known, field, text);
  if (text === undefined || hasMistake(remarks)) return undefined;
  // Under another IV of the same kind, a code that is not known is another code: the other ciphertexts show which IV it was.
  const unsure = expected.value === undefined && field === 'encryptedBindingCode' && recipe.mode === cbc;
  const otherIv = unsure ? others.find(({ iv }) => latin1(iv) !== latin1(recipe.iv))?.iv : undefined;
  if (otherIv !== undefined && rightCause({ ...context, others: [] }, { ...recipe, iv: otherIv }) !== undefined)
    return undefined;
  return toCause(field, text, remarks);
}

/** Every cause that explains a plaintext equally well, the more likely first; undefined if no cause does. */
export function findCauses(context: Context, recipe: CipherRecipe): readonly Cause[] | undefined {
  const plain = readPlain(context, recipe);
  const mayBeIv = recipe.mode.keepsRest ? restUnder(recipe) !== undefined || isOneBlock(context, recipe) : false;
  const read = mayBeIv ? context.names().flatMap((name) => readWith(context, recipe, name)) : [];
  const exact = read.filter((found) => !hasMistake(found.remarks));
  if (exact.length > 0) {
    const another = exact.every(({ name }) => !isConfirmed(context, name) && chanceOfCode(name.bytes) > leastChance)
      ? [anotherIv(context)]
      : [];
    return [...decideByOthers(context, exact), ...alsoPossible(context, plain), ...another];
  }
  if (plain?.doubt === 'sure') return [plain.cause];
  const computed = computeIv(context, recipe);
  const isOther = computed !== undefined && latin1(computed.iv) !== latin1(recipe.iv.subarray(0, computed.iv.length));
  // Two mistakes at once: their IV has a name, and what was computed for the expected text is hardly ever text.
  const both = decideByOthers(
    context,
    read.filter((found) => doubtAbout(found.remarks) === 'sure' && isConfirmed(context, found.name)),
  );
  if (both.length > 0 && !(isOther && looksChosen(computed.iv))) return both;
  if (isOther) return weigh(context, computed, plain);
  return plain === undefined ? undefined : withUnknownIv(context, plain, mayBeIv ? restUnder(recipe) : undefined);
}

/** A readable text with mistakes, and how sure it is that they were made. */
type Plain = { readonly cause: Cause; readonly doubt: ReturnType<typeof doubtAbout> };

function readPlain({ known, field }: Context, recipe: CipherRecipe): Plain | undefined {
  const text = decryptRecipe(recipe);
  // A padding block after one block of garbage: an IV before an encrypted empty text is possible, but not likely.
  if (text === undefined || (text === '' && readBytes(recipe)?.iv !== undefined)) return undefined;
  const remarks = remarksOn(known, field, text);
  // A text without mistakes that `rightCause` did not take is not a mistake that was made.
  return { cause: toCause(field, text, remarks), doubt: hasMistake(remarks) ? doubtAbout(remarks) : 'unlikely' };
}

/** Whether more than the format of a code says that this IV was used: the text is known, or another ciphertext has the same IV. */
function isConfirmed({ field, expected, others }: Context, { bytes }: Written): boolean {
  const isKnown = field !== 'encryptedBindingCode' || expected.value !== undefined;
  return isKnown || others.some(({ iv }) => latin1(iv) === latin1(bytes));
}

function anotherIv({ field }: Context): Cause {
  const says = 'the IV is another one, which can be computed only with the bindingCode in the fixture';
  return { ...toCause(field, '', [mistake('cipher/iv-other', says, otherIvFix)]), firstBlockLost: true };
}

/** What may be true instead of an IV that has a name. */
function alsoPossible({ field }: Context, plain: Plain | undefined): readonly Cause[] {
  if (plain === undefined) return [];
  if (plain.doubt === 'sure') return [plain.cause];
  if (hasMistake(plain.cause.findings)) return [];
  // Only a code that is not known can be right under two IVs.
  const right = mistake('cipher/right', 'nothing is wrong: the IV is random, and the code is another one', rightFix);
  return [toCause(field, plain.cause.text, [right])];
}

/** A readable text may also come from an IV that cannot be computed. */
function withUnknownIv({ field }: Context, { cause, doubt }: Plain, rest: string | undefined): readonly Cause[] {
  const ids = cause.findings.map(({ id }) => id);
  const isCode = field === 'encryptedBindingCode';
  const mayBeIv = isCode
    ? ids.length > 1 || ids.some((id) => ['code/not-hex', 'code/pattern'].includes(id))
    : ids.length > 1 && ids.some((id) => /^plaintext\/other-[pd]k$/.test(id));
  if (rest === undefined || !mayBeIv) return [cause];
  const { iv } = lostCauses(field, rest);
  return isCode && doubt === 'unlikely' ? [iv, cause] : [cause, iv];
}

/** The causes if nothing is known about the first block: the rest of a CBC text is readable under any IV. */
export function findLostCauses(context: Context, recipe: CipherRecipe): readonly Cause[] | undefined {
  const { known, field, expected } = context;
  const rest = recipe.mode.keepsRest ? restUnder(recipe) : undefined;
  if (rest === undefined || startsRight(known, rest)) return undefined;
  const { iv, missing } = lostCauses(field, rest);
  if (expected.value?.slice(blockBytes + 1).endsWith(rest) === true && rest !== '') return [missing];
  // The end of a bindingSecret's text must follow from pk and dk.
  return expected.start === '' ? [iv] : [iv, missing];
}

type Read = { readonly cause: Cause; readonly remarks: readonly Remark[]; readonly name: Written };

function readWith({ known, field }: Context, recipe: CipherRecipe, name: Written): readonly Read[] {
  const { id, words, bytes } = name;
  const text = decryptRecipe({ ...recipe, iv: bytes });
  if (text === undefined) return [];
  const remarks = remarksOn(known, field, text);
  return [
    {
      name,
      remarks,
      cause: toCause(field, text, [mistake(`cipher/iv-${id}`, `the IV is ${words}`, ivFix), ...remarks]),
    },
  ];
}

/** The causes with different names. If one has the IV of another ciphertext, only that one. */
function decideByOthers({ others }: Context, read: readonly Read[]): readonly Cause[] {
  const same = read.find(({ name }) => others.some(({ iv }) => latin1(iv) === latin1(name.bytes)));
  const ids = read.map(({ name }) => name.id);
  return (same === undefined ? read.filter(({ name }, at) => ids.indexOf(name.id) === at) : [same]).map(
    ({ cause }) => cause,
  );
}

/** Decides between a computed IV and a wrong text; gives both if each is as good. */
function weigh({ known, field, others }: Context, { iv, cause }: Computed, plain: Plain | undefined): readonly Cause[] {
  if (plain === undefined) return [cause];
  const isOneOf = (ivs: Context['others']): boolean => ivs.some((other) => latin1(other.iv) === latin1(iv));
  // Two texts that start differently have the same IV: it was not the text. The two bindingSecrets have one start.
  const isCode = field === 'encryptedBindingCode';
  if (isOneOf(others.filter((other) => isCode || other.field === 'encryptedBindingCode'))) return [cause];
  if (plain.doubt === 'unlikely') return looksChosen(iv) ? [cause] : [plain.cause];
  const random = fieldText(known, 'random');
  if (!looksLike(iv, random)) return [plain.cause];
  const othersAreRight = others.some((other) => latin1(other.iv) === latin1(Buffer.from(random)));
  return othersAreRight ? [plain.cause, cause] : [cause, plain.cause];
}

function lostCauses(field: CipherField, rest: string): { readonly iv: Cause; readonly missing: Cause } {
  const lost = (found: Remark): Cause => ({ ...toCause(field, rest, [found]), firstBlockLost: true });
  const garbage = 'the IV is not the value of random: the first 16 bytes are garbage, the rest is readable';
  const cut = 'the start of the ciphertext is missing';
  return {
    iv: lost(mistake('cipher/iv-other', garbage, otherIvFix)),
    missing: lost(mistake('cipher/start-missing', cut, 'send the whole ciphertext, from its first byte')),
  };
}

/** If the rest starts like a plaintext, nothing is missing: the first block was an IV. */
function startsRight(known: Known, text: string): boolean {
  const starts = Object.values(readDevice(known)).filter((start) => start !== '');
  return /^[0-9a-f]{16}$/i.test(text) || starts.some((start) => text.toLowerCase().startsWith(start.toLowerCase()));
}

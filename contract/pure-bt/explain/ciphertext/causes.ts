import { mistake, mistakesIn, type Remark } from '../explanation.ts';
import { fieldText, readDevice } from '../known.ts';
import { latin1 } from '../value-forms.ts';
import { type Context, withSameIv } from './context.ts';
import { looksChosen, looksLike } from './ivs.ts';
import { cbc } from './modes.ts';
import { blockBytes, type CipherRecipe, readBytes } from './recipe.ts';
import { type Cause, computeIv, isOneBlock, ivFix, lostCause, otherIv, readCause, restUnder } from './used-iv.ts';

/**
 * With CBC, a wrong IV and a wrong text in the first block can give the same bytes: the IV that was used is known only if the
 * text is. This file decides which of the two it is, or gives both.
 */

/** Some hundred IVs have a name. Fewer than one in a hundred thousand requests match one by chance. */
const leastChance = 1e-7;
const digits = '0123456789';
const codeCharacters = `${digits}ABCDEF`;
/** What an IV is usually drawn from, if it is text. */
const usualIvs = [
  digits,
  codeCharacters,
  `${digits}abcdef`,
  `${digits}ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz`,
];

/** The plaintext under the recipe's IV, if nothing is wrong with it. */
export function rightCause(context: Context, recipe: CipherRecipe): Cause | undefined {
  const { field, expected, others } = context;
  const cause = readCause(context, recipe);
  if (cause === undefined || !isRight(cause)) return undefined;
  // Under another IV of the same kind, a code that is not known is another code: the other ciphertexts show which IV it was.
  const unsure = expected.value === undefined && field === 'encryptedBindingCode' && recipe.mode === cbc;
  const iv = unsure ? others.find((other) => latin1(other.iv) !== latin1(recipe.iv))?.iv : undefined;
  const fitsOther = iv !== undefined && rightCause({ ...context, others: [] }, { ...recipe, iv }) !== undefined;
  return fitsOther ? undefined : cause;
}

/** Every cause that explains a plaintext equally well, the more likely first; none if no cause does. */
export function findCauses(context: Context, recipe: CipherRecipe): readonly Cause[] {
  const plain = readPlain(context, recipe);
  const mayBeIv = restUnder(recipe) !== undefined || isOneBlock(context, recipe);
  const read = (mayBeIv ? context.names() : []).flatMap(({ id, words, bytes: iv }) => {
    const made = [mistake(`cipher/iv-${id}`, `the IV is ${words}`, ivFix)];
    return readCause(context, { ...recipe, iv }, made) ?? [];
  });
  const exact = read.filter(isRight);
  if (exact.length > 0) {
    const mayBeOther = exact.every((cause) => !isConfirmed(context, cause) && chanceOfCode(cause.iv) > leastChance);
    const unnamed = 'the IV is another one, which can be computed only with the bindingCode in the fixture';
    return [
      ...decideByOthers(context, exact),
      ...alsoPossible(plain),
      ...(mayBeOther ? [lostCause('', otherIv(unnamed))] : []),
    ];
  }
  if (plain !== undefined && doubtAbout(plain) === 'sure') return [plain];
  const computed = computeIv(context, recipe);
  const isOther = computed !== undefined && latin1(computed.iv) !== latin1(recipe.iv.subarray(0, computed.iv.length));
  // Two mistakes at once: their IV has a name, and what was computed for the expected text is hardly ever text.
  const both = decideByOthers(
    context,
    read.filter((cause) => doubtAbout(cause) === 'sure' && isConfirmed(context, cause)),
  );
  if (both.length > 0 && !(isOther && looksChosen(computed.iv))) return both;
  if (isOther) return weigh(context, computed, plain);
  return plain === undefined ? [] : withUnknownIv(context, plain, restUnder(recipe));
}

/** The causes if nothing is known about the first block: the rest of a CBC text is readable under any IV. */
export function findLostCauses(context: Context, recipe: CipherRecipe): readonly Cause[] {
  const { expected } = context;
  const rest = restUnder(recipe);
  if (rest === undefined || startsRight(context, rest)) return [];
  const cut = 'the start of the ciphertext is missing';
  const missing = lostCause(
    rest,
    mistake('cipher/start-missing', cut, 'send the whole ciphertext, from its first byte'),
  );
  if (expected.value?.slice(blockBytes + 1).endsWith(rest) === true && rest !== '') return [missing];
  // The end of a bindingSecret's text must follow from pk and dk.
  return expected.start === '' ? [garbageCause(rest)] : [garbageCause(rest), missing];
}

function readPlain(context: Context, recipe: CipherRecipe): Cause | undefined {
  const cause = readCause(context, recipe);
  // A padding block after one block of garbage: an IV before an encrypted empty text is possible, but not likely.
  return cause?.text === '' && readBytes(recipe)?.iv !== undefined ? undefined : cause;
}

function garbageCause(rest: string): Cause {
  return lostCause(
    rest,
    otherIv('the IV is not the value of random: the first 16 bytes are garbage, the rest is readable'),
  );
}

function isRight({ remarks }: Cause): boolean {
  return mistakesIn(remarks).length === 0;
}

/** How sure it is that the mistakes in a text were made, if the bytes may also come from something else. */
function doubtAbout({ remarks }: Cause): 'sure' | Exclude<Remark['doubt'], undefined> {
  const mistakes = mistakesIn(remarks);
  const doubts = mistakes.flatMap(({ doubt }) => doubt ?? []);
  // A text without mistakes that `rightCause` did not take is not a mistake that was made.
  if (doubts.length === 0) return mistakes.length === 0 ? 'unlikely' : 'sure';
  // A repair of a text that still has a wrong value was hardly the right one.
  return doubts.includes('unlikely') || doubts.length < mistakes.length ? 'unlikely' : 'possible';
}

/** Whether more than the format of a code says that this IV was used: the text is known, or another ciphertext has the same IV. */
function isConfirmed({ field, expected, others }: Context, { iv }: Cause): boolean {
  return field !== 'encryptedBindingCode' || expected.value !== undefined || withSameIv(others, iv) !== undefined;
}

/** What may be true instead of an IV that has a name. */
function alsoPossible(plain: Cause | undefined): readonly Cause[] {
  if (plain === undefined) return [];
  if (doubtAbout(plain) === 'sure') return [plain];
  if (!isRight(plain)) return [];
  // Only a code that is not known can be right under two IVs.
  const says = 'nothing is wrong: the IV is random, and the code is another one';
  const right = mistake('cipher/right', says, 'give the bindingCode in the fixture to decide');
  return [{ ...plain, made: [right], remarks: [] }];
}

/** A readable text may also come from an IV that cannot be computed. */
function withUnknownIv({ field }: Context, plain: Cause, rest: string | undefined): readonly Cause[] {
  const ids = plain.remarks.map(({ id }) => id);
  const isCode = field === 'encryptedBindingCode';
  const mayBeIv = isCode
    ? ids.length > 1 || ids.some((id) => ['code/not-hex', 'code/pattern'].includes(id))
    : ids.length > 1 && ids.some((id) => /^plaintext\/other-[pd]k$/.test(id));
  if (rest === undefined || !mayBeIv) return [plain];
  const iv = garbageCause(rest);
  return isCode && doubtAbout(plain) === 'unlikely' ? [iv, plain] : [plain, iv];
}

/** The causes with different names. If one has the IV of another ciphertext, only that one. */
function decideByOthers({ others }: Context, read: readonly Cause[]): readonly Cause[] {
  const same = read.find(({ iv }) => withSameIv(others, iv));
  const ids = read.map(({ made }) => made[0]?.id);
  return same === undefined ? read.filter((_, at) => ids.indexOf(ids[at]) === at) : [same];
}

/** Decides between a computed IV and a wrong text; gives both if each is as good. */
function weigh({ known, field, others }: Context, computed: Cause, plain: Cause | undefined): readonly Cause[] {
  if (plain === undefined) return [computed];
  const { iv } = computed;
  // Two texts that start differently have the same IV: it was not the text. The two bindingSecrets have one start.
  const different = others.filter((other) => [field, other.field].includes('encryptedBindingCode'));
  if (withSameIv(different, iv) !== undefined) return [computed];
  if (doubtAbout(plain) === 'unlikely') return looksChosen(iv) ? [computed] : [plain];
  const random = fieldText(known, 'random');
  if (!looksLike(iv, random)) return [plain];
  return withSameIv(others, Buffer.from(random)) === undefined ? [computed, plain] : [plain, computed];
}

/** If the rest starts like a plaintext, nothing is missing: the first block was an IV. */
function startsRight({ known }: Context, text: string): boolean {
  const starts = Object.values(readDevice(known)).filter((start) => start !== '');
  return /^[0-9a-f]{16}$/i.test(text) || starts.some((start) => text.toLowerCase().startsWith(start.toLowerCase()));
}

/** For each byte of a wrong IV: how often a character of a code is still one under it. */
function tableFor(usual: string): Float64Array {
  const isCode = new Set(Buffer.from(codeCharacters));
  return Float64Array.from({ length: 256 }, (_, byte) => {
    const hits = [...usual].flatMap((used) =>
      [...codeCharacters].filter((code) => isCode.has(code.charCodeAt(0) ^ used.charCodeAt(0) ^ byte)),
    );
    return hits.length / (usual.length * codeCharacters.length);
  });
}

/** Made when the first code is doubtful: most requests need none, and they take longer than an explanation. */
let tables: readonly Float64Array[] | undefined;

/** The probability that a code that was encrypted under a usual IV reads as another code under this one. */
function chanceOfCode(iv: Uint8Array): number {
  tables ??= usualIvs.map(tableFor);
  return Math.max(...tables.map((table) => iv.reduce((product, byte) => product * (table[byte] ?? 0), 1)));
}

import { encryptToBase64 } from '../../../../generators/crypto.ts';
import type { CipherField } from '../../../../generators/pure-bt/request.ts';
import { plural } from '../../../../spec/plural.ts';
import { judgePart, mistake, mistakesIn, type PartExplanation, type Remark } from '../explanation.ts';
import { display, fieldText, type Known, readDevice } from '../known.ts';
import { type Explained, withDeviations } from '../search.ts';
import { nullWords, type Written } from '../value-forms.ts';
import { escapePattern } from '../wrappings.ts';
import { findCauses, findLostCauses, rightCause } from './causes.ts';
import { type Context, contextFor } from './context.ts';
import { base64Strict, encodingRows, layoutRows, saltedRow } from './encodings.ts';
import { namedIvs } from './ivs.ts';
import { keyRows } from './keys.ts';
import { cbc, modeRows } from './modes.ts';
import { blockBytes, type CipherRecipe, type CipherRow } from './recipe.ts';
import { paddingRows, textRows, unpadPkcs, utf8 } from './text-bytes.ts';
import { longestCiphertext, unexplained } from './unexplained.ts';
import { type Cause, usedIv } from './used-iv.ts';

const maxDeviations = 3;
const secretNames = ['ps', 'userDomainSecret', 'bindingCode', 'bindingSecret', 'oldBindingSecret'] as const;

/**
 * Finds how each ciphertext was made, with the fewest deviations from the document, and what is wrong with its plaintext.
 * @returns the explanation of each, and its plaintext if it is known.
 */
export function explainCiphertexts(
  known: Known,
  fields: readonly CipherField[],
  ps: string,
): readonly { readonly explanation: PartExplanation<Remark>; readonly plaintext: string | undefined }[] {
  const contexts = fields.map((field) => contextFor(known, field, ps));
  const used = contexts.flatMap((context) => {
    const iv = usedIv(context, documentRecipe(context));
    return iv === undefined ? [] : [{ field: context.field, iv }];
  });
  return contexts.map((alone) => {
    const context = { ...alone, others: used.filter(({ field }) => field !== alone.field) };
    let names: readonly Written[] | undefined;
    return explainCiphertext({ ...context, names: () => (names ??= namedIvs(context, fields)) });
  });
}

function explainCiphertext(context: Context) {
  const { known, field, ps, expected } = context;
  const random = fieldText(known, 'random');
  const given = fieldText(known, field);
  const canExpect = known.showSecrets && expected.value !== undefined && Buffer.byteLength(random) === blockBytes;
  const shared = {
    due: `${expected.shown}, encrypted with the key PS and the IV ${display(known, random, 32)} (random)`,
    ...(canExpect ? { expected: encryptToBase64(expected.value, ps, random) } : {}),
  };
  const right = given.length > longestCiphertext ? undefined : rightCause(context, documentRecipe(context));
  // The rows hash every known value in every form; a right ciphertext does not need them.
  const rows = right !== undefined || given.length > longestCiphertext ? [] : rowsFor(known, ps, given);
  const match = right === undefined ? readCiphertext(context, rows) : { deviations: [], found: [right] };
  const [cause, ...others] = match?.found ?? [];
  if (match === undefined || cause === undefined) {
    return { explanation: { ...unexplained(known, field, rows), ...shared }, plaintext: undefined };
  }
  if (others.length > 0) {
    return { explanation: { ...undecided(field, match.found, match.deviations), ...shared }, plaintext: undefined };
  }
  const findings = [...match.deviations, ...cause.made, ...cause.remarks];
  const judged = judgePart(field, findings, `AES-128-CBC with key PS and IV random, contains ${content(field, cause)}`);
  const holds = `${cause.firstBlockLost ? '(16 bytes of garbage)' : ''}${shownPlaintext(known, cause.text)}`;
  return {
    explanation: {
      ...judged,
      ...(mistakesIn(findings).length === 1 && { says: describe(findings) }),
      ...(judged.verdict === 'wrong' && { made: holds }),
      ...shared,
    },
    plaintext: cause.firstBlockLost ? undefined : cause.text,
  };
}

/** The document's recipe: Base64 of AES-128-CBC with PKCS#5 padding, key PS, IV `random`, both as ASCII bytes. */
function documentRecipe({ known, field, ps }: Context): CipherRecipe {
  return {
    given: fieldText(known, field),
    decode: base64Strict,
    layout: (bytes) => ({ bytes }),
    key: Buffer.from(ps),
    iv: Buffer.from(fieldText(known, 'random')),
    mode: cbc,
    unpad: unpadPkcs,
    text: utf8,
  };
}

/**
 * The cheapest recipe that gives text. A wrong IV or a wrong plaintext costs as much as a deviation. A text without its start
 * can be any text: it is taken only if one more deviation explains nothing better.
 */
function readCiphertext(
  context: Context,
  rows: readonly CipherRow[],
): Explained<CipherRecipe, readonly Cause[]> | undefined {
  if (rows.length === 0) return undefined;
  const recipe = documentRecipe(context);
  const right = (candidate: CipherRecipe): readonly Cause[] | undefined => {
    const cause = rightCause(context, candidate);
    return cause === undefined ? undefined : [cause];
  };
  const withMistakes = (find: typeof findCauses, deviations: number) => (candidate: CipherRecipe) => {
    const causes = find(context, candidate).filter(({ text }) => isCredible(context, text, deviations));
    return causes.length === 0 ? undefined : causes;
  };
  for (let cost = 1; cost <= maxDeviations; cost += 1) {
    const match =
      withDeviations(cost, recipe, rows, right) ??
      withDeviations(cost - 1, recipe, rows, withMistakes(findCauses, cost - 1)) ??
      (cost < 2 ? undefined : withDeviations(cost - 2, recipe, rows, withMistakes(findLostCauses, cost - 2)));
    if (match !== undefined) return match;
  }
  return undefined;
}

/**
 * Whether a wrong text can be what was encrypted. Of the many recipes, some make text of a few garbage bytes by chance:
 * the more deviations, the longer a text has to be, unless it has a value of the request.
 */
function isCredible({ known }: Context, text: string, deviations: number): boolean {
  const { pk, dk } = readDevice(known);
  const values = [pk, dk, ...Object.values(known.secrets)].filter((value) => value !== undefined && value.length >= 4);
  return deviations === 0 || text.length >= 6 + 6 * deviations || values.some((value) => text.includes(value ?? ''));
}

/** Every known mistake except a wrong IV, the more likely first: of two equally short explanations the first one is reported. */
function rowsFor(known: Known, ps: string, given: string): readonly CipherRow[] {
  const keys = keyRows(known, ps);
  return [
    ...keys.filter(({ cost = 1 }) => cost > 1),
    ...encodingRows(given),
    saltedRow,
    ...modeRows,
    ...paddingRows,
    ...keys.filter(({ cost = 1 }) => cost === 1),
    ...textRows,
    ...layoutRows,
  ];
}

function undecided(field: CipherField, causes: readonly Cause[], made: readonly Remark[]): PartExplanation<Remark> {
  const says = `undecided: each of ${causes.length} causes explains these bytes; the more likely one is first`;
  const fix = 'compare the IV and the plaintext that your code used with each cause';
  const several = mistake('cipher/undecided', says, fix);
  const alternatives = causes.map((cause) => {
    const findings = [...cause.made, ...cause.remarks];
    return { ...several, ...mistakesIn(findings)[0], says: describe(findings) };
  });
  return { part: field, verdict: 'wrong', says, findings: [...made, several], alternatives };
}

function describe(findings: readonly Remark[]): string {
  const mistakes = mistakesIn(findings);
  const about = mistakes[0]?.id.startsWith('cipher/') === true ? '' : 'the plaintext is wrong: ';
  return about + mistakes.map(({ says }) => says).join('; ');
}

function content(field: CipherField, { text }: Cause): string {
  if (field === 'encryptedBindingCode') return 'a bindingCode';
  return `PK, DK and a bindingSecret of ${text.length - text.lastIndexOf(',') - 1} characters`;
}

/** A plaintext that is safe to print: pk and dk as they are, every other word as its name or its length. */
function shownPlaintext(known: Known, plaintext: string): string {
  if (known.showSecrets) return display(known, plaintext, 500);
  // A value that is longer than the plaintext is not in it, and its pattern may be too large.
  const device = Object.values(readDevice(known)).filter((value) => value !== '' && value.length <= plaintext.length);
  const shown = [...device, 'pk', 'dk', 'bindingSecret', 'bindingCode'];
  const open = new RegExp(`(${shown.map(escapePattern).join('|')})`, 'i');
  const pieces = plaintext.split(open).map((piece, index) => (index % 2 === 1 ? piece : nameSecrets(known, piece)));
  return display(known, pieces.join(''), 500);
}

function nameSecrets(known: Known, text: string): string {
  return text.replace(/[^\s,，;:|&"'{}[\]=]+/g, (word) => {
    // If the first block is lost, only the end of a dk remains.
    const isDevice = Object.values(readDevice(known)).some((value) => value.endsWith(word));
    if (isDevice || nullWords.includes(word)) return word;
    const name = secretNames.find((secret) => known.secrets[secret] === word);
    return `«${name ?? plural(word.length, 'character')}»`;
  });
}

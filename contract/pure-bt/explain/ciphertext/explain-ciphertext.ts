import { encryptToBase64 } from '../../../../generators/crypto.ts';
import type { CipherField } from '../../../../generators/pure-bt/request.ts';
import { secretPlaintext } from '../../../../spec/pure-bt/formulas.ts';
import { cipherVectors } from '../../../../spec/pure-bt/vectors.ts';
import type { Finding, PartExplanation } from '../explanation.ts';
import { decideVerdict } from '../explanation.ts';
import type { Known } from '../known.ts';
import { display, fieldText, readDevice } from '../known.ts';
import { codeRemarks } from '../plaintext/code.ts';
import type { Remark } from '../plaintext/remark.ts';
import { secretRemarks } from '../plaintext/secret.ts';
import { shownPlaintext } from '../plaintext/shown.ts';
import type { Explained } from '../search.ts';
import { withDeviations } from '../search.ts';
import { cbc, modeRows, paddingRows, textRows, unpadPkcs, utf8 } from './decrypt.ts';
import { base64Strict, encodingRows, layoutRows, likelyBytes, saltedRow } from './encodings.ts';
import { ivRows, keyRows, unknownIvRow } from './keys-and-ivs.ts';
import type { CipherRecipe, CipherRow, Plaintext } from './recipe.ts';
import { decryptRecipe, ivUsed } from './recipe.ts';

const maxDeviations = 3;
/** PK, DK and a secret, in hex and twice in Base64, are far below this; longer ones would take long to try. */
const longestCiphertext = 2_000;

/** How a ciphertext was made, by the fewest deviations from the document; what is wrong with its plaintext, where that could be read. */
export function explainCiphertext(
  known: Known,
  field: CipherField,
  ps: string,
): { readonly explanation: PartExplanation; readonly plaintext: string | undefined } {
  const expected = expectedPlaintext(known, field);
  const random = fieldText(known, 'random');
  const canExpect = known.showSecrets && expected.value !== undefined && Buffer.byteLength(random) === 16;
  const shared = {
    part: field,
    due: `${expected.shown} under the key PS and the IV ${display(known, random, 32)} (random)`,
    ...(canExpect ? { expected: encryptToBase64(expected.value, ps, random) } : {}),
  } as const;
  const match = readCiphertext(known, field, ps);
  if (match === undefined) return { explanation: { ...shared, ...unexplained(known, field) }, plaintext: undefined };
  const { deviations, recipe, found } = match;
  const findings = [
    ...deviations.map(({ id, says, fix }): Finding => {
      const more = id === unknownIvRow.id ? ivInWords(known, recipe, expected.start) : '';
      return { part: field, id, kind: 'mistake', says: says + more, fix };
    }),
    ...(found.firstBlockLost ? [] : remarksOn(known, field, found.text)).map(
      (remark): Finding => ({ ...remark, part: field }),
    ),
  ];
  const verdict = decideVerdict(findings);
  const made = `${found.firstBlockLost ? '(16 bytes of garbage)' : ''}${shownPlaintext(known, found.text)}`;
  return {
    explanation: {
      ...shared,
      verdict,
      says: sentence(field, findings, found),
      findings,
      ...(verdict === 'right' ? {} : { made }),
    },
    plaintext: found.firstBlockLost ? undefined : found.text,
  };
}

/** The document's recipe: Base64 of AES-128-CBC with PKCS#5 padding, key PS, IV `random`, both as raw ASCII bytes. */
function documentRecipe(given: string, ps: string, random: string): CipherRecipe {
  return {
    given,
    decode: base64Strict,
    layout: (bytes) => ({ bytes }),
    key: Buffer.from(ps),
    iv: Buffer.from(random),
    mode: cbc,
    unpad: unpadPkcs,
    text: utf8,
  };
}

/**
 * The cheapest way to a text: one deviation costs as much as a plaintext that does not fit, so that a wrong IV, which
 * changes letters of the first block, is not taken for another device's pk.
 */
function readCiphertext(known: Known, field: CipherField, ps: string): Explained<CipherRecipe, Plaintext> | undefined {
  const given = fieldText(known, field);
  if (given.length > longestCiphertext) return undefined;
  const recipe = documentRecipe(given, ps, fieldText(known, 'random'));
  // A text whose start is lost can be any text: it explains a ciphertext no better than a whole one that does not fit.
  const tryRecipe = (candidate: CipherRecipe): Plaintext | undefined => {
    const found = decryptRecipe(candidate);
    const fits = found?.firstBlockLost === false && !hasMistake(remarksOn(known, field, found.text));
    return fits ? found : undefined;
  };
  // Added to one text, another text gives a third one: a guessed IV that is text must make the start that is due.
  const readable = (candidate: CipherRecipe): Plaintext | undefined => {
    const found = decryptRecipe(candidate);
    if (found === undefined || found.firstBlockLost) return startsRight(known, found?.text ?? '') ? undefined : found;
    const { iv, mode } = candidate;
    const guessed = iv !== recipe.iv && iv !== 'unknown' && mode === cbc && isAscii(iv);
    return guessed && !startsRight(known, found.text) ? undefined : found;
  };
  let match = withDeviations(0, recipe, [], tryRecipe);
  const rows = match === undefined ? rowsFor(known, ps, given) : [];
  for (let cost = 1; match === undefined && cost <= maxDeviations; cost += 1) {
    match = withDeviations(cost, recipe, rows, tryRecipe) ?? withDeviations(cost - 1, recipe, rows, readable);
  }
  return match;
}

/** Everything that may have been done otherwise; the likelier first, since of two equally short explanations the first is told. */
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
    // An IV can be told from the rest of the text, so it comes after everything that the rest depends on.
    ...ivRows(known, ps),
    // Under the ciphertext's own first block as IV, the rest of any CBC text is readable: this comes last.
    unknownIvRow,
    ...layoutRows,
  ];
}

/** A rest that begins as a plaintext does has lost nothing: what was taken for its first block is an IV. */
function startsRight(known: Known, text: string): boolean {
  const starts = Object.values(readDevice(known)).filter((start) => start !== '');
  return /^[0-9a-f]{16}$/i.test(text) || starts.some((start) => text.toLowerCase().startsWith(start.toLowerCase()));
}

/** Whether an IV is made of letters, in UTF-8 or UTF-16: zeros alone and the bytes of a digest are not. */
function isAscii(iv: Uint8Array): boolean {
  return iv.every((byte) => byte < 0x80) && iv.some((byte) => byte > 0);
}

/** What is wrong with the plaintext of a field. */
function remarksOn(known: Known, field: CipherField, plaintext: string): readonly Remark[] {
  return field === 'encryptedBindingCode' ? codeRemarks(known, plaintext) : secretRemarks(known, field, plaintext);
}

function hasMistake(remarks: readonly Remark[]): boolean {
  return remarks.some(({ kind }) => kind !== 'note');
}

/** The plaintext that a field is to hold: as it may be shown, its value where the secrets tell it, and what is known of its start. */
function expectedPlaintext(
  known: Known,
  field: CipherField,
): { readonly shown: string; readonly value: string | undefined; readonly start: string } {
  const name = {
    encryptedBindingCode: 'bindingCode',
    encryptedNewBindingSecret: 'bindingSecret',
    encryptedOldBindingSecret: 'oldBindingSecret',
  }[field] as 'bindingCode' | 'bindingSecret' | 'oldBindingSecret';
  const secret = known.secrets[name];
  const { pk, dk } = readDevice(known);
  const around = (text: string): string => (field === 'encryptedBindingCode' ? text : secretPlaintext(pk, dk, text));
  const value = secret === undefined ? undefined : around(secret);
  const shown = known.showSecrets && value !== undefined ? value : around(`«${name}»`);
  return { shown: display(known, shown), value, start: value ?? around('') };
}

function sentence(field: CipherField, findings: readonly Finding[], { text }: Plaintext): string {
  const mistakes = findings.filter(({ kind }) => kind !== 'note');
  const [first] = mistakes;
  if (mistakes.length > 1) return `${mistakes.length} mistakes, each to be mended`;
  if (first !== undefined) return first.id.startsWith('cipher/') ? first.says : `the plaintext is wrong: ${first.says}`;
  const held =
    field === 'encryptedBindingCode'
      ? 'a bindingCode'
      : `PK,DK and a bindingSecret of ${text.length - text.lastIndexOf(',') - 1} characters`;
  return `AES-128-CBC under PS and random holds ${held}`;
}

/** The IV itself, where the plaintext's start is known: CBC adds it to the first block. */
function ivInWords(known: Known, recipe: CipherRecipe, start: string): string {
  const iv = ivUsed(recipe, start);
  return iv !== undefined && /^[\x20-\x7e]+$/.test(iv) ? `; the IV used was "${display(known, iv, 32)}"` : '';
}

/** What can be said of a ciphertext that nothing makes readable. */
function unexplained(known: Known, field: CipherField): Pick<PartExplanation, 'verdict' | 'says' | 'findings'> {
  const text = fieldText(known, field);
  const wrong = (id: string, says: string, fix: string, verdict: PartExplanation['verdict'] = 'wrong') => ({
    verdict,
    says,
    findings: [{ part: field, id: `cipher/${id}`, kind: 'mistake', says, fix } as const],
  });
  if (text.length > longestCiphertext) {
    const says = `it has ${text.length} characters, more than any bindingCode or bindingSecret takes`;
    return wrong('too-long', says, 'encrypt the plaintext of this field alone');
  }
  const bytes = likelyBytes(text);
  if (bytes === undefined) {
    return wrong('not-base64', `it is no Base64: ${whyNotBase64(text)}`, 'send the bytes as padded standard Base64');
  }
  if (bytes.length % 16 !== 0) {
    const says = `it has ${bytes.length} bytes, no whole number of blocks of 16: it was cut or changed on its way`;
    return wrong('length', says, 'send the whole ciphertext, and do not take its bytes for text on the way');
  }
  const says = `no key, IV, mode, padding or encoding that is known makes it readable (${bytes.length} bytes)`;
  const example = cipherVectors
    .slice(0, 1)
    .map((vector) => `"${vector.plaintext}" under key ${vector.key} and IV ${vector.iv} gives ${vector.base64}`);
  const fix = `most likely it was encrypted under another product's secret, or changed on its way: check that PS belongs to pk ${display(known, fieldText(known, 'pk'), 32)}, then try your code on the vendor's example: ${example}`;
  return wrong('unexplained', says, fix, 'unexplained');
}

function whyNotBase64(text: string): string {
  const bad = [...text].findIndex((character) => !/[A-Za-z0-9+/=]/.test(character));
  if (bad >= 0) return `character ${bad + 1} is none of its alphabet`;
  if (text.length % 4 !== 0) return `its length of ${text.length} characters is no multiple of 4`;
  return 'its padding (=) is not at its end';
}

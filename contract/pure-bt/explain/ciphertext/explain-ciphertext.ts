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
/** Even PK, DK and a secret in hex and twice in Base64 are far shorter; a longer text would take too long. */
const longestCiphertext = 2_000;

/** Finds how a ciphertext was made, with the fewest deviations from the document, and what is wrong with its plaintext. */
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
    due: `${expected.shown}, encrypted with the key PS and the IV ${display(known, random, 32)} (random)`,
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

/** The document's recipe: Base64 of AES-128-CBC with PKCS#5 padding, key PS, IV `random`, both as ASCII bytes. */
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
 * The cheapest recipe that gives text. A deviation costs as much as a wrong plaintext. So a wrong IV, which changes the first
 * block, is not reported as the pk of another device.
 */
function readCiphertext(known: Known, field: CipherField, ps: string): Explained<CipherRecipe, Plaintext> | undefined {
  const given = fieldText(known, field);
  if (given.length > longestCiphertext) return undefined;
  const recipe = documentRecipe(given, ps, fieldText(known, 'random'));
  // A text without its start can be any text: it explains nothing better than a whole text with a mistake.
  const tryRecipe = (candidate: CipherRecipe): Plaintext | undefined => {
    const found = decryptRecipe(candidate);
    const fits = found?.firstBlockLost === false && !hasMistake(remarksOn(known, field, found.text));
    return fits ? found : undefined;
  };
  // XOR of two texts can be a third text: a guessed IV that is text must give the expected start.
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

/** Every known mistake, the more likely first: of two equally short explanations the first one is reported. */
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
    // The IV changes only the first block, so it comes after everything that the other blocks depend on.
    ...ivRows(known, ps),
    // The rest of any CBC text is readable with its own first block as IV: this comes last.
    unknownIvRow,
    ...layoutRows,
  ];
}

/** If the rest starts like a plaintext, nothing is missing: the first block was an IV. */
function startsRight(known: Known, text: string): boolean {
  const starts = Object.values(readDevice(known)).filter((start) => start !== '');
  return /^[0-9a-f]{16}$/i.test(text) || starts.some((start) => text.toLowerCase().startsWith(start.toLowerCase()));
}

/** Whether an IV is ASCII text, in UTF-8 or UTF-16; zeros and the bytes of a digest are not. */
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

/** The expected plaintext of a field: how to print it, its value if the secrets are known, and its start. */
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
  if (mistakes.length > 1) return `${mistakes.length} mistakes; fix each of them`;
  if (first !== undefined) return first.id.startsWith('cipher/') ? first.says : `the plaintext is wrong: ${first.says}`;
  const held =
    field === 'encryptedBindingCode'
      ? 'a bindingCode'
      : `PK, DK and a bindingSecret of ${text.length - text.lastIndexOf(',') - 1} characters`;
  return `AES-128-CBC with key PS and IV random, contains ${held}`;
}

/** The IV that was used, if the plaintext's start is known: CBC combines it with the first block by XOR. */
function ivInWords(known: Known, recipe: CipherRecipe, start: string): string {
  const iv = ivUsed(recipe, start);
  return iv !== undefined && /^[\x20-\x7e]+$/.test(iv) ? `; the IV used was "${display(known, iv, 32)}"` : '';
}

/** Describes a ciphertext that no recipe makes readable. */
function unexplained(known: Known, field: CipherField): Pick<PartExplanation, 'verdict' | 'says' | 'findings'> {
  const text = fieldText(known, field);
  const wrong = (id: string, says: string, fix: string, verdict: PartExplanation['verdict'] = 'wrong') => ({
    verdict,
    says,
    findings: [{ part: field, id: `cipher/${id}`, kind: 'mistake', says, fix } as const],
  });
  if (text.length > longestCiphertext) {
    const says = `it has ${text.length} characters, too many for a bindingCode or bindingSecret`;
    return wrong('too-long', says, 'encrypt only the plaintext of this field');
  }
  const bytes = likelyBytes(text);
  if (bytes === undefined) {
    return wrong(
      'not-base64',
      `it is not Base64: ${whyNotBase64(text)}`,
      'send the bytes in standard Base64 with padding',
    );
  }
  if (bytes.length % 16 !== 0) {
    const says = `it has ${bytes.length} bytes, which is not a multiple of 16: it was cut off or changed after encryption`;
    return wrong('length', says, 'send the whole ciphertext, and never convert its bytes to text without Base64');
  }
  const says = `no known key, IV, mode, padding or encoding makes it readable (${bytes.length} bytes)`;
  const example = cipherVectors
    .slice(0, 1)
    .map((vector) => `"${vector.plaintext}" with key ${vector.key} and IV ${vector.iv} gives ${vector.base64}`);
  const fix = `most likely it was encrypted with the PS of another product, or changed after encryption: check that PS belongs to pk ${display(known, fieldText(known, 'pk'), 32)}, then test your code with the vendor's example: ${example}`;
  return wrong('unexplained', says, fix, 'unexplained');
}

function whyNotBase64(text: string): string {
  const bad = [...text].findIndex((character) => !/[A-Za-z0-9+/=]/.test(character));
  if (bad >= 0) return `character ${bad + 1} is not in the Base64 alphabet`;
  if (text.length % 4 !== 0) return `its length (${text.length} characters) is not a multiple of 4`;
  return 'its padding (=) is not at the end';
}

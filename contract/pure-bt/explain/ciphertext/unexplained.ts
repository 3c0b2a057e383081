import type { CipherField } from '../../../../generators/pure-bt/request.ts';
import { cipherVectors } from '../../../../spec/pure-bt/vectors.ts';
import { judgePart, mistake, type PartExplanation, type Remark } from '../explanation.ts';
import { display, fieldText, type Known } from '../known.ts';
import { likelyBytes } from './encodings.ts';
import type { CipherRecipe, CipherRow } from './recipe.ts';

/** Even PK, DK and a secret in hex and twice in Base64 are far shorter; a longer text would take too long. */
export const longestCiphertext = 2_000;

/** Describes a ciphertext that no recipe makes readable, with what was ruled out. */
export function unexplained(known: Known, field: CipherField, rows: readonly CipherRow[]): PartExplanation<Remark> {
  const text = fieldText(known, field);
  const wrong = (id: string, says: string, fix: string): PartExplanation<Remark> =>
    judgePart(field, [mistake(`cipher/${id}`, says, fix)], says);
  if (text.length > longestCiphertext) {
    const says = `it has ${text.length} characters, too many for a bindingCode or bindingSecret`;
    return wrong('too-long', says, 'encrypt only the plaintext of this field');
  }
  const bytes = likelyBytes(text);
  if (bytes === undefined) {
    const says = `it is not Base64: ${whyNotBase64(text)}`;
    return wrong('not-base64', says, 'send the bytes in standard Base64 with padding');
  }
  if (bytes.length % 16 !== 0) {
    const says = `it has ${bytes.length} bytes, which is not a multiple of 16: it was cut off or changed after encryption, or made in a mode and with a key that are not known`;
    return wrong('length', says, 'send the whole ciphertext, and never convert its bytes to text without Base64');
  }
  const says = `no known key, IV, mode, padding or encoding makes it readable (${bytes.length} bytes): ${ruledOut(rows, bytes.length)}`;
  const [example] = cipherVectors.map(
    ({ plaintext, key, iv, base64 }) => `"${plaintext}" with key ${key} and IV ${iv} gives ${base64}`,
  );
  const fix = `most likely it was encrypted with the PS of another product, or changed after encryption: check that PS belongs to pk ${display(known, fieldText(known, 'pk'), 32)}, then test your code with the vendor's example: ${example}`;
  return { ...wrong('unexplained', says, fix), verdict: 'unexplained' };
}

/** How much was tried; with more than one block, CBC is readable after the first block under any IV. */
function ruledOut(rows: readonly CipherRow[], length: number): string {
  const count = (choice: keyof CipherRecipe): number => 1 + rows.filter(({ change }) => choice in change).length;
  const ivs = length > 16 ? 'every IV' : 'every named IV';
  return `tried ${count('key')} keys (PS and other known values in many forms), ${ivs}, ${count('mode')} modes, ${count('unpad')} paddings, ${count('text')} encodings of the text, up to 3 mistakes at once`;
}

function whyNotBase64(text: string): string {
  const bad = [...text].findIndex((character) => !/[A-Za-z0-9+/=]/.test(character));
  if (bad >= 0) return `character ${bad + 1} is not in the Base64 alphabet`;
  if (text.length % 4 !== 0) return `its length (${text.length} characters) is not a multiple of 4`;
  return 'its padding (=) is not at the end';
}

import type { CipherField } from '../../../../generators/pure-bt/request.ts';
import { cipherVectors } from '../../../../spec/pure-bt/vectors.ts';
import type { PartExplanation } from '../explanation.ts';
import type { Known } from '../known.ts';
import { display, fieldText } from '../known.ts';
import { base64Strict, encodingRows } from './encodings.ts';

type Outcome = Pick<PartExplanation, 'verdict' | 'says' | 'findings'>;

/** PK, DK and a secret, in hex and twice in Base64, are far below this; longer ones would take long to try. */
export const longestCiphertext = 2_000;

/** What can be said of a ciphertext that nothing makes readable. */
export function unexplained(known: Known, field: CipherField): Outcome {
  const text = fieldText(known, field);
  const wrong = (id: string, says: string, fix: string): Outcome => ({
    verdict: 'wrong',
    says,
    findings: [{ part: field, id: `cipher/${id}`, kind: 'mistake', says, fix }],
  });
  if (text.length > longestCiphertext) {
    const says = `it has ${text.length} characters, more than any bindingCode or bindingSecret takes`;
    return wrong('too-long', says, 'encrypt the plaintext of this field alone');
  }
  const bytes = base64Strict(text) ?? encodingRows(text)[0]?.change.bytes;
  if (bytes === undefined) {
    return wrong('not-base64', `it is no Base64: ${whyNotBase64(text)}`, 'send the bytes as padded standard Base64');
  }
  if (bytes.length % 16 !== 0) {
    const says = `it has ${bytes.length} bytes, no whole number of blocks of 16: it was cut or changed on its way`;
    return wrong('length', says, 'send the whole ciphertext, and do not take its bytes for text on the way');
  }
  const says = `no key, IV, mode, padding or encoding that is known makes it readable (${bytes.length} bytes)`;
  const fix = `most likely it was encrypted under another product's secret, or changed on its way: check that PS belongs to pk ${display(known, fieldText(known, 'pk'), 32)}, then try your code on the vendor's example: ${exampleText()}`;
  return { ...wrong('unexplained', says, fix), verdict: 'unexplained' };
}

function whyNotBase64(text: string): string {
  const bad = [...text].findIndex((character) => !/[A-Za-z0-9+/=]/.test(character));
  if (bad >= 0) return `character ${bad + 1} is none of its alphabet`;
  if (text.length % 4 !== 0) return `its length of ${text.length} characters is no multiple of 4`;
  return 'its padding (=) is not at its end';
}

function exampleText(): string {
  const [example] = cipherVectors;
  if (example === undefined) return '';
  return `"${example.plaintext}" under key ${example.key} and IV ${example.iv} gives ${example.base64}`;
}

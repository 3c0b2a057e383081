/** Hashes and encrypts values from Node, so that a test can compare the two runtimes. */
import { secretPlaintext, textToSign } from '../../../spec/pure-bt/formulas.ts';
import { encrypt, importKey, sha256Hex, toBase64 } from '../../k6/crypto.ts';

type Input = { pk: string; dk: string; bindingCode: string; pwd: string; secret: string; ps: string; random: string };

const inputs = JSON.parse(open(__ENV['BINDGATE_VECTORS'] ?? '')) as Input[];

export const options = { vus: 1, iterations: 1 };

export default async function vectors(): Promise<void> {
  for (const { pk, dk, bindingCode, pwd, secret, ps, random } of inputs) {
    const ciphertext = toBase64(await encrypt(secretPlaintext(pk, dk, secret), await importKey(ps), random));
    console.log(`${sha256Hex(textToSign({ pk, dk, bindingCode, pwd }, secret))} ${ciphertext}`);
  }
}

import { textToSign } from '../../../spec/pure-bt/formulas.ts';
import { encryptToBase64 } from '../../crypto.ts';
import type { SignatureTest } from './vectors.generated.ts';

/** The made-up device of the vectors: that of the examples in openapi.yaml. */
export const device = {
  pk: 'p1k7Qz',
  dk: 'A4C138F20B7E',
  ps: 'b4Nq8sTz1wYc6HjK',
  userDomainSecret: 'madeUp0UserDomain0Secret0For0The0Examples044',
  bindingCode: '3F9A0C5D71E2B864',
  bindingSecret: '9f8e7d6c5b4a3210',
  oldBindingSecret: '0123abcd4567ef89',
  random: 'Zt5pX0aLm93RkQ7u',
  pwd: 'k3ttle-42',
} as const;

/** What each flag of a test means. */
export const flags = {
  Published: 'The vendor has published this example, on the page of a sibling operation.',
  Utf8: 'The text has characters outside ASCII. Its bytes are UTF-8, without normalisation.',
  EdgeLength: 'The length is at an edge: of the field, of a block of the hash or of a block of AES.',
  Reading:
    'The document does not say it. This is the reading that bindgate has by default; a server may have another one.',
  Text: 'The text that was hashed or encrypted is wrong.',
  Secret: 'The secret, key or initialisation vector is wrong.',
  Algorithm: 'The hash function, the cipher, its mode or its padding is wrong.',
  Encoding: 'The result is right, but written in another form.',
  Changed: 'The value was right, and was changed or cut on its way.',
  Field: 'A field of the request is missing or has a wrong format.',
} as const;

/** The name of a flag. */
export type Flag = keyof typeof flags;

/** A row of a table of valid tests: what the result is made from. */
export type ValidRow<Input> = readonly [name: string, comment: string, input: Input, ...flags: Flag[]];

const { pk, dk, bindingCode, userDomainSecret, ps, random, pwd } = device;

/** The values that a signature is made from. */
export type SignatureInput = SignatureTest['input'];

/** The device with a plain bindingCode and no pwd. */
export const plain: SignatureInput = { pk, dk, bindingCode, userDomainSecret };

/** The device with a pwd. */
export const withPwd: SignatureInput = { pk, dk, bindingCode, pwd, userDomainSecret };

/** The device with an encrypted bindingCode. */
export const encrypted: SignatureInput = { ...plain, bindingCode: encryptToBase64(bindingCode, ps, random) };

/** The device with a pwd outside ASCII, in one of its two forms in Unicode (NFC). */
export const accented: SignatureInput = { ...plain, pwd: 'caffè' };

/** The text to sign for an input. */
export function signedText(input: SignatureInput, secret: string = input.userDomainSecret): string {
  return textToSign({ ...input, pwd: input.pwd }, secret);
}

import { textToSign } from '../../../spec/pure-bt/formulas.ts';
import { encryptToBase64 } from '../../crypto.ts';
import { device } from './device.ts';
import type { SignatureTest } from './vectors.generated.ts';

/** The values that a signature is made from. */
export type SignatureInput = SignatureTest['input'];

const { pk, dk, bindingCode, userDomainSecret, ps, random, pwd } = device;

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

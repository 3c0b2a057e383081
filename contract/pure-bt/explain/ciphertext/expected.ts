import type { CipherField } from '../../../../generators/pure-bt/request.ts';
import { secretPlaintext } from '../../../../spec/pure-bt/formulas.ts';
import type { Known } from '../known.ts';
import { display, fieldText, readDevice } from '../known.ts';
import { codeRemarks } from '../plaintext/code.ts';
import type { Remark } from '../plaintext/remark.ts';
import { mistake } from '../plaintext/remark.ts';
import { secretRemarks } from '../plaintext/secret.ts';

/** What a ciphertext has to contain, and what is wrong with what it contains. */

const blockBytes = 16;
/** A secret that ends in so many characters of the known one is the known one. */
const leastEnd = 8;

/** The plaintext that a field should have. */
export type Expected = {
  /** How to print it: secrets by name. */
  readonly shown: string;
  /** The whole plaintext, if the secrets are known. */
  readonly value: string | undefined;
  /** Its beginning that is known from the request alone. */
  readonly start: string;
};

/** The expected plaintext of a field. */
export function expectedPlaintext(known: Known, field: CipherField): Expected {
  const name = {
    encryptedBindingCode: 'bindingCode',
    encryptedNewBindingSecret: 'bindingSecret',
    encryptedOldBindingSecret: 'oldBindingSecret',
  }[field] as 'bindingCode' | 'bindingSecret' | 'oldBindingSecret';
  const isCode = field === 'encryptedBindingCode';
  const sent = isCode ? fieldText(known, 'bindingCode') : '';
  const secret = known.secrets[name] || sent || undefined;
  const { pk, dk } = readDevice(known);
  const around = (text: string): string => (isCode ? text : secretPlaintext(pk, dk, text));
  const value = secret === undefined ? undefined : around(secret);
  const shown = known.showSecrets && value !== undefined ? value : around(`«${name}»`);
  return { shown: display(known, shown), value, start: pk === '' || dk === '' ? '' : around('') };
}

/** What is wrong with the plaintext of a field. */
export function remarksOn(known: Known, field: CipherField, plaintext: string): readonly Remark[] {
  if (field === 'encryptedBindingCode') return codeRemarks(known, plaintext);
  const remarks = secretRemarks(known, field, plaintext);
  const { value = '' } = expectedPlaintext(known, field);
  const end = value.slice(blockBytes);
  const sameEnd = end.length >= leastEnd && plaintext.length === value.length && plaintext.endsWith(end);
  const isNote = remarks.some(({ id, kind }) => id === 'plaintext/secret-other' && kind === 'note');
  if (!sameEnd || !isNote) return remarks;
  const says = `its bindingSecret is not the fixture's, but it ends with the same ${end.length} characters`;
  return [mistake('plaintext/secret-start', says, 'encrypt the bindingSecret as it is', 'unlikely')];
}

/** The first block of the plaintext that goes with the rest of it; shorter if less is known. */
export function knownStart({ value, start }: Expected, rest: string): Uint8Array {
  const whole = value !== undefined && Buffer.from(value).subarray(blockBytes).toString() === rest;
  return Buffer.from(whole ? value : start).subarray(0, blockBytes);
}

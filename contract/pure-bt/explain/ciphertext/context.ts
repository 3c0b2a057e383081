import type { CipherField } from '../../../../generators/pure-bt/request.ts';
import { secretPlaintext } from '../../../../spec/pure-bt/formulas.ts';
import { mistake, type Remark } from '../explanation.ts';
import { display, fieldText, type Known, readDevice } from '../known.ts';
import { codeRemarks } from '../plaintext/code.ts';
import { secretRemarks } from '../plaintext/secret.ts';
import { latin1, type Written } from '../value-forms.ts';
import { blockBytes } from './recipe.ts';

/** A secret that ends in so many characters of the known one is the known one. */
const leastEnd = 8;

/** What is known about the ciphertext of a field. */
export type Context = {
  readonly known: Known;
  readonly field: CipherField;
  readonly ps: string;
  /** The plaintext that the field should have. */
  readonly expected: {
    /** How to print it: secrets by name. */
    readonly shown: string;
    /** The whole plaintext, if the secrets are known. */
    readonly value: string | undefined;
    /** Its beginning that is known from the request alone. */
    readonly start: string;
  };
  /** The IVs that have a name. They are made when they are first needed: they take many hashes. */
  readonly names: () => readonly Written[];
  /** The IVs of the other ciphertexts of the request, if they could be computed. */
  readonly others: readonly { readonly field: CipherField; readonly iv: Uint8Array }[];
};

/** What is known about a ciphertext before others are read. */
export function contextFor(known: Known, field: CipherField, ps: string): Context {
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
  const expected = { shown: display(known, shown), value, start: pk === '' || dk === '' ? '' : around('') };
  return { known, field, ps, expected, names: () => [], others: [] };
}

/** What is wrong with the plaintext of a field. */
export function remarksOn({ known, field, expected }: Context, plaintext: string): readonly Remark[] {
  if (field === 'encryptedBindingCode') return codeRemarks(known, plaintext);
  const remarks = secretRemarks(known, field, plaintext);
  const { value = '' } = expected;
  const end = value.slice(blockBytes);
  const sameEnd = end.length >= leastEnd && plaintext.length === value.length && plaintext.endsWith(end);
  const isNote = remarks.some(({ id, kind }) => id === 'plaintext/secret-other' && kind === 'note');
  if (!sameEnd || !isNote) return remarks;
  const says = `its bindingSecret is not the fixture's, but it ends with the same ${end.length} characters`;
  return [mistake('plaintext/secret-start', says, 'encrypt the bindingSecret as it is', 'unlikely')];
}

/** The other ciphertext that has this IV. */
export function withSameIv(others: Context['others'], iv: Uint8Array): Context['others'][number] | undefined {
  return others.find((other) => latin1(other.iv) === latin1(iv));
}

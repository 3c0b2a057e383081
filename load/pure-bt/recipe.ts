import type { Fixture } from '../../spec/family/states.ts';
import { deviceKey } from '../family/template.ts';

/** How a request is made, as plain data for Node (rows) and for k6 (VU). k6 imports this file. */
export type Recipe = {
  readonly dk: 'right' | 'bad';
  /** `no-code`: a ciphertext that decrypts to something other than a bindingCode. */
  readonly bindingCode: 'plain' | 'encrypted' | 'no-code';
  readonly newSecret: 'right' | 'undecryptable';
  readonly oldSecret: 'absent' | 'right' | 'undecryptable';
  readonly signature: 'right' | 'wrong';
};

/** The data from which k6 makes requests. */
export type Material = Required<
  Pick<Fixture, 'pk' | 'ps' | 'bindingCode' | 'bindingSecret' | 'oldBindingSecret' | 'userDomainSecret'>
> & {
  readonly pwd?: string | undefined;
  /** The text in place of bindingCode in the signature if it is sent encrypted. */
  readonly signedBindingCode: 'transmitted' | 'decrypted';
};

/** The dk of a request: the prefix of its run (9 characters), then its number, which is unique in a run over all processes. */
export function makeDk({ dk }: Pick<Recipe, 'dk'>, run: string, number: number): string {
  return `${deviceKey(run, number)}${dk === 'right' ? '' : '-'}`;
}

/** The `random` of a request: 16 letters and digits. */
export function makeIv(run: string, number: number): string {
  return `r${run.slice(1).toLowerCase()}${number.toString(36).padStart(16 - run.length, '0')}`;
}

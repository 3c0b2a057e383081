/** How a request is made, as plain data: Node signs rows by it, and k6 signs in the VU by it. k6 imports this file. */
export type Recipe = {
  readonly dk: 'right' | 'bad';
  /** `no-code`: a ciphertext that decrypts, to something that is no bindingCode. */
  readonly bindingCode: 'plain' | 'encrypted' | 'no-code';
  readonly newSecret: 'right' | 'undecryptable';
  readonly oldSecret: 'absent' | 'right' | 'undecryptable';
  readonly signature: 'right' | 'wrong';
};

/** What k6 makes requests from. */
export type Material = {
  readonly pk: string;
  readonly ps: string;
  readonly bindingCode: string;
  readonly bindingSecret: string;
  readonly oldBindingSecret: string;
  readonly userDomainSecret: string;
  readonly pwd?: string | undefined;
  /** What takes bindingCode's place in the signature where it is sent encrypted. */
  readonly signedBindingCode: 'transmitted' | 'decrypted';
};

/** The dk of a request: that of its run (9 characters), then its number, which is unique in a run, whatever process makes it. */
export function makeDk({ dk }: Pick<Recipe, 'dk'>, run: string, number: number): string {
  return `${run}${number.toString(36).toUpperCase().padStart(6, '0')}${dk === 'right' ? '' : '-'}`;
}

/** The `random` of a request: 16 letters and digits. */
export function makeIv(run: string, number: number): string {
  return `r${run.slice(1).toLowerCase()}${number.toString(36).padStart(16 - run.length, '0')}`;
}

/** How a request is made, as plain data: Node signs rows by it, and k6 signs in the VU by it. */
export type Recipe = {
  readonly token: 'right' | 'expired' | 'absent';
  readonly dk: 'right' | 'bad';
  /** `no-code`: a ciphertext that decrypts, to something that is no bindingCode. */
  readonly bindingCode: 'plain' | 'encrypted' | 'no-code';
  readonly newSecret: 'right' | 'undecryptable';
  readonly oldSecret: 'absent' | 'right' | 'undecryptable';
  readonly signature: 'right' | 'wrong';
};

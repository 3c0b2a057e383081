/** One line of the doctor: `missing` and `wrong` say the next step. */
export type Finding = {
  readonly name: string;
  readonly state: 'ok' | 'missing' | 'wrong';
  readonly says: string;
  /** The gate cannot do without it: exit code 3. */
  readonly blocks?: true;
};

/** A finding that all is well. */
export function okFinding(name: string, says: string): Finding {
  return { name, state: 'ok', says };
}

/** One line of the doctor. `missing` and `wrong` include the next step. */
export type Finding = {
  readonly name: string;
  readonly state: 'ok' | 'missing' | 'wrong';
  readonly says: string;
  /** The gate needs it: exit code 3. */
  readonly blocks?: true;
};

/** A finding without a problem. */
export function okFinding(name: string, says: string): Finding {
  return { name, state: 'ok', says };
}

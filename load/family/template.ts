/** A request as text with a place for the dk, from which k6 makes requests. k6 imports this file. */
export type Template = {
  readonly method: string;
  /** The operation's path, which ends the URL of a workload. */
  readonly path: string;
  /** Path and query of the request. */
  readonly target: string;
  readonly body: string;
};

/** The text in place of the dk. It needs no escape in a URL or in JSON. */
export const dkPlace = 'BINDGATE.DK';

/** The dk of a request: the prefix of its run (9 characters), then its number, which is unique in a run over all processes. */
export function deviceKey(run: string, number: number): string {
  return `${run}${number.toString(36).toUpperCase().padStart(6, '0')}`;
}

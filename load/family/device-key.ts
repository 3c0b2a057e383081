/** The dk of a request: the prefix of its run (9 characters), then its number, which is unique in a run over all processes. k6 imports this file. */
export function deviceKey(run: string, number: number): string {
  return `${run}${number.toString(36).toUpperCase().padStart(6, '0')}`;
}

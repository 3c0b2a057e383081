/** A number as result files have it: to four places. */
export function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

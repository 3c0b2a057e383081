/** The simulated latency of a request by its number, in milliseconds: from 1 to 500, mostly short, with a long tail. */
export function fixedLatency(number: number): number {
  const spread = ((number * 7_919) % 10_007) / 10_007;
  return 1 + 500 * spread ** 6;
}

/** Windows of a block: each side twice, mirrored, so that a steady drift falls on both alike. */
export const windowsPerBlock = 4;

/**
 * Which side each window meets: 0 is A, 1 is B. Blocks of ABBA and BAAB follow one another as in the Thue–Morse sequence:
 * no period of its own that a periodic disturbance (a collection, a scheduled task) could fall in with, and never more than two
 * windows of one side in a row, so that connections of the other are not idle for long.
 */
export function abbaOrder(blocks: number): readonly (0 | 1)[] {
  return Array.from({ length: blocks * windowsPerBlock }, (_, index) => parity(index));
}

/** Whether an odd number of a number's binary digits is 1. */
function parity(value: number): 0 | 1 {
  let [rest, odd] = [value, 0 as 0 | 1];
  while (rest > 0) {
    odd = (odd ^ (rest & 1)) as 0 | 1;
    rest >>>= 1;
  }
  return odd;
}

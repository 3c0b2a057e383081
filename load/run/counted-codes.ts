/**
 * What k6 takes an answer for: its code, `none` for no envelope behind HTTP 200, or `other` for codes that could not be counted
 * apart (`unlistedSlots`). Runs in Node and in k6.
 */
export type CountedCode = number | 'other' | 'none';

/**
 * How many metrics count all codes that have no counter: k6 declares metrics before it sees an answer, and each costs memory.
 * A prime, so that codes in a row, and those of HTTP, seldom meet in one slot.
 */
export const unlistedSlots = 61;

/** The slot of a code without a counter; `undefined` for a code beyond the integers that a number holds exactly. */
export function codeSlot(code: number): number | undefined {
  if (!Number.isSafeInteger(code)) return undefined;
  return ((code % unlistedSlots) + unlistedSlots) % unlistedSlots;
}

/** A counted code for people. */
export function codeText(code: CountedCode): string {
  if (code === 'none') return 'no code';
  return code === 'other' ? 'more codes' : String(code);
}

/**
 * How k6 counts an answer: by its code, as `none` (no envelope in an HTTP 200 answer), or as `other`: codes that could not be counted
 * separately (`unlistedSlots`). Runs in Node and in k6.
 */
export type CountedCode = number | 'other' | 'none';

/**
 * The number of metrics for all codes without a counter: k6 declares metrics before the first answer, and each costs memory.
 * A prime number, so that consecutive codes and HTTP codes rarely share a slot.
 */
export const unlistedSlots = 61;

/** The slot of a code without a counter; `undefined` for a code that is not a safe integer. */
export function codeSlot(code: number): number | undefined {
  if (!Number.isSafeInteger(code)) return undefined;
  return ((code % unlistedSlots) + unlistedSlots) % unlistedSlots;
}

/** A counted code as text. */
export function codeText(code: CountedCode): string {
  if (code === 'none') return 'no code';
  return code === 'other' ? 'more codes' : String(code);
}

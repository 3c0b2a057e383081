import { documentedCodes, siblingCodes } from '../../spec/pure-bt/catalogue.ts';

/**
 * What k6 takes an answer for: its code, `none` for no envelope behind HTTP 200, or `other` for codes that could not be counted
 * apart (`unlistedSlots`).
 */
export type CountedCode = number | 'other' | 'none';

/** Codes that each have a counter in every run. Runs in Node and in k6. */
export const knownCodes: readonly number[] = [
  ...new Set([0, ...documentedCodes.map(({ code }) => code), ...Object.values(siblingCodes).flat()]),
];

/**
 * How many metrics count all codes that have no counter: k6 declares metrics before it sees an answer, and each costs memory.
 * A prime, so that codes in a row, and those of HTTP, seldom meet in one slot.
 */
export const unlistedSlots = 61;

/** The slot of a code without a counter; `undefined` for a code beyond the integers that a number holds exactly. */
export function slotOf(code: number): number | undefined {
  if (!Number.isSafeInteger(code)) return undefined;
  return ((code % unlistedSlots) + unlistedSlots) % unlistedSlots;
}

/** A counted code from its text, as it stands in a metric's name. */
export function countedCode(text: string): CountedCode {
  return text === 'other' || text === 'none' ? text : Number(text);
}

/** A counted code for people. */
export function codeText(code: CountedCode): string {
  if (code === 'none') return 'no code';
  return code === 'other' ? 'more codes' : String(code);
}

import { documentedCodes, siblingCodes } from '../spec/catalogue.ts';

/** What k6 takes an answer for: a known code, `other` for any other integer, `none` for no envelope behind HTTP 200. */
export type CountedCode = number | 'other' | 'none';

/** Codes that are counted one by one. Runs in Node and in k6. */
export const knownCodes: readonly number[] = [
  ...new Set([0, ...documentedCodes.map(({ code }) => code), ...Object.values(siblingCodes).flat()]),
];

/** A counted code from its text, as it stands in a metric's name. */
export function countedCode(text: string): CountedCode {
  return text === 'other' || text === 'none' ? text : Number(text);
}

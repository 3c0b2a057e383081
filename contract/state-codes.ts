import type { Suite } from './suite.ts';

/**
 * The codes that a state makes possible: those its cases are about and the ready state does not earn;
 * where there is none of these, success, or else what they are about.
 */
export function codesOfState(state: string, { cases, operation }: Suite): readonly number[] {
  const codes = codesGiven(state, cases);
  const earned = codesGiven(operation.readyState, cases);
  const own = codes.filter((code) => !earned.includes(code));
  if (own.length > 0) return own;
  return codes.includes(200) ? [200] : codes;
}

/** `"a state" would cover 4004`. */
export function wouldCover(state: string, suite: Suite): string {
  return `"${state}" would cover ${codesOfState(state, suite).join(', ')}`;
}

function codesGiven(state: string, cases: Suite['cases']): readonly number[] {
  const about = cases.filter(({ given, secondState }) => given === state || secondState === state);
  return [...new Set(about.map(({ code }) => code))].sort((a, b) => a - b);
}

import type { Suite } from './suite.ts';

/**
 * The codes that a state makes possible: the codes that its cases test and the ready state cannot show. Without such
 * codes, it is success if its cases test that, or else all codes of its cases.
 */
export function codesOfState(state: string, { cases, operation }: Suite): readonly number[] {
  const codes = codesGiven(state, cases);
  const ofReadyState = codesGiven(operation.readyState, cases);
  const own = codes.filter((code) => !ofReadyState.includes(code));
  if (own.length > 0) return own;
  return codes.includes(200) ? [200] : codes;
}

/** `"a state" would cover 4004`. */
export function wouldCover(state: string, suite: Suite): string {
  return `"${state}" would cover ${codesOfState(state, suite).join(', ')}`;
}

function codesGiven(state: string, cases: Suite['cases']): readonly number[] {
  const using = cases.filter(({ given, secondState }) => given === state || secondState === state);
  return [...new Set(using.map(({ code }) => code))].sort((a, b) => a - b);
}

import type { StateName } from '../spec/pure-bt/states.ts';
import { cases } from './pure-bt/cases/menu.ts';

/**
 * The codes that a state makes possible: those its cases are about and `a device ready to bind` does not earn;
 * where there is none of these, success, or else what they are about.
 */
export function codesOfState(state: StateName): readonly number[] {
  const codes = codesGiven(state);
  const earned = codesGiven('a device ready to bind');
  const own = codes.filter((code) => !earned.includes(code));
  if (own.length > 0) return own;
  return codes.includes(200) ? [200] : codes;
}

/** `"home mode on" would cover 5636`. */
export function wouldCover(state: StateName): string {
  return `"${state}" would cover ${codesOfState(state).join(', ')}`;
}

function codesGiven(state: StateName): readonly number[] {
  const about = cases.filter(({ given, beside }) => given === state || beside === state);
  return [...new Set(about.map(({ code }) => code))].sort((a, b) => a - b);
}

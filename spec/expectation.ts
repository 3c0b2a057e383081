import type { SiblingSubject } from './catalogue.ts';
import { siblingCodes } from './catalogue.ts';
import type { Dialect } from './dialect.ts';
import { isSuccessCode } from './dialect.ts';

/**
 * The set of right outcomes of one request.
 * 200 stands for success under any `successCode`; everything else is the body's code.
 */
export type Expectation = {
  /** Documented codes that are right. Empty with `anyRefusal`: the document has no code for this fault. */
  readonly codes: readonly number[];
  /** Faults whose sibling codes are right too, where the dialect accepts sibling codes. */
  readonly siblings: readonly SiblingSubject[];
  /** The document names no code: every well-formed refusal is right, and its code is recorded. */
  readonly anyRefusal: boolean;
  /** Codes that another reading of the document explains: a warning, never a failure. */
  readonly open: readonly number[];
  /** The fault lies below the document (transport, JSON): HTTP 4xx is a refusal too, whatever its body. */
  readonly overHttp?: true;
};

/** How one code stands against an expectation. */
export type Standing = 'right' | 'open' | 'wrong';

/** The request binds the device. */
export const binds: Expectation = { codes: [200], siblings: [], anyRefusal: false, open: [] };

/** The request is refused with one of the documented codes. */
export function refusedWith(
  codes: number | readonly number[],
  more: Partial<Pick<Expectation, 'siblings' | 'open'>> = {},
): Expectation {
  return { codes: typeof codes === 'number' ? [codes] : codes, siblings: [], anyRefusal: false, open: [], ...more };
}

/** The request is refused; the document has no code for it. `siblings` names the codes seen elsewhere for this fault. */
export function refusedSomehow(
  siblings: readonly SiblingSubject[],
  more: Partial<Pick<Expectation, 'open'>> = {},
): Expectation {
  return { codes: [], siblings, anyRefusal: true, open: [], ...more };
}

/** The request is refused by an envelope of any code or by HTTP 4xx: a fault that the document never mentions. */
export const refusedAnyhow: Expectation = { ...refusedSomehow([]), overHttp: true };

/** Bound or refused, the server may choose: what it does is recorded. */
export const eitherWay: Expectation = { ...refusedAnyhow, codes: [200] };

/** Whether an expectation asks for success, and for nothing but success. */
export function asksToBind({ codes, anyRefusal }: Expectation): boolean {
  return codes.includes(200) && !anyRefusal;
}

/** How a code stands against an expectation under a dialect. Pure: no state, no wire. */
export function standing(code: number, expectation: Expectation, dialect: Dialect): Standing {
  const success = isSuccessCode(code, dialect);
  // The other candidate for "success" is neither a success nor a refusal under this dialect.
  if (!success && (code === 200 || code === 0)) return 'wrong';
  const outcome = success ? 200 : code;
  if (expectation.codes.includes(outcome)) return 'right';
  if (!success && expectation.anyRefusal) return 'right';
  if (!success && dialect.siblingCodes === 'accept' && namesSibling(expectation, code)) return 'right';
  return expectation.open.includes(outcome) ? 'open' : 'wrong';
}

function namesSibling(expectation: Expectation, code: number): boolean {
  return expectation.siblings.some((subject) => siblingCodes[subject].some((sibling) => sibling === code));
}

import type { Dialect } from './dialect.ts';
import { isDeclared, isSuccessCode } from './dialect.ts';
import { documentedCode } from './operation.ts';

/**
 * The set of right outcomes of one request.
 * 200 stands for success under any `successCode`; everything else is the body's code.
 */
export type Expectation = {
  /** Documented codes that are right. Empty with `anyRefusal`: the document has no code for this fault. */
  readonly codes: readonly number[];
  /** Faults whose sibling codes are right too, where the dialect accepts sibling codes. */
  readonly siblings: readonly string[];
  /** Some check that may come first has no code in the document: every well-formed refusal is right, its code is recorded. */
  readonly anyRefusal: boolean;
  /** Such a check may come first, but none that has another code of the document: any code outside it is right. */
  readonly undocumented?: true;
  /** Codes that another reading of the document explains: a warning, until the user has declared the reading. */
  readonly open: readonly number[];
  /** Refusals that another reading explains, beside the codes of `open`: those outside the document, or all. */
  readonly openRefusals?: 'undocumented' | 'any';
  /** The rule that `open` reads in another way; its dialect setting, once declared, makes the warning a failure. */
  readonly reading?: string;
  /** The fault lies below the document (transport, JSON): HTTP 4xx is a refusal too, whatever its body. */
  readonly overHttp?: true;
};

/** How one code stands against an expectation. */
export type CodeClass = 'right' | 'open' | 'wrong';

/** What an expectation leaves to other readings. */
export type Open = Partial<Pick<Expectation, 'open' | 'openRefusals' | 'reading'>>;

/** The request binds the device. */
export const binds: Expectation = { codes: [200], siblings: [], anyRefusal: false, open: [] };

/** The request is refused with one of the documented codes. */
export function refusedWith(
  codes: number | readonly number[],
  more: Partial<Pick<Expectation, 'siblings' | 'anyRefusal' | 'undocumented'>> & Open = {},
): Expectation {
  return { codes: typeof codes === 'number' ? [codes] : codes, siblings: [], anyRefusal: false, open: [], ...more };
}

/** The request is refused; the document has no code for it. `siblings` names the codes seen elsewhere for this fault. */
export function refusedUndocumented(siblings: readonly string[], more: Open = {}): Expectation {
  return { codes: [], siblings, anyRefusal: true, open: [], ...more };
}

/** The request is refused by an envelope of any code or by HTTP 4xx: a fault that the document never mentions. */
export const refusedAnyhow: Expectation = { ...refusedUndocumented([]), overHttp: true };

/** Bound or refused, the server may choose: what it does is recorded. */
export const eitherWay: Expectation = { ...refusedAnyhow, codes: [200] };

/** The request binds by our reading of what is not said; a refusal of any kind is another reading. */
export function bindsByReading(reading: string): Expectation {
  return { ...binds, openRefusals: 'any', reading, overHttp: true };
}

/** Every outcome that is right by one of the expectations: a request that several orders of checks answer differently. */
export function anyOfThese(first: Expectation, ...others: readonly Expectation[]): Expectation {
  const all = [first, ...others];
  const union = <Value>(of: (expectation: Expectation) => readonly Value[]): readonly Value[] => [
    ...new Set(all.flatMap(of)),
  ];
  return {
    ...first,
    codes: union(({ codes }) => codes),
    siblings: union(({ siblings }) => siblings),
    anyRefusal: all.some(({ anyRefusal }) => anyRefusal),
    ...(all.some(({ undocumented }) => undocumented) && { undocumented: true }),
    open: union(({ open }) => open),
  };
}

/** Whether an expectation asks for success, and for nothing but success. */
export function asksToBind({ codes, anyRefusal }: Expectation): boolean {
  return codes.includes(200) && !anyRefusal;
}

/** Whether a bind is right, or explained by another reading. */
export function mayBind({ codes, open }: Expectation): boolean {
  return codes.includes(200) || open.includes(200);
}

/** How a code stands against an expectation under a dialect. Pure: no state, no wire. */
export function classifyCode(code: number, expectation: Expectation, dialect: Dialect): CodeClass {
  const success = isSuccessCode(code, dialect);
  // The other candidate for "success" is neither a success nor a refusal under this dialect.
  if (!success && (code === 200 || code === 0)) return 'wrong';
  const outcome = success ? 200 : code;
  if (expectation.codes.includes(outcome)) return 'right';
  if (!success && expectation.anyRefusal) return 'right';
  if (!success && expectation.undocumented === true && documentedCode(code, dialect.operation) === undefined)
    return 'right';
  if (!success && dialect.siblingCodes === 'accept' && namesSibling(expectation, code, dialect)) return 'right';
  return isExplained(outcome, expectation, dialect) && !isContract(expectation, dialect) ? 'open' : 'wrong';
}

/** Whether the reading that an expectation follows is the user's own contract. */
function isContract({ reading }: Expectation, dialect: Dialect): boolean {
  const key = reading === undefined ? undefined : dialect.operation.rules[reading]?.dialect;
  return key !== undefined && isDeclared(key, dialect);
}

function isExplained(outcome: number, { open, openRefusals }: Expectation, { operation }: Dialect): boolean {
  if (open.includes(outcome)) return true;
  if (outcome === 200 || openRefusals === undefined) return false;
  return openRefusals === 'any' || documentedCode(outcome, operation) === undefined;
}

function namesSibling({ siblings }: Expectation, code: number, { operation }: Dialect): boolean {
  return siblings.some((subject) => operation.siblingCodes[subject]?.includes(code) === true);
}

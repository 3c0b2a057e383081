import { type Dialect, isDeclared, isSuccessCode } from './dialect.ts';
import { documentedCode } from './operation.ts';

/**
 * The right outcomes of one request.
 * 200 means success under any `successCode`; every other number is the body's code.
 */
export type Expectation = {
  /** The documented codes that are right. Empty with `anyRefusal` if the document has no code for this fault. */
  readonly codes: readonly number[];
  /** Faults for which sibling codes are also right, if the dialect accepts sibling codes. */
  readonly siblings: readonly string[];
  /** Every well-formed refusal is right, because a check that may come first has no code in the document. */
  readonly anyRefusal: boolean;
  /** Every code outside the document is right. A check without a documented code may come first; no other check may. */
  readonly undocumented?: true;
  /** Codes that are right under another reading: a warning, unless the user has declared the reading. */
  readonly open: readonly number[];
  /** More refusals that are right under another reading: codes outside the document, or all codes. */
  readonly openRefusals?: 'undocumented' | 'any';
  /** The rule that `open` reads differently; if its dialect setting is declared, the warning becomes a failure. */
  readonly reading?: string;
  /** The fault is in the transport or JSON layer: HTTP 4xx with any body is also a refusal. */
  readonly overHttp?: true;
  /** The method is another one: HTTP 501 with any body is also a refusal (RFC 9110, section 9.1). */
  readonly otherMethod?: true;
};

/** How one code compares with an expectation. */
export type CodeClass = 'right' | 'open' | 'wrong';

/** The part of an expectation that depends on readings. */
export type Open = Partial<Pick<Expectation, 'open' | 'openRefusals' | 'reading'>>;

/** What is right under another reading: these codes, and refusals with codes outside the document. */
export function underReading(reading: string, ...open: readonly number[]): Open {
  return { open, openRefusals: 'undocumented', reading };
}

/** The request binds the device. */
export const binds: Expectation = { codes: [200], siblings: [], anyRefusal: false, open: [] };

/** The request is refused with one of the documented codes. */
export function refusedWith(
  codes: number | readonly number[],
  more: Partial<Pick<Expectation, 'siblings' | 'anyRefusal' | 'undocumented'>> & Open = {},
): Expectation {
  return { codes: typeof codes === 'number' ? [codes] : codes, siblings: [], anyRefusal: false, open: [], ...more };
}

/** The request is refused, but the document has no code for it. `siblings` names the faults with codes on sibling pages. */
export function refusedUndocumented(siblings: readonly string[], more: Open = {}): Expectation {
  return { codes: [], siblings, anyRefusal: true, open: [], ...more };
}

/** The request is refused with any code or with HTTP 4xx: the document never mentions the fault. */
export const refusedAnyhow: Expectation = { ...refusedUndocumented([]), overHttp: true };

/** A request with another method is refused; a server may not have the method at all. */
export const refusedMethod: Expectation = { ...refusedAnyhow, otherMethod: true };

/** Whether an HTTP status with any body refuses the request. */
export function refusesOverHttp(
  httpStatus: number,
  { overHttp, otherMethod }: Pick<Expectation, 'overHttp' | 'otherMethod'>,
): boolean {
  return (overHttp === true && httpStatus >= 400 && httpStatus < 500) || (otherMethod === true && httpStatus === 501);
}

/** The server may bind or refuse; its choice is recorded. */
export const eitherWay: Expectation = { ...refusedAnyhow, codes: [200] };

/** The request binds under a reading of an open point; any refusal is another reading. */
export function bindsByReading(reading: string): Expectation {
  return { ...binds, openRefusals: 'any', reading, overHttp: true };
}

/** Every outcome that one of the expectations allows: the answer depends on the server's order of checks. */
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

/** Whether an expectation allows only success. */
export function asksToBind({ codes, anyRefusal }: Expectation): boolean {
  return codes.includes(200) && !anyRefusal;
}

/** Whether a bind is right, or right under another reading. */
export function mayBind({ codes, open }: Expectation): boolean {
  return codes.includes(200) || open.includes(200);
}

/** Compares a code with an expectation under a dialect. */
export function classifyCode(code: number, expectation: Expectation, dialect: Dialect): CodeClass {
  const success = isSuccessCode(code, dialect);
  // The success code of the other reading (200 or 0) is neither success nor refusal under this dialect.
  if (!success && (code === 200 || code === 0)) return 'wrong';
  const outcome = success ? 200 : code;
  if (expectation.codes.includes(outcome)) return 'right';
  if (!success && expectation.anyRefusal) return 'right';
  if (!success && expectation.undocumented === true && documentedCode(code, dialect.operation) === undefined)
    return 'right';
  if (!success && dialect.siblingCodes === 'accept' && namesSibling(expectation, code, dialect)) return 'right';
  return isExplained(outcome, expectation, dialect) && !isContract(expectation, dialect) ? 'open' : 'wrong';
}

/** Whether the reading of an expectation is part of the user's contract. */
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

import type { Problem } from './problem.ts';
import type { Rule } from './rule.ts';

/** One business code of an operation, as the status table of its page lists it. */
export type DocumentedCode = {
  readonly code: number;
  /** The status table's description. */
  readonly meaning: string;
  /** `document` if the page or a sibling page says when the code is used, `inferred` if only its meaning suggests it. */
  readonly basis: 'document' | 'inferred';
};

/** A states handler's answer to a set-up: the values of one device, user and token, by name. */
export type Fixture = Readonly<Record<string, string | undefined>>;

/** A member of a fixture. */
export type FixtureMember = {
  /** A short description of the value. */
  readonly about: string;
  /** Never shown in a report, a log or the terminal. */
  readonly secret?: true;
  /** An access token: it goes into `Authorization`, with exactly one `Bearer `, and each of its parts is secret. */
  readonly token?: true;
  /** An answer may contain it, although it is secret: it is a value that the operation returns. */
  readonly answered?: true;
  /** Only some states return it; every state returns the others. */
  readonly optional?: true;
  /** The required format of the value, if there is one. */
  readonly format?: { readonly pattern: RegExp; readonly says: string };
  /** The dialect setting with the pattern that it must match, if that setting is declared. */
  readonly declaredBy?: string;
  /** Part of the device's identity: no two fixtures have the same values for all of these. */
  readonly identity?: true;
};

/** One open question with its possible answers. The default is the best-supported reading, not the vendor's statement. */
export type Setting<Value extends string | number = string | number> = {
  readonly default: Value;
  /** The allowed values, for messages and help; the default is first. */
  readonly choices: string;
  /** Every value, if there are only a few. */
  readonly values?: readonly Value[];
  /** Values that decide whether correct requests bind on a server; all are tried if no request binds. */
  readonly decisive?: readonly Value[];
  /** The question that the document leaves open. */
  readonly question: string;
  /** Where the default comes from. */
  readonly source: string;
  /** Reads a value from the command line or a file; undefined if it is not allowed. */
  readonly read: (text: string) => Value | undefined;
};

/** An operation that answers with a business code in a JSON body, as the engine sees it. */
export type Operation = {
  /** The operationId of its specification. */
  readonly id: string;
  readonly method: string;
  /** Starts with `/`; it is appended to a server's base URL. */
  readonly path: string;
  /** Its documented codes, in the order of the status table. */
  readonly codes: readonly DocumentedCode[];
  /** Codes from sibling pages for faults that this page has no code for, by subject. */
  readonly siblingCodes: Readonly<Record<string, readonly number[]>>;
  /** Every claim that a case may test, by id. */
  readonly rules: Readonly<Record<string, Rule>>;
  /** The open questions of its page, by key. */
  readonly settings: Readonly<Record<string, Setting>>;
  /** The provider states, each with the optional fixture members that it must return. */
  readonly states: Readonly<Record<string, readonly string[]>>;
  /** The state that every server under test must have. */
  readonly readyState: string;
  /** The state with an expired token. */
  readonly expiredState?: string;
  /** The members of a fixture, in the order of the documentation. */
  readonly fixture: Readonly<Record<string, FixtureMember>>;
  /** Request fields that are secret, even if a fault has changed their value. */
  readonly secretFields: readonly string[];
  /** Request fields with values that no answer may repeat. */
  readonly neverRepeated: readonly string[];
  /** The problems of a response body under the specification with this `successCode`; empty if it is a valid envelope. */
  readonly responseProblems: (body: unknown, successCode: 200 | 0 | 'any') => readonly Problem[];
  /**
   * The right proofs (signatures) of a request under each reading, in hex. No answer may contain them.
   * @param plaintexts the plaintexts of its ciphertexts.
   */
  readonly proofs: (
    body: Readonly<Record<string, unknown>>,
    plaintexts: Readonly<Record<string, string>>,
    fixture: Fixture,
  ) => readonly string[];
  /** Whether the data of a response alone shows that the request succeeded. */
  readonly saysSuccess: (data: Readonly<Record<string, unknown>>) => boolean;
};

/** The entry of a code, or undefined if the page does not list it. */
export function documentedCode(code: number, { codes }: Pick<Operation, 'codes'>): DocumentedCode | undefined {
  return codes.find((entry) => entry.code === code);
}

/** The values that identify a fixture's device, by name. */
export function identifyDevice(
  fixture: Fixture,
  { fixture: members }: Pick<Operation, 'fixture'>,
): readonly (readonly [name: string, value: string])[] {
  const names = Object.keys(members).filter((name) => members[name]?.identity === true);
  return names.map((name) => [name, fixture[name] ?? '']);
}

/** The names of a fixture's members that are access tokens. */
export function tokenNames({ fixture }: Pick<Operation, 'fixture'>): readonly string[] {
  return Object.keys(fixture).filter((name) => fixture[name]?.token === true);
}

/** Whether a sibling page uses a code for a fault that this page has no code for. */
export function isSiblingCode(code: number, { siblingCodes }: Pick<Operation, 'siblingCodes'>): boolean {
  return Object.values(siblingCodes).some((codes) => codes.includes(code));
}

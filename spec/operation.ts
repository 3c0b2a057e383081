import type { Problem } from './problem.ts';
import type { Rule } from './rule.ts';

/** One business code of an operation, as the status table of its page lists it. */
export type DocumentedCode = {
  readonly code: number;
  /** The status table's description. */
  readonly meaning: string;
  /** Whether the page, or a page beside it, says when the code comes, or only its meaning suggests it. */
  readonly basis: 'document' | 'inferred';
};

/** What a states handler answers to a set-up: the values of one device, user and token, by name. */
export type Fixture = Readonly<Record<string, string | undefined>>;

/** A member of a fixture. */
export type FixtureMember = {
  /** What to give for it, in a few words. */
  readonly about: string;
  /** Never written to a report, a log or the terminal. */
  readonly secret?: true;
  /** An access token: it goes into `Authorization`, with exactly one `Bearer `, and each of its parts is secret. */
  readonly token?: true;
  /** Only some states return it; every state returns the others. */
  readonly optional?: true;
  /** What its value must be, where that is fixed. */
  readonly format?: { readonly pattern: RegExp; readonly says: string };
  /** The dialect setting whose pattern it must match, once the setting is declared. */
  readonly declaredBy?: string;
  /** It tells one device from another: no two fixtures have all of these in common. */
  readonly identity?: true;
};

/** One open question, with what may be answered. A default is the best-supported reading, never the vendor's word. */
export type Setting<Value extends string | number = string | number> = {
  readonly default: Value;
  /** What may be given, for messages and help; the default comes first. */
  readonly choices: string;
  /** Every value, where there are few. */
  readonly values?: readonly Value[];
  /** The values under which correct requests bind on one server and not on another: tried where none binds. */
  readonly decisive?: readonly Value[];
  /** The question that the document leaves open. */
  readonly question: string;
  /** Where the default comes from. */
  readonly source: string;
  /** Reads a value from the command line or a file; undefined where it is not a choice. */
  readonly read: (text: string) => Value | undefined;
};

/** What the engine knows of an operation whose outcome is a business code in a JSON body. */
export type Operation = {
  /** The operationId of its specification. */
  readonly id: string;
  readonly method: string;
  /** Starts with `/`; the base URL of a server comes before it. */
  readonly path: string;
  /** Its documented codes, in the order of the status table. */
  readonly codes: readonly DocumentedCode[];
  /** Codes of pages beside this one for faults that this page has no code for, by what they are about. */
  readonly siblingCodes: Readonly<Record<string, readonly number[]>>;
  /** Every claim that a case may rest on, by id. */
  readonly rules: Readonly<Record<string, Rule>>;
  /** What its page leaves open, by key. */
  readonly settings: Readonly<Record<string, Setting>>;
  /** The provider states, each with the optional members of a fixture that it must return. */
  readonly states: Readonly<Record<string, readonly string[]>>;
  /** The state that every server under test must have, and the one whose token has expired on purpose. */
  readonly readyState: string;
  readonly expiredState?: string;
  /** The members of a fixture, in the order in which they are described. */
  readonly fixture: Readonly<Record<string, FixtureMember>>;
  /** Fields of a request that are secret by their name, whatever a fault has made of their value. */
  readonly secretFields: readonly string[];
  /** Fields of a request whose value no answer may repeat, whatever it is. */
  readonly neverRepeated: readonly string[];
  /** What is wrong with an answer's body by the specification, where success is `successCode`; empty when it is an envelope. */
  readonly responseProblems: (body: unknown, successCode: 200 | 0 | 'any') => readonly Problem[];
  /**
   * What would have proved a request, under each reading of how: no answer may give it back. Hex digits.
   * @param plaintexts what its ciphertexts hold.
   */
  readonly proofs: (
    body: Readonly<Record<string, unknown>>,
    plaintexts: Readonly<Record<string, string>>,
    fixture: Fixture,
  ) => readonly string[];
  /** Whether the data of an answer say by themselves that the request succeeded. */
  readonly saysSuccess: (data: Readonly<Record<string, unknown>>) => boolean;
};

/** The entry of a code, or undefined where the page has none. */
export function documentedCode(code: number, { codes }: Pick<Operation, 'codes'>): DocumentedCode | undefined {
  return codes.find((entry) => entry.code === code);
}

/** The names of the members that tell one device from another. */
function identityMembers({ fixture }: Pick<Operation, 'fixture'>): readonly string[] {
  return Object.keys(fixture).filter((name) => fixture[name]?.identity === true);
}

/** What tells a fixture's device from every other, by name. */
export function identifyDevice(
  fixture: Fixture,
  operation: Pick<Operation, 'fixture'>,
): readonly (readonly [name: string, value: string])[] {
  return identityMembers(operation).map((name) => [name, fixture[name] ?? '']);
}

/** The names of a fixture's members that are access tokens. */
export function tokenNames({ fixture }: Pick<Operation, 'fixture'>): readonly string[] {
  return Object.keys(fixture).filter((name) => fixture[name]?.token === true);
}

/** Whether a page beside this one uses a code, for a fault that this page has no code for. */
export function isSiblingCode(code: number, { siblingCodes }: Pick<Operation, 'siblingCodes'>): boolean {
  return Object.values(siblingCodes).some((codes) => codes.includes(code));
}

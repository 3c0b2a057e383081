import type { TokenKeys } from '../../../generators/request.ts';
import { definedOnly } from '../../../spec/defined-only.ts';
import { binds, type Expectation } from '../../../spec/expectation.ts';
import type { StateName } from '../../../spec/family/states.ts';
import { operation } from '../../../spec/pure-bt/operation.ts';
import { expectedOutcomes } from '../expected-outcomes.ts';
import { type NamedRequest, namedRequests, requestNamed } from '../payload.ts';

/** A named request in an export. */
export type Entry = Omit<NamedRequest, 'fault'> & {
  /** The state in which the answer is as expected. */
  readonly state: StateName;
  /** The codes that are right in an answer; 200 means success. */
  readonly accepts: {
    /** The document's codes for this request; empty if it has none for this fault. */
    readonly own: readonly number[];
    /** These, those of checks that may come first, and those under other readings of the document. */
    readonly codes: readonly number[];
    readonly anyRefusal: boolean;
  };
  readonly needs?: keyof TokenKeys;
};

/** The entries with these names; all of them without a name. @throws UserError (exit code 2) for an unknown name. */
export function entriesNamed(names: readonly string[]): readonly Entry[] {
  return (names.length === 0 ? namedRequests() : [...new Set(names)].map(requestNamed)).map(toEntry);
}

function toEntry(named: NamedRequest): Entry {
  const ready = operation.readyState as StateName;
  const { id, kind, title, changes, fault } = named;
  if (fault === undefined) return { id, kind, title, changes, state: ready, accepts: accepted(binds) };
  const { state = ready, breaks, needs } = fault;
  const oldSecret = breaks === 'encryptedOldBindingSecret';
  const accepts = accepted(expectedOutcomes(fault, { given: state, oldSecret }), fault.expect.codes);
  return { id, kind, title, changes, state, accepts, ...definedOnly({ needs }) };
}

/** The entries that a format can have, and the others by why it cannot have them. */
export function splitEntries(
  entries: readonly Entry[],
  whyLeftOut: (entry: Entry) => string | undefined,
): { readonly kept: readonly Entry[]; readonly leftOut: ReadonlyMap<string, readonly Entry[]> } {
  const groups = Map.groupBy(entries, whyLeftOut);
  const leftOut = [...groups].flatMap(([why, all]) => (why === undefined ? [] : [[why, all] as const]));
  return { kept: groups.get(undefined) ?? [], leftOut: new Map(leftOut) };
}

/** What an answer is expected to say, in words: `5361`, `a refusal`, `success`. */
export function describeAccepted({ accepts: { own, codes } }: Entry): string {
  if (own.includes(200)) return 'success';
  const refusal = own.length === 0 ? 'a refusal' : own.join(' or ');
  return codes.includes(200) ? `${refusal} (success under another reading)` : refusal;
}

function accepted(
  { codes, open, siblings, anyRefusal, undocumented, openRefusals }: Expectation,
  own: readonly number[] = codes,
): Entry['accepts'] {
  const sibling = siblings.flatMap((subject) => operation.siblingCodes[subject] ?? []);
  return {
    own,
    codes: [...new Set([...codes, ...open, ...sibling])],
    anyRefusal: anyRefusal || undocumented === true || openRefusals !== undefined,
  };
}

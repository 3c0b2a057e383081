import { faultNamed, faultsUnder } from '../../../generators/pure-bt/faults/all-faults.ts';
import type { Change } from '../../../generators/pure-bt/request.ts';
import { forms } from '../../../generators/pure-bt/valid-forms.ts';
import type { TokenKeys } from '../../../generators/request.ts';
import { definedOnly } from '../../../spec/defined-only.ts';
import type { Expectation } from '../../../spec/expectation.ts';
import { binds } from '../../../spec/expectation.ts';
import { defaultDialect } from '../../../spec/pure-bt/dialect.ts';
import { operation } from '../../../spec/pure-bt/operation.ts';
import type { StateName } from '../../../spec/pure-bt/states.ts';
import { nearest } from '../../nearest.ts';
import { UserError } from '../../user-error.ts';
import { expectedOutcomes } from '../expected-outcomes.ts';

/** One request of an export: a form of a correct request, or one named fault. */
export type Entry = {
  readonly id: string;
  readonly kind: 'valid' | 'fault';
  readonly title: string;
  readonly changes: readonly Change[];
  /** The state in which the answer is as expected. */
  readonly state: StateName;
  readonly accepts: Accepted;
  readonly needs?: keyof TokenKeys;
};

/** The codes that are right in an answer; 200 means success. */
export type Accepted = {
  /** The document's codes for this request; empty if it has none for this fault. */
  readonly own: readonly number[];
  /** These, those of checks that may come first, and those under other readings of the document. */
  readonly codes: readonly number[];
  readonly anyRefusal: boolean;
};

/** The name of the plain correct request. */
const plainId = 'plain';

/** Everything that can be exported: the plain request, each form, each fault. */
export function allEntries(): readonly Entry[] {
  const ready = operation.readyState as StateName;
  const valid = (id: string, title: string, changes: readonly Change[]): Entry => ({
    id,
    kind: 'valid',
    title,
    changes,
    state: ready,
    accepts: accepted(binds),
  });
  return [
    valid(plainId, 'a plain correct request', []),
    ...forms.map(({ id, title, change }) => valid(id, title, [change])),
    ...faultsUnder(defaultDialect).map((fault): Entry => {
      const { id, title, changes, state = ready, breaks, needs } = fault;
      const oldSecret = breaks === 'encryptedOldBindingSecret';
      const accepts = accepted(expectedOutcomes(fault, { given: state, oldSecret }), fault.expect.codes);
      return { id, kind: 'fault', title, changes, state, accepts, ...definedOnly({ needs }) };
    }),
  ];
}

/**
 * The entries with these names; all of them without a name.
 * @throws UserError (exit code 2) for an unknown name.
 */
export function entriesNamed(names: readonly string[]): readonly Entry[] {
  const all = allEntries();
  if (names.length === 0) return all;
  return [...new Set(names)].map((name) => {
    const unless = faultNamed(name)?.unless?.(defaultDialect);
    if (unless !== undefined) throw new UserError(`"${name}" is not a fault in this dialect: ${unless}`, 2);
    const entry = all.find(({ id }) => id === name);
    if (entry !== undefined) return entry;
    const meant = nearest(
      name,
      all.map(({ id }) => id),
    );
    const hint = meant === undefined ? '`bindgate payload --list` shows all names' : `did you mean "${meant}"?`;
    throw new UserError(`no fault or form is called "${name}"; ${hint}`, 2);
  });
}

/** The folder of an entry: the field that it is about. */
export function folderOf({ id }: Entry): string {
  return id.includes('/') ? id.slice(0, id.indexOf('/')) : 'plain';
}

/** What an answer is expected to say, in words: `5361`, `a refusal`, `success`. */
export function describeAccepted({ own, codes }: Accepted): string {
  if (own.includes(200)) return 'success';
  const refusal = own.length === 0 ? 'a refusal' : own.join(' or ');
  return codes.includes(200) ? `${refusal} (success under another reading)` : refusal;
}

function accepted(
  { codes, open, siblings, anyRefusal, undocumented, openRefusals }: Expectation,
  own: readonly number[] = codes,
): Accepted {
  const sibling = siblings.flatMap((subject) => operation.siblingCodes[subject] ?? []);
  return {
    own,
    codes: [...new Set([...codes, ...open, ...sibling])],
    anyRefusal: anyRefusal || undocumented === true || openRefusals !== undefined,
  };
}

import type { Expectation } from '../../../spec/expectation.ts';
import type { StateName } from '../../../spec/family/states.ts';
import type { Dialect } from '../../../spec/pure-bt/dialect.ts';
import type { RuleId } from '../../../spec/pure-bt/rules.ts';
import type { PlainBindingRequest } from '../../../spec/pure-bt/types.ts';
import { type Body, changeFields, type Json, type NamedRequest, withFields } from '../../request.ts';
import { type Change, type CipherField, type Draft, type RequestContext, withPlaintexts } from '../request.ts';

/** The one part of a request that a fault breaks: the Authorization header, or a field. */
export type Part = 'token' | keyof PlainBindingRequest;

/** One way to break a request; all its other parts are right. */
export type Fault = NamedRequest<Change> & {
  readonly breaks: Part;
  /** The right outcome if this fault is found first. Cases add the codes of checks that may come earlier. */
  readonly expect: Expectation;
  /** The claim that it tests. */
  readonly rule: RuleId;
  /** The request names something that has no record, so a server may report that before it finds the fault. */
  readonly names?: 'another device' | 'another code';
  /** Why it is not a fault under a dialect; undefined if it is one. */
  readonly unless?: (dialect: Dialect) => string | undefined;
  /** The state for the case; the default is `a device ready to bind`. */
  readonly state?: StateName;
};

/** The common properties of one part's faults; `prefix` starts their ids. */
export type Kind = Omit<Fault, 'id' | 'title' | 'changes'> & { readonly prefix: string };

/** A row of a table of faults: a name, a title, and a function that corrupts the right value. */
export type Row<Corruption> = readonly [name: string, title: string, corrupt: Corruption];

/** Makes a fault with the id `prefix/name`. */
export function makeFault({ prefix, ...kind }: Kind, name: string, title: string, ...changes: Change[]): Fault {
  return { ...kind, id: `${prefix}/${name}`, title, changes };
}

/**
 * The faults of an absent, null or empty field, which all count as absent.
 * @param set sets the field at some stage.
 * @param words replace "without pk" in the titles, and add text after "a null pk".
 */
export function missing(
  kind: Kind,
  name: string,
  set: (name: string, value: () => Json | undefined) => Change,
  { without = `without ${name}`, behind = '' }: { readonly without?: string; readonly behind?: string } = {},
): readonly Fault[] {
  const ways = [
    ['absent', `a request ${without}`, undefined],
    ['null', `a null ${name}${behind}`, null],
    ['empty', `an empty ${name}${behind}`, ''],
  ] as const;
  return ways.map(([way, title, value]) =>
    makeFault(
      kind,
      way,
      title,
      set(name, () => value),
    ),
  );
}

/** A change of the draft; the result is encrypted and signed correctly. */
export function draftChange(apply: (draft: Draft, context: RequestContext) => Draft): Change {
  return { at: 'draft', apply };
}

/** Sets one plain field before encryption and signing; undefined removes it. */
export function field(name: string, value: (context: RequestContext) => Json | undefined): Change {
  return draftChange((draft, context) => withFields(draft, { [name]: value(context) }));
}

/** Sets the plaintext of one ciphertext field, which is then encrypted correctly. */
export function withPlaintext(name: CipherField, plaintext: (context: RequestContext) => string): Change {
  return draftChange((draft, context) => withPlaintexts(draft, { [name]: plaintext(context) }));
}

/** Sets one body field after encryption and before signing; undefined removes it. */
export function sealedField(name: string, value: (body: Body, context: RequestContext) => Json | undefined): Change {
  return { at: 'sealed', apply: (body, context) => changeFields(body, { [name]: value(body, context) }) };
}

/** Sets one body field after signing: tampering, or the signature itself; undefined removes it. */
export function signedField(name: string, value: (body: Body, context: RequestContext) => Json | undefined): Change {
  return { at: 'signed', apply: (body, context) => changeFields(body, { [name]: value(body, context) }) };
}

/** A body field's text; empty if it is absent. */
export function fieldText(body: Body, name: string): string {
  const value = body[name];
  return typeof value === 'string' ? value : '';
}

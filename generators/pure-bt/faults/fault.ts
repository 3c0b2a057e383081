import type { Expectation } from '../../../spec/expectation.ts';
import type { Dialect } from '../../../spec/pure-bt/dialect.ts';
import type { RuleId } from '../../../spec/pure-bt/rules.ts';
import type { StateName } from '../../../spec/pure-bt/states.ts';
import type { Body, Json, TokenKeys } from '../../request.ts';
import { changeFields, withFields } from '../../request.ts';
import type { Change, CipherField, Draft, RequestContext } from '../request.ts';
import { withPlaintexts } from '../request.ts';

/** The one part of a request that a fault breaks. */
export type Part =
  | 'token'
  | 'pk'
  | 'dk'
  | 'bindingCode'
  | 'encryptedBindingCode'
  | 'encryptedNewBindingSecret'
  | 'encryptedOldBindingSecret'
  | 'random'
  | 'signature'
  | 'deviceName'
  | 'pwd';

/** One named way to get a request wrong, everything else being right. */
export type Fault = {
  /** Stable name: `dk/too-short`. */
  readonly id: string;
  /** What the request has, after "refuses": `a dk of three characters`. */
  readonly title: string;
  readonly breaks: Part;
  /** Applied in order, each at its stage. */
  readonly changes: readonly Change[];
  /** What it earns where nothing else can be found wrong; `earns` adds what other orders of checks find first. */
  readonly expect: Expectation;
  /** The claim that it rests on. */
  readonly rule: RuleId;
  /** What the request is about instead of the fixture's: a server may miss its record before it sees the fault. */
  readonly names?: 'another device' | 'another code';
  /** Why it is no fault under a dialect; undefined where it is one. */
  readonly unless?: (dialect: Dialect) => string | undefined;
  /** The state it is tried in; `a device ready to bind` where it is absent. */
  readonly state?: StateName;
  /** The key without which it cannot be made. */
  readonly needs?: keyof TokenKeys;
};

/** What the faults of one part have in common; `prefix` is what their names start with. */
export type Kind = Omit<Fault, 'id' | 'title' | 'changes'> & { readonly prefix: string };

/** A row of a table of faults: a name, a title, and how what is right is spoilt. */
export type Row<Spoil> = readonly [name: string, title: string, spoil: Spoil];

/** A fault of a kind, by its name behind the prefix. */
export function makeFault(
  { prefix, ...kind }: Kind,
  name: string,
  title: string,
  ...changes: readonly Change[]
): Fault {
  return { ...kind, id: `${prefix}/${name}`, title, changes };
}

/**
 * A field that is absent, null or empty, which all count as absent.
 * @param set at which stage the field is set.
 * @param words what stands in the titles for "without pk", and behind "a null pk".
 */
export function missing(
  kind: Kind,
  name: string,
  set: (name: string, value: () => Json | undefined) => Change,
  { without = `without ${name}`, behind = '' }: { readonly without?: string; readonly behind?: string } = {},
): readonly Fault[] {
  return [
    makeFault(
      kind,
      'absent',
      `a request ${without}`,
      set(name, () => undefined),
    ),
    makeFault(
      kind,
      'null',
      `a null ${name}${behind}`,
      set(name, () => null),
    ),
    makeFault(
      kind,
      'empty',
      `an empty ${name}${behind}`,
      set(name, () => ''),
    ),
  ];
}

/** A change of the draft: the result is encrypted and signed correctly. */
export function draftChange(apply: (draft: Draft, context: RequestContext) => Draft): Change {
  return { at: 'draft', apply };
}

/** One clear field set before encryption and signing; undefined removes it. */
export function field(name: string, value: (context: RequestContext) => Json | undefined): Change {
  return draftChange((draft, context) => withFields(draft, { [name]: value(context) }));
}

/** What one ciphertext field holds, encrypted correctly. */
export function withPlaintext(name: CipherField, plaintext: (context: RequestContext) => string): Change {
  return draftChange((draft, context) => withPlaintexts(draft, { [name]: plaintext(context) }));
}

/** One body field set after encryption and before signing; undefined removes it. */
export function sealedField(name: string, value: (body: Body, context: RequestContext) => Json | undefined): Change {
  return { at: 'sealed', apply: (body, context) => changeFields(body, { [name]: value(body, context) }) };
}

/** One body field set after signing: tampering, or the signature itself; undefined removes it. */
export function signedField(name: string, value: (body: Body, context: RequestContext) => Json | undefined): Change {
  return { at: 'signed', apply: (body, context) => changeFields(body, { [name]: value(body, context) }) };
}

/** A body field's text; empty where it is absent. */
export function fieldText(body: Body, name: string): string {
  const value = body[name];
  return typeof value === 'string' ? value : '';
}

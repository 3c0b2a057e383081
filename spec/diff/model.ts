import type { Place } from '../document/model.ts';

export type { Place } from '../document/model.ts';

/** The direction of a subject; `none` if it belongs to neither body, such as a code. */
export type Direction = 'request' | 'response' | 'none';

/** A value that can be compared: plain JSON; unordered lists are sorted. */
export type FactValue = string | number | boolean | readonly string[] | Readonly<Record<string, string>>;

/** Keywords that limit a value: a greater one is looser (`max…`) or tighter (`min…`). */
export const limits = [
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
] as const;

/**
 * The kinds of facts about a subject; each has a rule in `rules.json`.
 * `description/…` is an additional description, such as the page's words (`x-document`);
 * `other/…` is a keyword without a rule, `note/…` is a keyword that is not part of the contract.
 */
export type Facet =
  | 'path'
  | 'method'
  | 'type'
  | 'nullable'
  | 'format'
  | 'values'
  | 'required'
  | 'default'
  | 'pattern'
  | (typeof limits)[number]
  | 'closed'
  | 'choice'
  | 'description'
  | `description/${string}`
  | 'meaning'
  | 'scheme'
  | 'deprecated'
  | `other/${string}`
  | `note/${string}`;

/** One statement of a document about a subject, with its place. */
export type Fact = { readonly facet: Facet; readonly value: FactValue; readonly at: Place };

/** Something that a document describes: a field, a code, a media type. */
export type Subject = {
  /** Each kind has rules for removing and adding. */
  readonly kind:
    | 'operation'
    | 'field'
    | 'form'
    | 'code'
    | 'media'
    | 'status'
    | 'security'
    | 'server'
    | 'about'
    | 'leftover';
  /** Its name: `name`, `data.list[].id`, `4004`. */
  readonly name: string;
  /** Where a field is sent: `body`, `query`, `path`, `header`, `cookie`, `form`. */
  readonly place?: string;
  /** The alternative of a body that it belongs to, if there are several (`anyOf`, `oneOf`). */
  readonly form?: string;
  readonly direction: Direction;
  readonly at: Place;
  /** The place of its facts if that is different: the target of a `$ref`. */
  readonly factsAt?: Place;
  readonly facts: readonly Fact[];
};

/** One operation with all facts about it. `at` is the place of the operation. */
export type Operation = {
  readonly method: string;
  readonly path: string;
  readonly at: Place;
  readonly subjects: readonly Subject[];
  /** The place of the list of codes; it is used for a code without a neighbour in a document without the code. */
  readonly codesAt: Place;
};

/** A document as facts. A `page` cannot contain everything that OpenAPI can; the rest is not compared. */
export type Spec = {
  readonly file: string;
  readonly kind: 'openapi' | 'page';
  readonly operations: readonly Operation[];
};

/** A list with one fact; empty if the value is undefined. */
export function said(facet: Facet, value: FactValue | undefined, { line, pointer }: Place): readonly Fact[] {
  return value === undefined ? [] : [{ facet, value, at: pointer === undefined ? { line } : { line, pointer } }];
}

/** The fact of a facet about a subject, or undefined. */
export function findFact({ facts }: Subject, facet: Facet): Fact | undefined {
  return facts.find((fact) => fact.facet === facet);
}

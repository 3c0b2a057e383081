import type { Place } from '../document/model.ts';

export type { Place } from '../document/model.ts';

/** Which way a thing travels; `none` for what belongs to neither body, such as a code. */
export type Direction = 'request' | 'response' | 'none';

/** A value that can be compared: plain JSON, canonical in the order of what has none. */
export type FactValue = string | number | boolean | readonly string[] | Readonly<Record<string, string>>;

/**
 * What can be said of a subject, one word each; every one has a rule in `rules.json`.
 * `description/…` is a description from another hand, such as the page's own words (`x-document`) beside ours;
 * `other/…` is a keyword that bindgate gives no meaning to, `note/…` one that binds nobody.
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
  // Keywords that bound a value: the greater one is looser (`max…`) or tighter (`min…`).
  | 'minimum'
  | 'maximum'
  | 'exclusiveMinimum'
  | 'exclusiveMaximum'
  | 'minLength'
  | 'maxLength'
  | 'minItems'
  | 'maxItems'
  | 'minProperties'
  | 'maxProperties'
  | 'closed'
  | 'choice'
  | 'description'
  | `description/${string}`
  | 'meaning'
  | 'scheme'
  | 'deprecated'
  | `other/${string}`
  | `note/${string}`;

/** One statement of a document about a subject. */
export type Fact = { readonly facet: Facet; readonly value: FactValue; readonly at: Place };

/** What kind of thing a subject is; each has its rules for coming and going. */
export type SubjectKind =
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

/** Something that a document speaks about: a field, a code, a media type. */
export type Subject = {
  readonly kind: SubjectKind;
  /** What it is called: `name`, `data.list[].id`, `4004`. */
  readonly name: string;
  /** Where a field travels: `body`, `query`, `path`, `header`, `cookie`, `form`. */
  readonly place?: string;
  /** The alternative of a body that it belongs to, where there are several (`anyOf`, `oneOf`). */
  readonly form?: string;
  readonly direction: Direction;
  readonly at: Place;
  /** Where its statements stand when that is elsewhere: the schema that a `$ref` leads to. */
  readonly factsAt?: Place;
  readonly facts: readonly Fact[];
};

/** One operation with all that is said about it. `at` is the operation's own place. */
export type Operation = {
  readonly method: string;
  readonly path: string;
  readonly at: Place;
  readonly subjects: readonly Subject[];
  /** Where the codes are listed; a code that is gone is shown there. */
  readonly codesAt: Place;
};

/** A document as facts. A `page` cannot say all that OpenAPI can: what it never says is not compared. */
export type Spec = {
  readonly file: string;
  readonly kind: 'openapi' | 'page';
  readonly operations: readonly Operation[];
};

/** A statement, in a list of one; none where nothing is said. */
export function said(facet: Facet, value: FactValue | undefined, { line, pointer }: Place): readonly Fact[] {
  return value === undefined ? [] : [{ facet, value, at: pointer === undefined ? { line } : { line, pointer } }];
}

/** The statement of a facet about a subject; undefined where there is none. */
export function findFact({ facts }: Subject, facet: Facet): Fact | undefined {
  return facts.find((fact) => fact.facet === facet);
}

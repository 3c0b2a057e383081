import { refuse } from '../../document-error.ts';
import { isRecord } from '../../is-record.ts';
import type { Direction, Fact, Place, Subject } from '../model.ts';
import { schemaFacts } from './keywords.ts';
import { child, entries, items, type Node, placeOf, resolve } from './source.ts';

/** The position of a schema while reading: its body and the path of fields to it. */
export type SchemaPosition = {
  readonly direction: Direction;
  readonly place: string;
  /** The path, such as `data.list[]`; empty for the body itself. */
  readonly name: string;
  readonly form: string;
  /** What its holder says about it: whether it is required, and a description that replaces its own. */
  readonly own: readonly Fact[];
  /** The places of the schemas above it; reading stops at a recursive schema. */
  readonly above: readonly string[];
  readonly at: Place;
  /** How many more subjects may be read: schemas that grow exponentially must not block the command. */
  readonly budget: { left: number };
};

/** The position of a schema that is in no other one. */
export const outermost = { name: '', form: '', above: [] } as const;

/** Deeper trees are cut: no real document has them, and a crafted file must not block the command. */
const deepest = 40;

/** The subjects of a schema: the value itself, its fields and its alternatives. */
export function schemaSubjects(node: Node, spot: SchemaPosition): readonly Subject[] {
  if (spot.budget.left-- <= 0)
    refuse(node.source.file, undefined, 'its schemas are too large to compare; make them simpler');
  const schema = resolve(node);
  const key = placeOf(schema).pointer ?? '';
  if (!isRecord(schema.value) || spot.above.includes(key) || spot.above.length > deepest)
    return [subject(spot, spot.own)];
  const inner = { ...spot, above: [...spot.above, key] };
  const parts = allParts(schema);
  const alternatives = parts.flatMap((part) => listAlternatives(part));
  const [single, ...more] = alternatives.filter(({ node: option }) => !isNull(option));
  if (single !== undefined && more.length === 0 && alternatives.length === 2) {
    // `anyOf: [X, {type: 'null'}]` is an X that may be null.
    const [first, ...others] = schemaSubjects(single.node, inner);
    const facts = [
      ...spot.own,
      ...parts.flatMap((part) => schemaFacts(part)),
      { facet: 'nullable' as const, value: true, at: placeOf(single.node) },
    ];
    return first === undefined ? [] : [{ ...first, facts: merged([...facts, ...first.facts]) }, ...others];
  }
  const required = requiredFields(parts);
  const facts = merged([...spot.own, ...parts.flatMap((part) => schemaFacts(part)), ...choice(alternatives)]);
  return [
    { ...subject(spot, facts), factsAt: placeOf(schema) },
    ...parts.flatMap((part) => fieldSubjects(part, inner, required)),
    ...marksWithoutSchema(parts, inner, required),
    ...alternatives.flatMap((alternative) => formSubjects(alternative, inner)),
  ];
}

function subject({ direction, place, name, form, at }: SchemaPosition, facts: readonly Fact[]): Subject {
  return { kind: 'field', name, place, direction, at, facts, ...(form !== '' && { form }) };
}

/** A schema and the schemas in its `allOf`. */
function allParts(schema: Node, depth = 0): readonly Node[] {
  if (depth > deepest) return [schema];
  return [schema, ...items(child(schema, 'allOf')).flatMap((part) => allParts(resolve(part), depth + 1))];
}

function requiredFields(parts: readonly Node[]): ReadonlyMap<string, Node> {
  return new Map(parts.flatMap((part) => items(child(part, 'required'))).map((node) => [String(node.value), node]));
}

function fieldSubjects(part: Node, spot: SchemaPosition, required: ReadonlyMap<string, Node>): readonly Subject[] {
  const prefix = spot.name === '' ? '' : `${spot.name}.`;
  const properties = entries(child(part, 'properties')).flatMap(([name, node]) => {
    const named = required.get(name);
    return schemaSubjects(node, {
      ...spot,
      name: prefix + name,
      at: placeOf(node),
      own: [{ facet: 'required', value: named === undefined ? 'optional' : 'required', at: placeOf(named ?? node) }],
    });
  });
  const list = child(part, 'items');
  const others = child(part, 'additionalProperties');
  return [
    ...properties,
    ...(isRecord(list.value)
      ? schemaSubjects(list, { ...spot, name: `${spot.name}[]`, at: placeOf(list), own: [] })
      : []),
    ...(isRecord(others.value)
      ? schemaSubjects(others, { ...spot, name: `${prefix}*`, at: placeOf(others), own: [] })
      : []),
  ];
}

/** Required names without a schema in the same place, as in `anyOf: [{required: [a]}, {required: [b]}]`. */
function marksWithoutSchema(
  parts: readonly Node[],
  spot: SchemaPosition,
  required: ReadonlyMap<string, Node>,
): readonly Subject[] {
  const prefix = spot.name === '' ? '' : `${spot.name}.`;
  return [...required]
    .filter(([name]) => !parts.some((part) => child(part, 'properties', name).value !== undefined))
    .map(([name, node]) => {
      const at = placeOf(node);
      return subject({ ...spot, name: prefix + name, at }, [{ facet: 'required', value: 'required', at }]);
    });
}

type Alternative = { readonly node: Node; readonly label: string; readonly keyword: string; readonly at: Place };

/** The branches of `anyOf` and `oneOf`, named after the schema that they refer to or after their title. */
function listAlternatives(part: Node): readonly Alternative[] {
  return ['anyOf', 'oneOf'].flatMap((keyword) =>
    items(child(part, keyword)).map((node, index) => ({
      node,
      label: label(node, index),
      keyword,
      at: placeOf(node),
    })),
  );
}

function label(node: Node, index: number): string {
  const reference = isRecord(node.value) ? node.value['$ref'] : undefined;
  if (typeof reference === 'string') return reference.split('/').at(-1) ?? reference;
  const { value } = child(resolve(node), 'title');
  return typeof value === 'string' ? value : `alternative ${index + 1}`;
}

/** The subjects of an alternative, which is a separate form of a body or a field. */
function formSubjects({ node, label: name, at }: Alternative, spot: SchemaPosition): readonly Subject[] {
  const form = [spot.form, name].filter((part) => part !== '').join(' / ');
  const [itself, ...inner] = schemaSubjects(node, { ...spot, form, at, own: [] });
  return itself === undefined ? [] : [{ ...itself, kind: 'form' }, ...inner];
}

function choice(alternatives: readonly Alternative[]): readonly Fact[] {
  const [first] = alternatives;
  return first === undefined ? [] : [{ facet: 'choice', value: first.keyword, at: first.at }];
}

function isNull(node: Node): boolean {
  const { value } = child(resolve(node), 'type');
  return value === 'null';
}

/** One fact for each facet: the first one. Patterns from `allOf` are joined. */
function merged(facts: readonly Fact[]): readonly Fact[] {
  const byFacet = new Map<string, Fact>();
  for (const fact of facts) {
    const known = byFacet.get(fact.facet);
    if (known === undefined) byFacet.set(fact.facet, fact);
    else if (fact.facet === 'pattern' && known.value !== fact.value) {
      byFacet.set(fact.facet, { ...known, value: [String(known.value), String(fact.value)].sort().join(' and ') });
    }
  }
  return [...byFacet.values()];
}

import { refuse } from '../../document-error.ts';
import { isRecord } from '../../is-record.ts';
import type { Direction, Fact, Place, Subject } from '../model.ts';
import { schemaFacts } from './keywords.ts';
import { child, entries, items, type Node, type Source } from './source.ts';

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
export function schemaSubjects(source: Source, node: Node, spot: SchemaPosition): readonly Subject[] {
  if (spot.budget.left-- <= 0)
    refuse(source.file, undefined, 'its schemas are too large to compare; make them simpler');
  const schema = source.resolve(node);
  const key = source.place(schema).pointer ?? '';
  if (!isRecord(schema.value) || spot.above.includes(key) || spot.above.length > deepest)
    return [subject(spot, spot.own)];
  const inner = { ...spot, above: [...spot.above, key] };
  const parts = allParts(source, schema);
  const alternatives = parts.flatMap((part) => listAlternatives(source, part));
  const [single, ...more] = alternatives.filter(({ node: option }) => !isNull(source, option));
  if (single !== undefined && more.length === 0 && alternatives.length === 2) {
    // `anyOf: [X, {type: 'null'}]` is an X that may be null.
    const [first, ...others] = schemaSubjects(source, single.node, inner);
    const facts = [
      ...spot.own,
      ...parts.flatMap((part) => schemaFacts(source, part)),
      { facet: 'nullable' as const, value: true, at: source.place(single.node) },
    ];
    return first === undefined ? [] : [{ ...first, facts: merged([...facts, ...first.facts]) }, ...others];
  }
  const required = requiredFields(parts);
  const facts = merged([...spot.own, ...parts.flatMap((part) => schemaFacts(source, part)), ...choice(alternatives)]);
  return [
    { ...subject(spot, facts), factsAt: source.place(schema) },
    ...parts.flatMap((part) => fieldSubjects(source, part, inner, required)),
    ...marksWithoutSchema(source, parts, inner, required),
    ...alternatives.flatMap((alternative) => formSubjects(source, alternative, inner)),
  ];
}

function subject({ direction, place, name, form, at }: SchemaPosition, facts: readonly Fact[]): Subject {
  return { kind: 'field', name, place, direction, at, facts, ...(form !== '' && { form }) };
}

/** A schema and the schemas in its `allOf`. */
function allParts(source: Source, schema: Node, depth = 0): readonly Node[] {
  if (depth > deepest) return [schema];
  return [
    schema,
    ...items(child(schema, 'allOf')).flatMap((part) => allParts(source, source.resolve(part), depth + 1)),
  ];
}

function requiredFields(parts: readonly Node[]): ReadonlyMap<string, Node> {
  return new Map(parts.flatMap((part) => items(child(part, 'required'))).map((node) => [String(node.value), node]));
}

function fieldSubjects(
  source: Source,
  part: Node,
  spot: SchemaPosition,
  required: ReadonlyMap<string, Node>,
): readonly Subject[] {
  const prefix = spot.name === '' ? '' : `${spot.name}.`;
  const properties = entries(child(part, 'properties')).flatMap(([name, node]) => {
    const named = required.get(name);
    return schemaSubjects(source, node, {
      ...spot,
      name: prefix + name,
      at: source.place(node),
      own: [
        { facet: 'required', value: named === undefined ? 'optional' : 'required', at: source.place(named ?? node) },
      ],
    });
  });
  const list = child(part, 'items');
  const others = child(part, 'additionalProperties');
  return [
    ...properties,
    ...(isRecord(list.value)
      ? schemaSubjects(source, list, { ...spot, name: `${spot.name}[]`, at: source.place(list), own: [] })
      : []),
    ...(isRecord(others.value)
      ? schemaSubjects(source, others, { ...spot, name: `${prefix}*`, at: source.place(others), own: [] })
      : []),
  ];
}

/** Required names without a schema in the same place, as in `anyOf: [{required: [a]}, {required: [b]}]`. */
function marksWithoutSchema(
  source: Source,
  parts: readonly Node[],
  spot: SchemaPosition,
  required: ReadonlyMap<string, Node>,
): readonly Subject[] {
  const prefix = spot.name === '' ? '' : `${spot.name}.`;
  return [...required]
    .filter(([name]) => !parts.some((part) => child(part, 'properties', name).value !== undefined))
    .map(([name, node]) => {
      const at = source.place(node);
      return subject({ ...spot, name: prefix + name, at }, [{ facet: 'required', value: 'required', at }]);
    });
}

type Alternative = { readonly node: Node; readonly label: string; readonly keyword: string; readonly at: Place };

/** The branches of `anyOf` and `oneOf`, named after the schema that they refer to or after their title. */
function listAlternatives(source: Source, part: Node): readonly Alternative[] {
  return ['anyOf', 'oneOf'].flatMap((keyword) =>
    items(child(part, keyword)).map((node, index) => ({
      node,
      label: label(source, node, index),
      keyword,
      at: source.place(node),
    })),
  );
}

function label(source: Source, node: Node, index: number): string {
  const reference = isRecord(node.value) ? node.value['$ref'] : undefined;
  if (typeof reference === 'string') return reference.split('/').at(-1) ?? reference;
  const { value } = child(source.resolve(node), 'title');
  return typeof value === 'string' ? value : `alternative ${index + 1}`;
}

/** The subjects of an alternative, which is a separate form of a body or a field. */
function formSubjects(
  source: Source,
  { node, label: name, at }: Alternative,
  spot: SchemaPosition,
): readonly Subject[] {
  const form = [spot.form, name].filter((part) => part !== '').join(' / ');
  const [itself, ...inner] = schemaSubjects(source, node, { ...spot, form, at, own: [] });
  return itself === undefined ? [] : [{ ...itself, kind: 'form' }, ...inner];
}

function choice(alternatives: readonly Alternative[]): readonly Fact[] {
  const [first] = alternatives;
  return first === undefined ? [] : [{ facet: 'choice', value: first.keyword, at: first.at }];
}

function isNull(source: Source, node: Node): boolean {
  const { value } = child(source.resolve(node), 'type');
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

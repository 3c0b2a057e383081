import { canonical } from '../canonical.ts';
import type { Facet, Fact, FactValue } from '../model.ts';
import { child, entries, isObject, items, type Node, type Source } from './source.ts';

/** Keywords that are read elsewhere: they hold schemas or say which fields must be there. */
const structural = new Set([
  ...['$ref', '$defs', '$id', '$anchor', '$schema', 'properties', 'required', 'items', 'anyOf', 'oneOf', 'allOf'],
]);

/** Keywords that bind nobody. */
const remarks = new Set([
  'title',
  'summary',
  '$comment',
  'example',
  'examples',
  'externalDocs',
  'xml',
  'discriminator',
]);

const limits = new Set([
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'minLength', 'maxLength'],
  ...['minItems', 'maxItems', 'minProperties', 'maxProperties'],
]);

/** What a schema itself says, without its inner schemas: one fact for each keyword that means something. */
export function factsOf(source: Source, schema: Node): readonly Fact[] {
  const facts = entries(schema).flatMap(([keyword, node]) => {
    const facet = facetOf(keyword);
    const value =
      facet === undefined
        ? undefined
        : saidBy(keyword, keyword === 'x-document' ? { ...node, value: withoutWords(node.value) } : node);
    return facet === undefined || value === undefined ? [] : [{ facet, value, at: source.place(node) }];
  });
  return [...facts, ...pageWords(source, schema), ...nullability(source, schema)];
}

function facetOf(keyword: string): Facet | undefined {
  if (structural.has(keyword) || keyword === 'nullable') return undefined;
  if (limits.has(keyword)) return keyword as Facet;
  if (remarks.has(keyword) || (keyword.startsWith('x-') && keyword !== 'x-options')) return `note/${keyword}`;
  switch (keyword) {
    case 'type':
    case 'format':
    case 'pattern':
    case 'default':
    case 'description':
    case 'deprecated':
      return keyword;
    case 'enum':
    case 'const':
      return 'values';
    case 'additionalProperties':
      return 'closed';
    case 'x-options':
      return 'description/options';
    default:
      return `other/${keyword}`;
  }
}

function saidBy(keyword: string, node: Node): FactValue | undefined {
  const { value } = node;
  switch (keyword) {
    case 'type': {
      const types = [value].flat().filter((type) => type !== 'null');
      return types.length === 0 ? undefined : types.map(String).sort();
    }
    case 'enum':
      return Array.isArray(value)
        ? value
            .filter((item) => item !== null)
            .map(shown)
            .sort()
        : [shown(value)];
    case 'const':
      return [shown(value)];
    case 'additionalProperties':
      return value === false ? true : undefined;
    case 'deprecated':
      return value === true ? true : undefined;
    case 'description':
      return typeof value === 'string' ? value : shown(value);
    case 'x-options':
      return items(node)
        .map((option) => optionText(option.value))
        .join('<br/>');
    default:
      return typeof value === 'number' || typeof value === 'string' ? value : canonical(inAnyOrder(value));
  }
}

/** One of `x-options`, as a description spells it out. */
function optionText(option: unknown): string {
  if (!isObject(option)) return canonical(option);
  return `${String(option['value'])}-${String(option['meaning'] ?? '')}`;
}

/** A list of plain values is compared without its order. */
function inAnyOrder(value: unknown): unknown {
  return Array.isArray(value) && value.every((item) => typeof item !== 'object') ? value.toSorted() : value;
}

function withoutWords(value: unknown): unknown {
  if (!isObject(value)) return value;
  const { description: _, ...others } = value;
  return others;
}

/** A value of a list as it is told: a text that looks like a number is set in quotes. */
function shown(value: unknown): string {
  return typeof value === 'string' && !/^(?:[-\d]|true$|false$|null$)/.test(value) ? value : canonical(value);
}

/** What the page itself says of a field, where a document keeps that beside its own words (`x-document`). */
function pageWords(source: Source, schema: Node): readonly Fact[] {
  const node = child(schema, 'x-document', 'description');
  // A line break of a page's cell is one of the text, as `<br/>` is.
  return typeof node.value === 'string'
    ? [{ facet: 'description/page', value: node.value.trim().replaceAll('\n', '<br/>'), at: source.place(node) }]
    : [];
}

/** `type: [string, 'null']`, `type: 'null'`, and OpenAPI 3.0's `nullable`. */
function nullability(source: Source, schema: Node): readonly Fact[] {
  if (!isObject(schema.value)) return [];
  const { type, nullable } = schema.value;
  const keyword = [type].flat().includes('null') ? 'type' : 'nullable';
  if (keyword === 'nullable' && nullable !== true) return [];
  return [{ facet: 'nullable', value: true, at: source.place({ value: true, path: [...schema.path, keyword] }) }];
}

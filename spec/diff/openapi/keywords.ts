import { isRecord } from '../../is-record.ts';
import { canonical } from '../canonical.ts';
import { type Facet, type Fact, type FactValue, limits } from '../model.ts';
import { child, entries, factOf, items, type Node } from './source.ts';

function list(words: string): ReadonlySet<string> {
  return new Set(words.split(' '));
}

/** Keywords that other functions read: they contain schemas, list required fields, or allow null. */
const structural = list('$ref $defs $id $anchor $schema properties required items anyOf oneOf allOf nullable');

/** Keywords that are not part of the contract, like all that begin with `x-`. */
const remarks = list('title summary $comment example examples externalDocs xml discriminator');

/** Keywords with a facet: most have one of the same name. */
const facets: ReadonlyMap<string, Facet> = new Map<string, Facet>([
  ...(['type', 'format', 'pattern', 'default', 'description', 'deprecated', ...limits] as const).map(
    (keyword) => [keyword, keyword] as const,
  ),
  ['enum', 'values'],
  ['const', 'values'],
  ['additionalProperties', 'closed'],
  ['x-options', 'description/options'],
]);

/** The facts of a schema without its inner schemas: one for each keyword with a meaning. */
export function schemaFacts(schema: Node): readonly Fact[] {
  const facts = entries(schema).flatMap(([keyword, node]) =>
    structural.has(keyword) ? [] : factOf(toFacet(keyword), node, statedValue(keyword, node)),
  );
  return [...facts, ...pageWords(schema), ...nullability(schema)];
}

function toFacet(keyword: string): Facet {
  const other = remarks.has(keyword) || keyword.startsWith('x-') ? 'note' : 'other';
  return facets.get(keyword) ?? `${other}/${keyword}`;
}

function statedValue(keyword: string, node: Node): FactValue | undefined {
  const { value } = node;
  switch (keyword) {
    case 'type': {
      const types = [value].flat().filter((type) => type !== 'null');
      return types.length === 0 ? undefined : types.map(String).sort();
    }
    case 'enum':
      return (Array.isArray(value) ? value.filter((item) => item !== null) : [value]).map(shown).sort();
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
    case 'x-document':
      return canonical(withoutWords(value));
    default:
      return typeof value === 'number' || typeof value === 'string' ? value : canonical(inAnyOrder(value));
  }
}

/** One of `x-options`, written as in a description. */
function optionText(option: unknown): string {
  if (!isRecord(option)) return canonical(option);
  return `${String(option['value'])}-${String(option['meaning'] ?? '')}`;
}

/** Sorts a list of plain values, so that its order makes no difference. */
function inAnyOrder(value: unknown): unknown {
  return Array.isArray(value) && value.every((item) => typeof item !== 'object') ? value.toSorted() : value;
}

function withoutWords(value: unknown): unknown {
  if (!isRecord(value)) return value;
  const { description: _, ...others } = value;
  return others;
}

/** A value of a list as text; a string that looks like a number gets quotes. */
function shown(value: unknown): string {
  return typeof value === 'string' && !/^(?:[-\d]|true$|false$|null$)/.test(value) ? value : canonical(value);
}

/** The page's description of a field, if a document has it in addition to its own (`x-document`). */
function pageWords(schema: Node): readonly Fact[] {
  const node = child(schema, 'x-document', 'description');
  // A line break in a page's cell is written as `<br/>`.
  return typeof node.value === 'string'
    ? factOf('description/page', node, node.value.trim().replaceAll('\n', '<br/>'))
    : [];
}

/** The nullable fact from `type: [string, 'null']`, `type: 'null'`, or OpenAPI 3.0's `nullable`. */
function nullability(schema: Node): readonly Fact[] {
  if ([child(schema, 'type').value].flat().includes('null')) return factOf('nullable', child(schema, 'type'), true);
  const { value } = child(schema, 'nullable');
  return factOf('nullable', child(schema, 'nullable'), value === true ? true : undefined);
}

import { isRecord } from '../../is-record.ts';
import { canonical } from '../canonical.ts';
import type { Facet, Fact, FactValue } from '../model.ts';
import { child, entries, items, type Node, type Source } from './source.ts';

function list(words: string): ReadonlySet<string> {
  return new Set(words.split(' '));
}

/** Keywords that are read elsewhere: they hold schemas, say which fields must be there, or allow null as `type` can. */
const structural = list('$ref $defs $id $anchor $schema properties required items anyOf oneOf allOf nullable');

/** Keywords that bind nobody, as all do that begin with `x-`. */
const remarks = list('title summary $comment example examples externalDocs xml discriminator');

/** Keywords that are facets by their own name. */
const own = list(
  'format pattern default minimum maximum exclusiveMinimum exclusiveMaximum minLength maxLength minItems maxItems minProperties maxProperties',
);

/** What a schema itself says, without its inner schemas: one fact for each keyword that means something. */
export function schemaFacts(source: Source, schema: Node): readonly Fact[] {
  const facts = entries(schema).flatMap(([keyword, node]) =>
    structural.has(keyword) ? [] : source.fact(toFacet(keyword), node, statedValue(keyword, node)),
  );
  return [...facts, ...pageWords(source, schema), ...nullability(source, schema)];
}

function toFacet(keyword: string): Facet {
  if (own.has(keyword)) return keyword as Facet;
  switch (keyword) {
    case 'type':
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
      return remarks.has(keyword) || keyword.startsWith('x-') ? `note/${keyword}` : `other/${keyword}`;
  }
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

/** One of `x-options`, as a description spells it out. */
function optionText(option: unknown): string {
  if (!isRecord(option)) return canonical(option);
  return `${String(option['value'])}-${String(option['meaning'] ?? '')}`;
}

/** A list of plain values is compared without its order. */
function inAnyOrder(value: unknown): unknown {
  return Array.isArray(value) && value.every((item) => typeof item !== 'object') ? value.toSorted() : value;
}

function withoutWords(value: unknown): unknown {
  if (!isRecord(value)) return value;
  const { description: _, ...others } = value;
  return others;
}

/** A value of a list as it is told: a text that looks like a number is set in quotes. */
function shown(value: unknown): string {
  return typeof value === 'string' && !/^(?:[-\d]|true$|false$|null$)/.test(value) ? value : canonical(value);
}

/** What the page itself says of a field, where a document keeps that beside its own words (`x-document`). */
function pageWords({ fact }: Source, schema: Node): readonly Fact[] {
  const node = child(schema, 'x-document', 'description');
  // A line break of a page's cell is one of the text, as `<br/>` is.
  return typeof node.value === 'string'
    ? fact('description/page', node, node.value.trim().replaceAll('\n', '<br/>'))
    : [];
}

/** `type: [string, 'null']`, `type: 'null'`, and OpenAPI 3.0's `nullable`. */
function nullability({ fact }: Source, schema: Node): readonly Fact[] {
  if ([child(schema, 'type').value].flat().includes('null')) return fact('nullable', child(schema, 'type'), true);
  const { value } = child(schema, 'nullable');
  return fact('nullable', child(schema, 'nullable'), value === true ? true : undefined);
}

import { definedOnly } from '../defined-only.ts';

/** A type on the page in terms of JSON Schema. `class` is a name that only other rows of the page can explain. */
export type SwaggerType =
  | { readonly kind: 'scalar'; readonly type: 'string' | 'integer' | 'number' | 'boolean'; readonly format?: string }
  | { readonly kind: 'array'; readonly of: string }
  | { readonly kind: 'map'; readonly of: string }
  | { readonly kind: 'object' }
  | { readonly kind: 'class'; readonly name: string }
  | { readonly kind: 'none' };

/** The type of a single value. */
export type Scalar = Extract<SwaggerType, { kind: 'scalar' }>;

/** The type names of Swagger, and equivalent names in Java and on hand-written pages. */
const scalars: Readonly<Record<string, Omit<Scalar, 'kind'>>> = {
  string: { type: 'string' },
  char: { type: 'string' },
  character: { type: 'string' },
  charsequence: { type: 'string' },
  uuid: { type: 'string', format: 'uuid' },
  date: { type: 'string', format: 'date' },
  localdate: { type: 'string', format: 'date' },
  datetime: { type: 'string', format: 'date-time' },
  localdatetime: { type: 'string', format: 'date-time' },
  timestamp: { type: 'string', format: 'date-time' },
  file: { type: 'string', format: 'binary' },
  multipartfile: { type: 'string', format: 'binary' },
  binary: { type: 'string', format: 'binary' },
  integer: { type: 'integer' },
  int: { type: 'integer', format: 'int32' },
  int32: { type: 'integer', format: 'int32' },
  int64: { type: 'integer', format: 'int64' },
  short: { type: 'integer', format: 'int32' },
  long: { type: 'integer', format: 'int64' },
  biginteger: { type: 'integer' },
  number: { type: 'number' },
  float: { type: 'number', format: 'float' },
  double: { type: 'number', format: 'double' },
  bigdecimal: { type: 'number' },
  boolean: { type: 'boolean' },
  bool: { type: 'boolean' },
};

const lists = /^(?:array|list|set|collection|iterable)$/i;
const maps = /^(?:map|hashmap|linkedhashmap|treemap)$/i;

/** Reads a type such as `integer(int32)`, `array`, `List«Device»`, `Map«string,int»`, `string[]` or a class. */
export function swaggerType(text: string): SwaggerType {
  const trimmed = text.trim();
  if (trimmed === '') return { kind: 'none' };
  const [, word = trimmed, format] = /^([^()]*?)\s*\(([^()]*)\)$/.exec(trimmed) ?? [];
  const scalar = scalars[word.toLowerCase()];
  if (scalar !== undefined) return { kind: 'scalar', ...scalar, ...definedOnly({ format }) };
  const [, listed] = /^(.+)\[\]$/.exec(trimmed) ?? [];
  if (listed !== undefined) return { kind: 'array', of: listed };
  const [, outer = trimmed, inner = ''] = /^([^«<[]+)[«<[](.*)[»>\]]$/s.exec(trimmed) ?? [];
  if (lists.test(outer)) return { kind: 'array', of: inner };
  if (maps.test(outer)) return { kind: 'map', of: lastArgument(inner) };
  if (/^(?:object|jsonobject|json)$/i.test(trimmed)) return { kind: 'object' };
  return { kind: 'class', name: trimmed };
}

/** The last type argument: `List«int»` in `string,List«int»`. */
function lastArgument(text: string): string {
  let depth = 0;
  for (let index = text.length - 1; index >= 0; index--) {
    const character = text[index] ?? '';
    if ('»>]'.includes(character)) depth++;
    if ('«<['.includes(character)) depth--;
    if (character === ',' && depth === 0) return text.slice(index + 1).trim();
  }
  return text;
}

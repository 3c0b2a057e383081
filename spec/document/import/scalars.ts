import { fullFormats } from 'ajv-formats/dist/formats.js';
import { isRecord } from '../../is-record.ts';
import type { JsonSchema } from '../../openapi.ts';
import type { DocumentedExample, DocumentField, Place } from '../model.ts';
import { type Scalar, swaggerType } from '../swagger-type.ts';

/** Reports a guess: something that an OpenAPI document needs but the page does not say, and the place where it is missing. */
export type Guess = (at: Place, text: string) => void;

/** Example texts for formats that do not allow an empty text. */
const placeholders: Readonly<Record<string, string>> = {
  'date-time': '2026-01-01T00:00:00Z',
  date: '2026-01-01',
  time: '00:00:00Z',
  uuid: '00000000-0000-4000-8000-000000000000',
  email: 'someone@example.org',
  uri: 'http://example.org/',
  url: 'http://example.org/',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  hostname: 'host.example.org',
};

/** The exporter's default example for a type; for a format, a text that matches it. */
function placeholder({ type, format = '' }: Scalar): unknown {
  if (type === 'string') return placeholders[format] ?? '';
  return type === 'boolean' ? true : 0;
}

/** Whether a text matches a format; unknown formats match any text. */
function isOfFormat(text: string, format: string | undefined): boolean {
  const known = Object.entries(fullFormats).find(([name]) => name === format)?.[1];
  const check: unknown = isRecord(known) && 'validate' in known ? known['validate'] : known;
  if (check instanceof RegExp) return check.test(text);
  return typeof check !== 'function' || (check as (value: string) => unknown)(text) === true;
}

/** The schema of a field with a single value. */
export function scalarSchema(read: Scalar, field: DocumentField, example: unknown, guess: Guess): JsonSchema {
  const { type, format } = read;
  const { name, options } = field;
  const isByte = type === 'string' && format === 'byte';
  if (isByte) guess(field, `${name}: string(byte) is Swagger's name for a Java Byte; a number is accepted too`);
  const isListed = options.length > 0 && options.every(({ meaning }) => meaning === '');
  const isDescribed = options.length > 0 && !isListed;
  if (isDescribed)
    guess(field, `${name}: the description lists values; they are in x-options, and other values are accepted`);
  const values = isListed ? options.map(({ value }) => parseLiteral(value, type)) : [];
  const isOfType = type === 'integer' ? Number.isInteger(example) : typeof example === type;
  const fits =
    isOfType && (!isListed || values.includes(example)) && (typeof example !== 'string' || isOfFormat(example, format));
  return {
    ...remarks(field),
    type: isByte ? ['string', 'integer'] : type,
    ...(format !== undefined && { format }),
    ...(isListed && { enum: [...new Set(values)] }),
    ...(isDescribed && { 'x-options': options }),
    examples: [fits ? example : (values[0] ?? placeholder(read))],
  };
}

function parseLiteral(value: string, type: Scalar['type']): unknown {
  if (type === 'boolean') return value === 'true';
  return type === 'string' || Number.isNaN(Number(value)) ? value : Number(value);
}

/** The page's description of a field, and its source. */
export function remarks({ description, name }: DocumentField): JsonSchema {
  return { description: description || name, 'x-source': 'document' };
}

/** An example value of a field's type, as the exporter would write it. */
export function sampleValue({ type, fields }: DocumentField): unknown {
  const read = swaggerType(type);
  const inner = Object.fromEntries(fields.map((field) => [field.name, sampleValue(field)]));
  if (read.kind === 'array') return fields.length > 0 ? [inner] : [];
  return fields.length > 0 || read.kind !== 'scalar' ? inner : placeholder(read);
}

/** The subject of an example: a field, or the fields of a complete body. */
export type Shown = Pick<DocumentField, 'type' | 'schema' | 'fields'>;

/** A body with these fields. */
export function bodyField(fields: readonly DocumentField[]): Shown {
  return { type: 'object', schema: '', fields };
}

/**
 * The page's example, changed to match its table: a text that does not match its field's format, such as an empty date,
 * becomes a placeholder; fields that no row explains are removed.
 */
export function shownExample(example: DocumentedExample | undefined, shown: Shown, guess: Guess): unknown {
  if (example?.value === undefined) return undefined;
  const unexplained = new Set<string>();
  const value = fitExample(example.value, shown, unexplained);
  const names = [...unexplained].join(', ');
  if (names !== '') guess(example, `the example has ${names}, which no row explains; removed from it`);
  return value;
}

function fitExample(value: unknown, { type, schema, fields }: Shown, unexplained: Set<string>): unknown {
  const read = swaggerType(type);
  const held = { type: 'of' in read && read.of !== '' ? read.of : schema, schema: '', fields };
  if (Array.isArray(value)) return value.map((item: unknown) => fitExample(item, held, unexplained));
  if (isRecord(value)) {
    const entries = Object.entries(value).flatMap(([name, inner]) => {
      if (read.kind === 'map') return [[name, fitExample(inner, held, unexplained)] as const];
      const field = fields.find((known) => known.name === name);
      if (field !== undefined) return [[name, fitExample(inner, field, unexplained)] as const];
      if (fields.length === 0) return [[name, inner] as const];
      unexplained.add(name);
      return [];
    });
    return Object.fromEntries(entries);
  }
  const isText = typeof value === 'string' && read.kind === 'scalar' && read.type === 'string';
  return isText && !isOfFormat(value, read.format) ? placeholder(read) : value;
}

import type { JsonSchema } from '../../openapi.ts';
import type { DocumentField } from '../model.ts';
import type { SwaggerType } from '../swagger-type.ts';
import { isOfFormat, placeholderOf } from './formats.ts';
import type { Guess } from './guess.ts';

/** The schema of a field that holds one value. `guesses` is added to. */
export function scalarSchema(
  { type, format }: Extract<SwaggerType, { kind: 'scalar' }>,
  field: DocumentField,
  example: unknown,
  guesses: Guess[],
): JsonSchema {
  const isByte = type === 'string' && format === 'byte';
  if (isByte)
    guesses.push({
      line: field.line,
      text: `${field.name}: string(byte) is Swagger's word for a Java Byte; a number is accepted too`,
    });
  if (field.options.some(({ meaning }) => meaning !== '')) {
    guesses.push({
      line: field.line,
      text: `${field.name}: its values are listed in words; they are in x-options, and others are not refused`,
    });
  }
  const listed = field.options.length > 0 && field.options.every(({ meaning }) => meaning === '');
  const values = listed ? field.options.map(({ value }) => literal(value, type)) : [];
  const fits =
    isOfType(example, type) &&
    (!listed || values.includes(example)) &&
    (typeof example !== 'string' || isOfFormat(example, format));
  const placeholder = type === 'string' ? placeholderOf(format) : placeholders[type];
  return {
    ...remarks(field),
    type: isByte ? ['string', 'integer'] : type,
    ...(format === undefined ? {} : { format }),
    ...(listed ? { enum: [...new Set(values)] } : {}),
    ...(field.options.length > 0 && !listed ? { 'x-options': field.options } : {}),
    examples: [fits ? example : (values[0] ?? placeholder)],
  };
}

/** What the exporter itself shows where it has no example. */
const placeholders = { integer: 0, number: 0, boolean: true } as const;

/** What the page says of a field, and that it says so. */
export function remarks({ description, name }: DocumentField): JsonSchema {
  return { description: description === '' ? name : description, 'x-source': 'document' };
}

/** A schema with a description of its own, where there is one. */
export function described(schema: JsonSchema, description: string): JsonSchema {
  if (description === '') return schema;
  return schema.$ref === undefined ? { ...schema, description } : { description, ...schema };
}

function literal(value: string, type: 'string' | 'integer' | 'number' | 'boolean'): unknown {
  if (type === 'boolean') return value === 'true';
  return type === 'string' || Number.isNaN(Number(value)) ? value : Number(value);
}

function isOfType(value: unknown, type: string): boolean {
  return type === 'integer' ? Number.isInteger(value) : typeof value === type;
}

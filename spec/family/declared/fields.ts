import { isRecord } from '../../is-record.ts';
import type { AnyOpenApi, AnyOperation, JsonSchema } from '../../openapi.ts';
import type { DeclaredField, FieldFacts } from './model.ts';
import { itemStep } from './model.ts';

/** Objects in objects are read to this depth; a class that contains itself has no end. */
const deepest = 6;

type Reading = {
  readonly document: AnyOpenApi;
  readonly facts: Readonly<Record<string, FieldFacts>>;
};

/** The media types of a body that bindgate can send. */
export const bodyTypes: Readonly<Record<string, 'json' | 'form'>> = {
  'application/json': 'json',
  'application/x-www-form-urlencoded': 'form',
};

/** Every field of an operation's request, outer ones first: parameters, then the body. */
export function readFields(
  { parameters = [], requestBody }: Pick<AnyOperation, 'parameters' | 'requestBody'>,
  reading: Reading,
): readonly DeclaredField[] {
  const inParameters = parameters.flatMap(({ name, in: place, required = false, description = '', schema }) =>
    toFields(
      { ...schema, ...(description !== '' && { description }) },
      [name],
      place as DeclaredField['place'],
      required,
      required,
      reading,
    ),
  );
  const [type, media] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  if (type === undefined || media === undefined) return inParameters;
  const place = bodyTypes[type] === 'form' ? 'form' : 'body';
  const schema = resolve(media.schema, reading.document);
  const always = requestBody?.required !== false;
  const inBody =
    typeOf(schema) === 'object'
      ? inner(schema, [], place, always, reading)
      : toFields(schema, [], place, always, always, reading);
  return [...inParameters, ...inBody];
}

function toFields(
  unresolved: JsonSchema,
  steps: readonly string[],
  place: DeclaredField['place'],
  required: boolean,
  always: boolean,
  reading: Reading,
): readonly DeclaredField[] {
  const schema = resolve(unresolved, reading.document);
  const type = typeOf(schema);
  const name = nameOf(steps);
  const field: DeclaredField = {
    name,
    steps,
    place,
    type,
    required,
    always,
    description: (unresolved.description ?? schema.description ?? '').trim(),
    listed: listedValues(schema, type),
    facts: reading.facts[name] ?? {},
  };
  // A body that is a list has no name of its own.
  const own = steps.length === 0 ? [] : [field];
  if (steps.length >= deepest) return own;
  if (type === 'object') return [...own, ...inner(schema, steps, place, always, reading)];
  const items = schema['items'];
  if (type !== 'array' || !isRecord(items)) return own;
  const item = resolve(items, reading.document);
  const itemSteps = [...steps, itemStep];
  if (typeOf(item) === 'object') return [...own, ...inner(item, itemSteps, place, always, reading)];
  return steps.length === 0 ? toFields(item, itemSteps, place, true, always, reading) : own;
}

function inner(
  schema: JsonSchema,
  steps: readonly string[],
  place: DeclaredField['place'],
  always: boolean,
  reading: Reading,
): readonly DeclaredField[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const required = schema.required?.includes(name) === true;
    return toFields(property, [...steps, name], place, required, always && required, reading);
  });
}

/** A path as text. */
function nameOf(steps: readonly string[]): string {
  return steps.reduce((name, step) => (step === itemStep || name === '' ? name + step : `${name}.${step}`), '');
}

function resolve(schema: JsonSchema, { components }: AnyOpenApi): JsonSchema {
  const name = schema.$ref?.replace('#/components/schemas/', '');
  return name === undefined ? schema : (components.schemas[name] ?? {});
}

function typeOf({ type, properties }: JsonSchema): DeclaredField['type'] {
  const first = Array.isArray(type) ? type.find((one) => one !== 'null') : type;
  if (first === 'integer' || first === 'number' || first === 'boolean' || first === 'array' || first === 'object')
    return first;
  return properties === undefined ? 'string' : 'object';
}

/** The values that the page lists: an enumeration, or the options in a description. A boolean has both values. */
function listedValues(schema: JsonSchema, type: DeclaredField['type']): DeclaredField['listed'] {
  if (type === 'boolean') return [true, false];
  const listed: unknown = schema['enum'] ?? schema['x-options'];
  if (!Array.isArray(listed)) return [];
  return listed.flatMap((one: unknown): readonly (string | number)[] => {
    const value = isRecord(one) ? one['value'] : one;
    const isNumber = (type === 'integer' || type === 'number') && value !== '' && !Number.isNaN(Number(value));
    if (isNumber) return [Number(value)];
    return type === 'string' && typeof value === 'string' ? [value] : [];
  });
}

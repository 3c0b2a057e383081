import { isRecord } from '../../is-record.ts';
import type { AnyOpenApi, AnyOperation, JsonSchema } from '../../openapi.ts';
import { type DeclaredField, type FieldFacts, itemStep } from './model.ts';

/** Objects in objects are read to this depth; a class that contains itself has no end. */
const deepest = 6;

/** The media types of a body that bindgate can send. */
export const bodyTypes: Readonly<Record<string, 'json' | 'form'>> = {
  'application/json': 'json',
  'application/x-www-form-urlencoded': 'form',
};

/** Where a field is, and whether it is required there. */
type Spot = Pick<DeclaredField, 'steps' | 'place' | 'required' | 'always'>;

/** Every field of an operation's request, outer ones first: parameters, then the body. */
export function readFields(
  { parameters = [], requestBody }: Pick<AnyOperation, 'parameters' | 'requestBody'>,
  { components: { schemas } }: AnyOpenApi,
  facts: Readonly<Record<string, FieldFacts>>,
): readonly DeclaredField[] {
  const resolve = (schema: JsonSchema): JsonSchema =>
    schema.$ref === undefined ? schema : (schemas[schema.$ref.replace('#/components/schemas/', '')] ?? {});
  const toFields = (unresolved: JsonSchema, spot: Spot): readonly DeclaredField[] => {
    const schema = resolve(unresolved);
    const type = typeOf(schema);
    const name = nameOf(spot.steps);
    const description = (unresolved.description ?? schema.description ?? '').trim();
    const field = { ...spot, name, type, description, listed: listedValues(schema, type), facts: facts[name] ?? {} };
    // A body has no name of its own.
    const isBody = spot.steps.length === 0;
    const own = isBody ? [] : [field];
    if (spot.steps.length >= deepest) return own;
    if (type === 'object') return [...own, ...inner(schema, spot)];
    const items = schema['items'];
    if (type !== 'array' || !isRecord(items)) return own;
    const held = resolve(items);
    const item = { ...spot, steps: [...spot.steps, itemStep], required: true };
    if (typeOf(held) === 'object') return [...own, ...inner(held, item)];
    return isBody ? toFields(held, item) : own;
  };
  const inner = ({ properties = {}, required: marked = [] }: JsonSchema, outer: Spot): readonly DeclaredField[] =>
    Object.entries(properties).flatMap(([name, property]) => {
      const required = marked.includes(name);
      return toFields(property, {
        steps: [...outer.steps, name],
        place: outer.place,
        required,
        always: outer.always && required,
      });
    });
  const inParameters = parameters.flatMap(({ name, in: place, required = false, description = '', schema }) =>
    toFields(
      { ...schema, ...(description !== '' && { description }) },
      { steps: [name], place: place as DeclaredField['place'], required, always: required },
    ),
  );
  const [type, media] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  if (type === undefined || media === undefined) return inParameters;
  const place = bodyTypes[type] === 'form' ? 'form' : 'body';
  const always = requestBody?.required !== false;
  return [...inParameters, ...toFields(media.schema, { steps: [], place, required: always, always })];
}

function nameOf(steps: readonly string[]): string {
  return steps.reduce((name, step) => (step === itemStep || name === '' ? name + step : `${name}.${step}`), '');
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

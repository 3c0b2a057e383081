import type { JsonSchema } from '../../openapi.ts';
import type { DocumentField } from '../model.ts';
import { swaggerType } from '../swagger-type.ts';
import { placeholderOf } from './formats.ts';

const placeholders = { integer: 0, number: 0, boolean: true } as const;

/** A value of a field's type, as the exporter itself would show it. */
export function sampleOf({ type, fields }: DocumentField): unknown {
  const read = swaggerType(type);
  const inner = Object.fromEntries(fields.map((field) => [field.name, sampleOf(field)]));
  if (read.kind === 'array') return fields.length > 0 ? [inner] : [];
  if (fields.length > 0 || read.kind !== 'scalar') return inner;
  return read.type === 'string' ? placeholderOf(read.format) : placeholders[read.type];
}

/** A value that a schema of an imported document accepts. A class that holds itself ends in an empty object or null. */
export function sampleOfSchema(
  schema: JsonSchema,
  components: Readonly<Record<string, JsonSchema>>,
  depth = 0,
): unknown {
  if (schema.$ref !== undefined) {
    const component = components[schema.$ref.slice('#/components/schemas/'.length)];
    return component === undefined || depth > 12 ? {} : sampleOfSchema(component, components, depth + 1);
  }
  const [branch] = schema.anyOf ?? [];
  if (branch !== undefined) return sampleOfSchema(branch, components, depth);
  if ('const' in schema) return schema['const'];
  if (schema.examples !== undefined) return schema.examples[0];
  if (schema.type === 'array') return [];
  const properties = Object.entries(schema.properties ?? {});
  const wanted = depth > 6 ? properties.filter(([name]) => schema.required?.includes(name)) : properties;
  return Object.fromEntries(wanted.map(([name, inner]) => [name, sampleOfSchema(inner, components, depth + 1)]));
}

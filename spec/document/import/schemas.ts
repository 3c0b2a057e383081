import { isRecord } from '../../is-record.ts';
import type { JsonSchema } from '../../openapi.ts';
import type { DocumentField, VendorDocument } from '../model.ts';
import { type SwaggerType, swaggerType } from '../swagger-type.ts';
import { type Guess, remarks, scalarSchema } from './scalars.ts';

/** Makes the schemas of a document from fields; each class of the page becomes one component. */
export type Schemas = {
  readonly guess: Guess;
  /** The schema of a field; `example` is its value in the page's example. */
  readonly ofField: (field: DocumentField, example?: unknown) => JsonSchema;
  /** Adds a component with an unused name, and returns a reference to it. */
  readonly add: (wanted: string, schema: JsonSchema) => JsonSchema;
  readonly components: () => Readonly<Record<string, JsonSchema>>;
};

/** The schemas of a page. */
export function createSchemas(document: VendorDocument, guess: Guess): Schemas {
  const components = new Map<string, JsonSchema>();
  const classes = new Map<string, { readonly name: string; readonly field: DocumentField }[]>();
  const explained = fieldsByClass(document);

  const add = (wanted: string, schema: JsonSchema): JsonSchema => {
    const name = freeName(wanted, components);
    components.set(name, schema);
    return reference(name);
  };

  /** The component of a class. Rows of the same class with other fields get a separate component. */
  const ofClass = (name: string, field: DocumentField, example: unknown): JsonSchema => {
    const known = (classes.get(name) ?? []).find((other) => sameFields(other.field.fields, field.fields));
    if (known !== undefined) return reference(known.name);
    const component = freeName(componentName(name) || componentName(field.name) || 'Schema', components);
    classes.set(name, [...(classes.get(name) ?? []), { name: component, field }]);
    // Reserve the name first, because a field may have the same class.
    components.set(component, {});
    components.set(component, {
      title: name,
      description: field.description || field.name,
      ...objectSchema(field.fields, (inner) => ofField(inner, member(example, inner.name))),
    });
    return reference(component);
  };

  /** The schema of an array's or a map's items. */
  const inner = (text: string, field: DocumentField, example: unknown): JsonSchema => {
    const type = swaggerType(text);
    if (field.fields.length === 0) return toSchema(type, { ...field, description: '' }, example);
    if (type.kind === 'array' || type.kind === 'map') return wrapped(type, text, field, example);
    return ofClass(type.kind === 'class' ? type.name : `${field.name}Item`, field, example);
  };

  const wrapped = (
    type: Extract<SwaggerType, { of: string }>,
    text: string,
    field: DocumentField,
    example: unknown,
  ): JsonSchema => {
    // For `array`, the schema column has the type of its items.
    const of =
      type.of === '' && text === field.type && swaggerType(field.schema).kind !== 'array' ? field.schema : type.of;
    if (of === '' && field.fields.length === 0)
      guess(field, `${field.name}: the page does not say what the ${text} holds; any value is allowed`);
    const all: readonly unknown[] = Array.isArray(example) ? example : Object.values(isRecord(example) ? example : {});
    const held = inner(of, field, all[0]);
    return type.kind === 'array'
      ? { ...remarks(field), type: 'array', items: described(held, `An item of ${field.name}.`) }
      : { ...remarks(field), type: 'object', additionalProperties: described(held, `A value of ${field.name}.`) };
  };

  const toSchema = (type: SwaggerType, field: DocumentField, example: unknown): JsonSchema => {
    switch (type.kind) {
      case 'scalar':
        return scalarSchema(type, field, example, guess);
      case 'array':
      case 'map':
        return wrapped(type, field.type, field, example);
      case 'object':
        return { ...remarks(field), type: 'object' };
      case 'none':
        guess(field, `${field.name}: has no type; any value is allowed`);
        return remarks(field);
      case 'class': {
        const known = explained.get(type.name);
        if (known !== undefined) return described(ofClass(type.name, known, undefined), field.description);
        guess(field, `${field.name}: the class ${type.name} is not explained; any object is allowed`);
        return { ...remarks(field), type: 'object' };
      }
    }
  };

  const ofField = (field: DocumentField, example?: unknown): JsonSchema => {
    const type = swaggerType(field.type);
    if (field.fields.length === 0) return toSchema(type, field, example);
    if (type.kind === 'array' || type.kind === 'map') return wrapped(type, field.type, field, example);
    if (type.kind === 'scalar')
      guess(field, `${field.name}: has the type ${field.type}, but also fields; assumed an object`);
    const name = type.kind === 'class' ? type.name : field.name;
    return described(ofClass(field.schema || name, field, example), field.description);
  };

  return { guess, ofField, add, components: () => Object.fromEntries(components) };
}

/** The schema of an object with these fields. */
export function objectSchema(
  fields: readonly DocumentField[],
  toSchema: (field: DocumentField) => JsonSchema,
): JsonSchema {
  const required = new Set(fields.filter((field) => field.required === true).map(({ name }) => name));
  return {
    type: 'object',
    ...(required.size > 0 && { required: [...required] }),
    properties: Object.fromEntries(fields.map((field) => [field.name, toSchema(field)])),
  };
}

/** For each class, the first field on the page that has its fields. */
function fieldsByClass({ parameters, responses }: VendorDocument): ReadonlyMap<string, DocumentField> {
  const found = new Map<string, DocumentField>();
  const walk = (fields: readonly DocumentField[]): void => {
    for (const field of fields) {
      for (const name of [field.schema, field.type]) {
        const isClass = swaggerType(name).kind === 'class';
        if (isClass && field.fields.length > 0 && !found.has(name)) found.set(name, field);
      }
      walk(field.fields);
    }
  };
  walk(parameters);
  for (const { fields } of responses) walk(fields);
  return found;
}

/** Whether two lists of rows are equal, including the rows below them. */
function sameFields(some: readonly DocumentField[], others: readonly DocumentField[]): boolean {
  const words = (fields: readonly DocumentField[]): string =>
    JSON.stringify(fields, ['name', 'type', 'schema', 'required', 'description', 'fields']);
  return words(some) === words(others);
}

function member(example: unknown, name: string): unknown {
  return isRecord(example) && Object.hasOwn(example, name) ? example[name] : undefined;
}

function reference(name: string): JsonSchema {
  return { $ref: `#/components/schemas/${name}` };
}

/** A schema with a separate description, if there is one. */
function described(schema: JsonSchema, description: string): JsonSchema {
  if (description === '') return schema;
  return schema.$ref === undefined ? { ...schema, description } : { description, ...schema };
}

/** The component name of a class: only letters and digits. A Chinese name becomes empty. */
function componentName(name: string): string {
  const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

function freeName(wanted: string, taken: ReadonlyMap<string, unknown>): string {
  if (!taken.has(wanted)) return wanted;
  for (let number = 2; ; number++) if (!taken.has(`${wanted}${number}`)) return `${wanted}${number}`;
}

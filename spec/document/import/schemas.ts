import type { JsonSchema } from '../../openapi.ts';
import type { DocumentField, VendorDocument } from '../model.ts';
import { type SwaggerType, swaggerType } from '../swagger-type.ts';
import { fieldsByClass, sameFields } from './classes.ts';
import type { Guess } from './guess.ts';
import { isRecord } from './is-record.ts';
import { described, remarks, scalarSchema } from './scalar-schema.ts';

/** Makes schemas of fields; each class of the page becomes a component, once. */
export type Schemas = {
  /** The schema of a field; `example` is what the page's example shows of it. */
  readonly ofField: (field: DocumentField, example: unknown) => JsonSchema;
  /** Adds a component under a name that is still free, and returns the reference to it. */
  readonly add: (wanted: string, schema: JsonSchema) => JsonSchema;
  readonly components: () => Readonly<Record<string, JsonSchema>>;
};

type Known = { readonly name: string; readonly field: DocumentField };

/** @param guesses is added to. */
export function createSchemas(document: VendorDocument, guesses: Guess[]): Schemas {
  const components = new Map<string, JsonSchema>();
  const classes = new Map<string, Known[]>();
  const explained = fieldsByClass(document);

  const add = (wanted: string, schema: JsonSchema): JsonSchema => {
    const name = freeName(wanted, components);
    components.set(name, schema);
    return reference(name);
  };

  /** The component of a class. Rows of one class with other fields are another component. */
  const ofClass = (name: string, field: DocumentField, example: unknown): JsonSchema => {
    const known = (classes.get(name) ?? []).find((other) => sameFields(other.field.fields, field.fields));
    if (known !== undefined) return reference(known.name);
    const component = freeName(componentName(name) || componentName(field.name) || 'Schema', components);
    classes.set(name, [...(classes.get(name) ?? []), { name: component, field }]);
    // Taken before its fields are made: one of them may be of the same class.
    components.set(component, {});
    components.set(component, objectOf(name, field, example));
    return reference(component);
  };

  const objectOf = (title: string, { description, name, fields }: DocumentField, example: unknown): JsonSchema => {
    const required = fields.filter((inner) => inner.required === true).map((inner) => inner.name);
    return {
      title,
      description: description === '' ? name : description,
      type: 'object',
      ...(required.length === 0 ? {} : { required: [...new Set(required)] }),
      properties: Object.fromEntries(fields.map((inner) => [inner.name, ofField(inner, member(example, inner.name))])),
    };
  };

  /** What a field of a class, an array or a map holds. */
  const inner = (text: string, field: DocumentField, example: unknown): JsonSchema => {
    const type = swaggerType(text);
    if (field.fields.length > 0) {
      return type.kind === 'array' || type.kind === 'map'
        ? wrapped(type, text, field, example)
        : ofClass(type.kind === 'class' ? type.name : `${field.name}Item`, field, example);
    }
    return schemaOf(type, { ...field, description: '' }, example);
  };

  const wrapped = (
    type: Extract<SwaggerType, { of: string }>,
    text: string,
    field: DocumentField,
    example: unknown,
  ): JsonSchema => {
    // `array` says in the schema column what it holds.
    const of =
      type.of === '' && text === field.type && swaggerType(field.schema).kind !== 'array' ? field.schema : type.of;
    if (of === '' && field.fields.length === 0)
      guesses.push({
        line: field.line,
        text: `${field.name}: what the ${text} holds is not said; anything may stand in it`,
      });
    const first = Array.isArray(example)
      ? (example as unknown[])[0]
      : Object.values(isRecord(example) ? example : {})[0];
    const held = inner(of, field, first);
    return type.kind === 'array'
      ? { ...remarks(field), type: 'array', items: described(held, `One of ${field.name}.`) }
      : { ...remarks(field), type: 'object', additionalProperties: described(held, `A value of ${field.name}.`) };
  };

  const schemaOf = (type: SwaggerType, field: DocumentField, example: unknown): JsonSchema => {
    switch (type.kind) {
      case 'scalar':
        return scalarSchema(type, field, example, guesses);
      case 'array':
      case 'map':
        return wrapped(type, field.type, field, example);
      case 'object':
        return { ...remarks(field), type: 'object' };
      case 'none':
        guesses.push({ line: field.line, text: `${field.name}: no type is said; anything may stand there` });
        return remarks(field);
      case 'class': {
        const known = explained.get(type.name);
        if (known !== undefined) return described(ofClass(type.name, known, undefined), field.description);
        guesses.push({
          line: field.line,
          text: `${field.name}: the class ${type.name} is not explained; any object may stand there`,
        });
        return { ...remarks(field), type: 'object' };
      }
    }
  };

  const ofField = (field: DocumentField, example: unknown): JsonSchema => {
    const type = swaggerType(field.type);
    if (field.fields.length === 0) return schemaOf(type, field, example);
    if (type.kind === 'array' || type.kind === 'map') return wrapped(type, field.type, field, example);
    if (type.kind === 'scalar')
      guesses.push({
        line: field.line,
        text: `${field.name}: typed ${field.type}, but it has fields; taken for an object`,
      });
    const name = type.kind === 'class' ? type.name : field.name;
    return described(ofClass(field.schema || name, field, example), field.description);
  };

  return { ofField, add, components: () => Object.fromEntries(components) };
}

function member(example: unknown, name: string): unknown {
  return isRecord(example) && Object.hasOwn(example, name) ? example[name] : undefined;
}

function reference(name: string): JsonSchema {
  return { $ref: `#/components/schemas/${name}` };
}

/** A class as a component may be called: letters and digits; what is left of a name in Chinese may be nothing. */
function componentName(name: string): string {
  const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

function freeName(wanted: string, taken: ReadonlyMap<string, unknown>): string {
  if (!taken.has(wanted)) return wanted;
  for (let number = 2; ; number++) if (!taken.has(`${wanted}${number}`)) return `${wanted}${number}`;
}

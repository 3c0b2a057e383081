import { pointerStep } from './json-pointer.ts';
import type { JsonSchema, MediaType, OpenApiDocument } from './openapi.ts';
import { operationOf } from './openapi.ts';

/** A schema and the JSON pointer at which it stands in the document. */
export type PlacedSchema = { readonly pointer: string; readonly schema: JsonSchema };

/** A body of the operation and the JSON pointer at which it stands in the document. */
export type PlacedBody = { readonly pointer: string; readonly body: MediaType };

const one = ['not', 'items', 'additionalProperties'] as const;
const many = ['oneOf', 'anyOf', 'allOf'] as const;

/** Every schema of a document, the inner ones too, each once: references are not followed. */
export function allSchemas(document: OpenApiDocument): readonly PlacedSchema[] {
  const named = Object.entries(document.components.schemas).map(([name, schema]) => ({
    pointer: `/components/schemas${pointerStep(name)}`,
    schema,
  }));
  const ofBodies = allBodies(document).map(({ pointer, body }) => ({
    pointer: `${pointer}/schema`,
    schema: body.schema,
  }));
  return [...named, ...ofBodies].flatMap(withInner);
}

/** The request's body and the response's. */
export function allBodies(document: OpenApiDocument): readonly PlacedBody[] {
  const { requestBody, responses } = operationOf(document);
  const operation = `/paths${pointerStep(Object.keys(document.paths)[0] ?? '')}/post`;
  const media = `/content${pointerStep('application/json')}`;
  return [
    { pointer: `${operation}/requestBody${media}`, body: requestBody.content['application/json'] },
    { pointer: `${operation}/responses/200${media}`, body: responses['200'].content['application/json'] },
  ];
}

function withInner(placed: PlacedSchema): readonly PlacedSchema[] {
  const { pointer, schema } = placed;
  const inner = [
    ...Object.entries(schema.properties ?? {}).map(
      ([name, value]) => [`/properties${pointerStep(name)}`, value] as const,
    ),
    ...one.map((keyword) => [`/${keyword}`, schema[keyword]] as const),
    ...many.flatMap((keyword) => {
      const branches = schema[keyword];
      return Array.isArray(branches) ? branches.map((value, index) => [`/${keyword}/${index}`, value] as const) : [];
    }),
  ];
  return [
    placed,
    ...inner.flatMap(([step, value]) => (isSchema(value) ? withInner({ pointer: pointer + step, schema: value }) : [])),
  ];
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

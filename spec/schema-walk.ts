import { isRecord } from './is-record.ts';
import { pointerStep } from './json-pointer.ts';
import type { AnyOpenApi, AnyOperation, JsonSchema, MediaType } from './openapi.ts';

/** A schema and its JSON pointer in the document. */
export type PlacedSchema = { readonly pointer: string; readonly schema: JsonSchema };

/** An operation, how it is called and its JSON pointer in the document. `method` is in lower case. */
export type PlacedOperation = {
  readonly pointer: string;
  readonly path: string;
  readonly method: string;
  readonly operation: AnyOperation;
};

/** A body of an operation and its JSON pointer in the document. */
export type PlacedBody = { readonly pointer: string; readonly body: MediaType };

const one = ['not', 'items', 'additionalProperties'] as const;
const many = ['oneOf', 'anyOf', 'allOf'] as const;

/** Every schema of a document, including inner ones. Each appears once, because references are not followed. */
export function allSchemas(document: AnyOpenApi): readonly PlacedSchema[] {
  const named = Object.entries(document.components.schemas).map(([name, schema]) => ({
    pointer: `/components/schemas${pointerStep(name)}`,
    schema,
  }));
  const ofBodies = allBodies(document).map(({ pointer, body }) => ({
    pointer: `${pointer}/schema`,
    schema: body.schema,
  }));
  return [...named, ...allOperations(document).flatMap(parameterSchemas), ...ofBodies].flatMap(withInner);
}

/** Every operation of a document. */
export function allOperations(document: AnyOpenApi): readonly PlacedOperation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      pointer: `/paths${pointerStep(path)}/${method}`,
      path,
      method,
      operation,
    })),
  );
}

/** The bodies of every operation: the request body if there is one, then the response bodies. */
export function allBodies(document: AnyOpenApi): readonly PlacedBody[] {
  return allOperations(document).flatMap(({ pointer, operation }) => [
    ...placeBodies(`${pointer}/requestBody`, operation.requestBody?.content),
    ...responseBodies({ pointer, operation }),
  ]);
}

/** The bodies of an operation's responses. */
export function responseBodies({
  pointer,
  operation,
}: Pick<PlacedOperation, 'pointer' | 'operation'>): readonly PlacedBody[] {
  return Object.entries(operation.responses).flatMap(([status, { content }]) =>
    placeBodies(`${pointer}/responses/${status}`, content),
  );
}

function placeBodies(pointer: string, content: Readonly<Record<string, MediaType>> = {}): readonly PlacedBody[] {
  return Object.entries(content).map(([type, body]) => ({ pointer: `${pointer}/content${pointerStep(type)}`, body }));
}

/** The schemas of parameters and of response headers. */
function parameterSchemas({ pointer, operation }: PlacedOperation): readonly PlacedSchema[] {
  const { parameters = [], responses } = operation;
  return [
    ...parameters.map(({ schema }, index) => ({ pointer: `${pointer}/parameters/${index}/schema`, schema })),
    ...Object.entries(responses).flatMap(([status, { headers = {} }]) =>
      Object.entries(headers).map(([name, { schema }]) => ({
        pointer: `${pointer}/responses/${status}/headers${pointerStep(name)}/schema`,
        schema,
      })),
    ),
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
    ...inner.flatMap(([step, value]) => (isRecord(value) ? withInner({ pointer: pointer + step, schema: value }) : [])),
  ];
}

import { parse } from 'yaml';

/** A JSON Schema, with the keywords that the project uses. */
export type JsonSchema = {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly oneOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly examples?: readonly unknown[];
  readonly [keyword: string]: unknown;
};

/** A named example of a body. */
export type NamedExample = { readonly summary?: string; readonly value: unknown };

/** One media type of a body: its schema and its named examples, in the file's order. */
export type MediaType = { readonly schema: JsonSchema; readonly examples?: Readonly<Record<string, NamedExample>> };

/** A business code and its meaning: an entry of an operation's `x-codes`; `inferred` if it is not distinguishable from others. */
export type CodeMeaning = { readonly code: number; readonly meaning: string; readonly basis?: 'inferred' };

/** A parameter in the query, the path, a header or a cookie. */
export type OpenApiParameter = {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
  readonly schema: JsonSchema;
};

/** The response for an HTTP status. */
export type OpenApiResponse = {
  readonly description?: string;
  readonly headers?: Readonly<Record<string, { readonly description?: string; readonly schema: JsonSchema }>>;
  readonly content?: Readonly<Record<string, MediaType>>;
};

/** An operation of any specification that the project reads or makes, with the keywords that it uses. */
export type AnyOperation = {
  readonly parameters?: readonly OpenApiParameter[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Readonly<Record<string, MediaType>> };
  readonly responses: Readonly<Record<string, OpenApiResponse>>;
  readonly 'x-codes'?: readonly CodeMeaning[];
  readonly [keyword: string]: unknown;
};

/** Any specification that the project reads or makes: `openapi.yaml`, or one imported from a page of the vendor. */
export type AnyOpenApi = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, AnyOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>>; readonly securitySchemes?: object };
  readonly [section: string]: unknown;
};

/** Parses a specification; only lint checks its structure. @throws YAMLParseError if the text is not YAML. */
export function parseOpenApi(text: string): AnyOpenApi {
  return parse(text) as AnyOpenApi;
}

/** The operation of `openapi.yaml`: the POST of its only path. @throws Error if it is missing. */
export function findOperation(document: AnyOpenApi): AnyOperation {
  const operation = Object.values(document.paths)[0]?.['post'];
  if (operation === undefined) throw new Error('openapi.yaml has no path with a POST operation');
  return operation;
}

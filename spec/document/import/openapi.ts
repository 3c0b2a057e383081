import type { CodeMeaning, JsonSchema, MediaType } from '../../openapi.ts';

/** A parameter of the query, the path, a header or a cookie. */
export type OpenApiParameter = {
  readonly name: string;
  readonly in: 'query' | 'path' | 'header' | 'cookie';
  readonly required: boolean;
  readonly description: string;
  readonly schema: JsonSchema;
};

/** A header of an answer. */
export type OpenApiHeader = { readonly description: string; readonly schema: JsonSchema };

/** The answer to an HTTP status. */
export type OpenApiResponse = {
  readonly description: string;
  readonly headers?: Readonly<Record<string, OpenApiHeader>>;
  readonly content?: Readonly<Record<string, MediaType>>;
};

/** The one operation of an imported document. */
export type ImportedOperation = {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description: string;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly OpenApiParameter[];
  readonly requestBody?: { readonly required: boolean; readonly content: Readonly<Record<string, MediaType>> };
  readonly responses: Readonly<Record<string, OpenApiResponse>>;
  readonly 'x-codes': readonly CodeMeaning[];
};

/** An OpenAPI 3.1 document with one operation, made from a page of the vendor's export. */
export type ImportedOpenApi = {
  readonly openapi: '3.1.0';
  readonly jsonSchemaDialect: string;
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly servers: readonly { readonly url: string; readonly description: string }[];
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, ImportedOperation>>>>;
  readonly components: {
    readonly securitySchemes?: Readonly<Record<string, object>>;
    readonly schemas: Readonly<Record<string, JsonSchema>>;
  };
};

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

/** The parts of the OpenAPI document that the code reads. */
export type OpenApiDocument = {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, { readonly post: Operation }>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
};

/** The operation: its request and its one response, with examples by name. */
export type Operation = {
  readonly requestBody: { readonly content: { readonly 'application/json': MediaType } };
  readonly responses: { readonly '200': { readonly content: { readonly 'application/json': MediaType } } };
};

type MediaType = {
  readonly schema: object;
  readonly examples: Readonly<Record<string, { readonly summary: string; readonly value: unknown }>>;
};

/** Where openapi.yaml stands. */
export const openApiPath: string = fileURLToPath(new URL('./openapi.yaml', import.meta.url));

let loaded: OpenApiDocument | undefined;

/** The contract, read once. */
export function loadOpenApi(): OpenApiDocument {
  loaded ??= parse(readFileSync(openApiPath, 'utf8')) as OpenApiDocument;
  return loaded;
}

/** The operation of a document. */
export function operationOf(document: OpenApiDocument): Operation {
  const [path] = Object.values(document.paths);
  if (path === undefined) throw new Error('spec/openapi.yaml has no path');
  return path.post;
}

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { GeneratedFrom } from '../generate.ts';
import { type OpenApiDocument, parseOpenApi } from '../openapi.ts';

/** The name by which messages call the contract's file. */
export const openApiName = 'spec/pure-bt/openapi.yaml';

/** The path of `openapi.yaml` on disk, for tools that read it themselves. */
export const openApiPath: string = fileURLToPath(new URL('openapi.yaml', import.meta.url));

let cached: OpenApiDocument | undefined;

/** The specification, parsed once. It is shared: change a `structuredClone`, never this. */
export function loadOpenApi(): OpenApiDocument {
  cached ??= parseOpenApi(readOpenApi());
  return cached;
}

/** The text of `openapi.yaml`. */
export function readOpenApi(): string {
  return readFileSync(openApiPath, 'utf8');
}

/** What the generated files are made from. `Envelope` and `BindingRequest` are choices between the validated schemas. */
export function generatedFrom(yaml: string = readOpenApi()): GeneratedFrom {
  return {
    yaml,
    folder: new URL('.', import.meta.url),
    validated: ['PlainBindingRequest', 'EncryptedBindingRequest', 'SuccessEnvelope', 'FailureEnvelope'],
    example: ({ code, meaning }) =>
      code === 200
        ? { code, msg: '', data: { verified: 1 }, extMsg: null }
        : { code, msg: meaning, data: null, extMsg: null },
  };
}

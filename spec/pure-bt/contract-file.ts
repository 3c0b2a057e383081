import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type AnyOpenApi, parseOpenApi } from '../openapi.ts';

/** The name of the contract's file in messages. */
export const openApiName = 'spec/pure-bt/openapi.yaml';

/** The path of `openapi.yaml` on disk, for tools that read the file directly. */
export const openApiPath: string = fileURLToPath(new URL('openapi.yaml', import.meta.url));

let cached: AnyOpenApi | undefined;

/** The specification, parsed once. It is shared: do not change it, change a `structuredClone`. */
export function loadOpenApi(): AnyOpenApi {
  cached ??= parseOpenApi(readOpenApi());
  return cached;
}

/** The text of `openapi.yaml`. */
export function readOpenApi(): string {
  return readFileSync(openApiPath, 'utf8');
}

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseOpenApi, readOpenApi } from './openapi.ts';

/** A file made from `openapi.yaml`: its name in this folder, its path on disk and its text. */
export type GeneratedFile = { readonly name: string; readonly path: string; readonly text: string };

/** The command that writes the generated files, for messages. */
export const generateCommand = 'npm run generate';

/** The schemas that get a validator of their own. `Envelope` and `BindingRequest` are choices between these. */
const validated = ['PlainBindingRequest', 'EncryptedBindingRequest', 'SuccessEnvelope', 'FailureEnvelope'] as const;

/** Keywords that say nothing to a validator. */
const remarks: ReadonlySet<string> = new Set([
  'description',
  'title',
  'examples',
  'default',
  'x-source',
  'x-dialect',
  'x-document',
  'x-options',
]);

/** TypeScript types of the specification, by openapi-typescript. The same YAML gives the same text. */
export async function generateTypes(yaml: string = readOpenApi()): Promise<string> {
  // Development tools, and slow to load: only who generates needs them.
  const { astToString, default: openapiTypescript } = await import('openapi-typescript');
  // A field with a default stays optional: it is the caller's to leave out.
  const nodes = await openapiTypescript(parseOpenApi(yaml) as object as Parameters<typeof openapiTypescript>[0], {
    defaultNonNullable: false,
    alphabetize: false,
    silent: true,
  });
  return header('openapi-typescript') + astToString(nodes);
}

/**
 * Validators of the specification's schemas as code, by Ajv. The same YAML gives the same text.
 * Parsing the YAML, loading Ajv and compiling would take 120 ms at each start; loading the file takes 4.
 */
export async function generateValidators(yaml: string = readOpenApi()): Promise<string> {
  const { createAjv, schemaReference } = await import('./json-schema.ts');
  const { default: standalone } = await import('ajv/dist/standalone/index.js');
  const { components } = withoutRemarks(parseOpenApi(yaml)) as ReturnType<typeof parseOpenApi>;
  const ajv = createAjv({ components, paths: {} }, { source: true, esm: true, lines: true });
  ajv.opts.messages = false;
  const references = validated.map((name) => [name, schemaReference(`/components/schemas/${name}`)]);
  const code = standalone.default(ajv, Object.fromEntries(references));
  return `${header('Ajv')}import { createRequire } from 'node:module';

// Ajv's code asks for its own helpers by require, also in a module.
const require = createRequire(import.meta.url);
${code.replace(/^"use strict";/, '')}\n`;
}

/** All files made from `openapi.yaml`, with the text they must have. */
export async function generatedFiles(yaml: string = readOpenApi()): Promise<readonly GeneratedFile[]> {
  return [
    generatedFile('openapi.generated.ts', await generateTypes(yaml)),
    generatedFile('validators.generated.mjs', await generateValidators(yaml)),
  ];
}

/** The names of generated files that are missing or say something else than `openapi.yaml` does now. */
export async function staleGeneratedFiles(yaml: string = readOpenApi()): Promise<readonly string[]> {
  const files = await generatedFiles(yaml);
  const current = await Promise.all(files.map(async ({ path, text }) => (await textOrNone(path)) === text));
  return files.filter((_, index) => current[index] !== true).map(({ name }) => `spec/pure-bt/${name}`);
}

function generatedFile(name: string, text: string): GeneratedFile {
  return { name, path: fileURLToPath(new URL(`pure-bt/${name}`, import.meta.url)), text };
}

function header(tool: string): string {
  return `// Generated from openapi.yaml by ${tool}. Do not edit: change that, then run \`${generateCommand}\`.\n\n`;
}

/** A missing file is stale, not an error; one that cannot be read is an error. */
async function textOrNone(path: string): Promise<string | undefined> {
  try {
    // A checkout with CRLF line ends is not stale.
    return (await readFile(path, 'utf8')).replaceAll('\r\n', '\n');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** A copy of a value without the keywords that say nothing to a validator. A field of such a name is kept. */
function withoutRemarks(value: unknown, names = false): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutRemarks(item));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => names || !remarks.has(key));
  return Object.fromEntries(
    kept.map(([key, item]) => [key, withoutRemarks(item, !names && (key === 'properties' || key === 'schemas'))]),
  );
}

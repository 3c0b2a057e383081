import { join } from 'node:path';
import { Document, YAMLMap } from 'yaml';
import { createAjv, schemaReference } from '../json-schema.ts';
import { type AnyOpenApi, type CodeMeaning, findOperation, parseOpenApi } from '../openapi.ts';
import { readOpenApi } from './contract-file.ts';

/** A generated file: its name for messages, its path and its text. */
export type GeneratedFile = { readonly name: string; readonly path: string; readonly text: string };

/** The command that writes the generated files, for messages. */
export const generateCommand = 'npm run generate';

/** The schemas that get a validator; `Envelope` and `BindingRequest` need none: they are choices between these. */
const validated = ['PlainBindingRequest', 'EncryptedBindingRequest', 'SuccessEnvelope', 'FailureEnvelope'];

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

async function generateTypes(yaml: string): Promise<string> {
  // A development dependency that is slow to load.
  const { astToString, default: openapiTypescript } = await import('openapi-typescript');
  // A field with a default stays optional: the caller may leave it out.
  const nodes = await openapiTypescript(parseOpenApi(yaml) as object as Parameters<typeof openapiTypescript>[0], {
    defaultNonNullable: false,
    alphabetize: false,
    silent: true,
  });
  return header('openapi-typescript') + astToString(nodes);
}

/**
 * The code of validators for the specification's schemas, made by Ajv.
 * Parsing the YAML, loading Ajv and compiling takes 120 ms; loading the generated file takes 4 ms.
 */
async function generateValidators(yaml: string): Promise<string> {
  const { default: standalone } = await import('ajv/dist/standalone/index.js');
  const { components } = withoutRemarks(parseOpenApi(yaml)) as AnyOpenApi;
  const ajv = createAjv({ components, paths: {} }, { source: true, esm: true, lines: true });
  ajv.opts.messages = false;
  const references = validated.map((name) => [name, schemaReference(`/components/schemas/${name}`)]);
  const code = standalone.default(ajv, Object.fromEntries(references));
  return `${header('Ajv')}import { createRequire } from 'node:module';

// Ajv's code loads its helpers with require, even in a module.
const require = createRequire(import.meta.url);
${code.replace(/^"use strict";/, '')}\n`;
}

/** The TypeScript code of the catalogue, in the order of `x-codes`. @throws Error if a code is listed twice. */
export function generateCodes(yaml: string): string {
  const codes = findOperation(parseOpenApi(yaml))['x-codes'] ?? [];
  const twice = codes.find(({ code }, index) => codes.findIndex((other) => other.code === code) !== index);
  if (twice !== undefined) throw new Error(`openapi.yaml lists code ${twice.code} twice in x-codes`);
  const rows = codes.map(
    ({ code, meaning, basis = 'document' }) =>
      `  { code: ${code}, meaning: ${JSON.stringify(meaning)}, basis: '${basis}' },\n`,
  );
  return `${header('bindgate')}export const codes = [\n${rows.join('')}] as const;\n`;
}

/** The specification with an example for each code, such as `E5361`, below its `Generated from x-codes` comment. */
function withExamples(yaml: string): string {
  const examples = new Document({});
  for (const code of findOperation(parseOpenApi(yaml))['x-codes'] ?? []) {
    const value = examples.createNode(exampleOf(code));
    if (value instanceof YAMLMap) value.flow = true;
    examples.set(`E${code.code}`, examples.createNode({ summary: code.meaning, value }));
  }
  return yaml.replace(/^( *)# Generated from x-codes(?:.*\n\1#)*.*\n(?:\1.*\n)*/m, (region, indent: string) => {
    const comment = region.split('\n').filter((line) => line.startsWith(`${indent}#`));
    const lines = examples
      .toString({ lineWidth: 120 - indent.length, singleQuote: true })
      .trimEnd()
      .split('\n');
    return `${[...comment, ...lines.map((line) => indent + line)].join('\n')}\n`;
  });
}

function exampleOf({ code, meaning }: CodeMeaning): object {
  return code === 200
    ? { code, msg: '', data: { verified: 1 }, extMsg: null }
    : { code, msg: meaning, data: null, extMsg: null };
}

/** All files generated from `openapi.yaml`; `openapi.yaml` itself is the first one, because of its examples. */
export async function generatedFiles(yaml: string = readOpenApi()): Promise<readonly GeneratedFile[]> {
  const texts = {
    'openapi.yaml': withExamples(yaml),
    'catalogue.generated.ts': generateCodes(yaml),
    'openapi.generated.ts': await generateTypes(yaml),
    'validators.generated.mjs': await generateValidators(yaml),
  };
  return Object.entries(texts).map(([name, text]) => {
    return { name: `spec/pure-bt/${name}`, path: join(import.meta.dirname, name), text };
  });
}

function header(tool: string): string {
  return `// Generated from openapi.yaml by ${tool}. Do not edit it: edit openapi.yaml, then run \`${generateCommand}\`.\n\n`;
}

/** A copy of a schema without the keywords that a validator ignores. A field with such a name is kept. */
function withoutRemarks(value: unknown, names = false): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutRemarks(item));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => names || !remarks.has(key));
  return Object.fromEntries(
    kept.map(([key, item]) => [key, withoutRemarks(item, !names && (key === 'properties' || key === 'schemas'))]),
  );
}

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Document, YAMLMap } from 'yaml';
import { type CodeMeaning, findOperation, parseOpenApi } from './openapi.ts';

/** What files are generated from. */
export type GeneratedFrom = {
  /** The text of `openapi.yaml`. */
  readonly yaml: string;
  /** Where it and the generated files stand. */
  readonly folder: URL;
  /** The names of the schemas that get a validator of their own. */
  readonly validated: readonly string[];
  /** The body that answers with a code, for the examples of the answer. */
  readonly example: (code: CodeMeaning) => object;
};

/** A file made from `openapi.yaml`: its name in its folder, its path on disk and its text. */
export type GeneratedFile = { readonly name: string; readonly path: string; readonly text: string };

/** The command that writes the generated files, for messages. */
export const generateCommand = 'npm run generate';

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
async function generateTypes(yaml: string): Promise<string> {
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
async function generateValidators(yaml: string, validated: readonly string[]): Promise<string> {
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

/** The codes of the specification as code, in the order of `x-codes`. Throws where one is listed twice. */
export function generateCodes(yaml: string): string {
  const codes = findOperation(parseOpenApi(yaml))['x-codes'];
  const twice = codes.find(({ code }, index) => codes.findIndex((other) => other.code === code) !== index);
  if (twice !== undefined) throw new Error(`openapi.yaml lists code ${twice.code} twice in x-codes`);
  const rows = codes.map(
    ({ code, meaning, basis = 'document' }) =>
      `  { code: ${code}, meaning: ${JSON.stringify(meaning)}, basis: '${basis}' },\n`,
  );
  return `${header('bindgate')}export const codes = [\n${rows.join('')}] as const;\n`;
}

/** The specification with an example for each of its codes, `E5361`, below the comment that says so. */
function withExamples(yaml: string, example: GeneratedFrom['example']): string {
  const examples = new Document({});
  for (const code of findOperation(parseOpenApi(yaml))['x-codes']) {
    const value = examples.createNode(example(code));
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

/** All files made from `openapi.yaml`, with the text they must have; the examples in itself are among them. */
export async function generatedFiles({
  yaml,
  folder,
  validated,
  example,
}: GeneratedFrom): Promise<readonly GeneratedFile[]> {
  const file = (name: string, text: string): GeneratedFile => ({
    name,
    path: fileURLToPath(new URL(name, folder)),
    text,
  });
  return [
    file('openapi.yaml', withExamples(yaml, example)),
    file('catalogue.generated.ts', generateCodes(yaml)),
    file('openapi.generated.ts', await generateTypes(yaml)),
    file('validators.generated.mjs', await generateValidators(yaml, validated)),
  ];
}

/** The names of generated files that are missing or say something else than `openapi.yaml` does now. */
export async function staleGeneratedFiles(from: GeneratedFrom): Promise<readonly string[]> {
  const files = await generatedFiles(from);
  const current = await Promise.all(files.map(async ({ path, text }) => (await textOrNone(path)) === text));
  return files.filter((_, index) => current[index] !== true).map(({ name }) => name);
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

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type GeneratedFile, generateCommand } from '../../spec/pure-bt/generate.ts';

const root = join(import.meta.dirname, '..', '..');

/** The schemas of files that bindgate writes or reads, and the names of their generated types. */
const schemas: Readonly<Record<string, string>> = {
  'spec/diff/spec-diff': 'SpecDiffFile',
  'spec/diff/accepted-changes': 'AcceptedChanges',
  'spec/family/declared/declaration': 'Declaration',
  'generators/pure-bt/vectors/vectors': 'Vectors',
  'contract/results': 'Results',
  'contract/mutants': 'MutantsFile',
  'load/load': 'LoadResults',
  'load/share': 'Share',
  'load/compare/compare': 'CompareResults',
  'scripts/gate/gate': 'GateResults',
  'scripts/config/config': 'Config',
  'scripts/benchmarks/bench': 'BenchFile',
};

/** TypeScript types of each `*.schema.json`, in a file next to it: one for the schema, and one for each of its `$defs`. */
export async function schemaTypes(): Promise<readonly GeneratedFile[]> {
  return Promise.all(
    Object.entries(schemas).map(async ([path, type]) => {
      const name = `${path}.generated.ts`;
      const types = await generateTypes(await readFile(join(root, `${path}.schema.json`), 'utf8'), type);
      const header = `// Generated from the JSON Schema next to it by openapi-typescript. Do not edit: change that, then run \`${generateCommand}\`.\n\n`;
      return { name, path: join(root, name), text: header + types };
    }),
  );
}

/** A `$comment` names a type in the code that is more precise than the schema. */
const named = /^In TypeScript (.*\b([A-Z]\w+)>?) of (\S+)\.$/;

async function generateTypes(text: string, type: string): Promise<string> {
  // These development tools are slow to load, so they are imported only here.
  const { astToString, default: openapiTypescript } = await import('openapi-typescript');
  const { factory, isInterfaceDeclaration, isTypeAliasDeclaration } = (await import('typescript')).default;
  const { $defs = {}, ...schema } = JSON.parse(text.replaceAll('#/$defs/', '#/components/schemas/')) as {
    readonly $defs?: object;
  };
  const imports = new Set<string>();
  const document = { openapi: '3.1.0', info: { title: type, version: '1' }, paths: {} };
  const nodes = await openapiTypescript(
    { ...document, components: { schemas: { [type]: schema, ...$defs } } } as Parameters<typeof openapiTypescript>[0],
    {
      alphabetize: false,
      defaultNonNullable: false,
      immutable: true,
      rootTypes: true,
      rootTypesNoSchemaPrefix: true,
      silent: true,
      transform: (value: { readonly $comment?: string }) => {
        const [, expression, name, file] = named.exec(value.$comment ?? '') ?? [];
        if (expression === undefined) return isAnyObject(value) ? factory.createTypeReferenceNode('object') : undefined;
        imports.add(`import type { ${name} } from '${file}';\n`);
        return factory.createTypeReferenceNode(expression);
      },
    },
  );
  // The rest of the output is about paths, which these schemas do not have.
  const kept = nodes.filter(
    (node) =>
      (isInterfaceDeclaration(node) && node.name.text === 'components') ||
      (isTypeAliasDeclaration(node) && /^[A-Z]/.test(node.name.text)),
  );
  return `${[...imports].sort().join('')}\n${astToString(kept)}`;
}

/** The tool treats an object schema without details as an object without properties. */
function isAnyObject(schema: object): boolean {
  return 'type' in schema && schema.type === 'object' && !('properties' in schema || 'additionalProperties' in schema);
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generateCommand } from '../../spec/generate.ts';

/** A file made from others: its path, its text now, and the text it must have. */
export type MadeFile = {
  readonly name: string;
  readonly path: string;
  readonly current: string;
  readonly text: string;
};

const root = join(import.meta.dirname, '..', '..');

/** The schemas of files that bindgate writes or reads, and the names of their types. The schema is the source of both. */
const schemas: Readonly<Record<string, string>> = {
  'spec/diff/spec-diff': 'SpecDiffFile',
  'contract/results': 'Results',
  'contract/mutants': 'MutantsFile',
  'load/load': 'LoadResults',
  'load/share': 'Share',
  'load/compare/compare': 'CompareResults',
  'scripts/gate/gate': 'GateResults',
  'scripts/config/config': 'Config',
};

/** TypeScript types of each `*.schema.json`, in a file beside it: its own, and one for each of its `$defs`. */
export async function schemaTypes(): Promise<readonly MadeFile[]> {
  return Promise.all(
    Object.entries(schemas).map(async ([path, type]) => {
      const name = `${path}.generated.ts`;
      const types = await generateTypes(await readFile(join(root, `${path}.schema.json`), 'utf8'), type);
      const header = `// Generated from the JSON Schema beside it by openapi-typescript. Do not edit: change that, then run \`${generateCommand}\`.\n\n`;
      const current = await readFile(join(root, name), 'utf8').catch(() => '');
      return { name, path: join(root, name), current: current.replaceAll('\r\n', '\n'), text: header + types };
    }),
  );
}

/** A `$comment` names the type that the code has for a value of which the schema can say less. */
const named = /^In TypeScript (.*\b([A-Z]\w+)>?) of (\S+)\.$/;

async function generateTypes(text: string, type: string): Promise<string> {
  // Development tools, and slow to load: only who generates needs them.
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
  // What else the tool writes is about paths, which these have none of.
  const kept = nodes.filter(
    (node) =>
      (isInterfaceDeclaration(node) && node.name.text === 'components') ||
      (isTypeAliasDeclaration(node) && /^[A-Z]/.test(node.name.text)),
  );
  return `${[...imports].sort().join('')}\n${astToString(kept)}`;
}

/** The tool takes an object of which a schema says no more for one without properties. */
function isAnyObject(schema: object): boolean {
  return 'type' in schema && schema.type === 'object' && !('properties' in schema || 'additionalProperties' in schema);
}

import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** A file that is generated from another one. */
export type GeneratedFile = { readonly path: string; readonly content: string };

const typesPath = fileURLToPath(new URL('./openapi.generated.ts', import.meta.url));

/** Every generated file of the project, as it should be. */
export async function generatedFiles(
  source: URL = new URL('./openapi.yaml', import.meta.url),
): Promise<readonly GeneratedFile[]> {
  // Imported here: a development tool that the commands never load.
  const { astToString, default: openapiTypescript } = await import('openapi-typescript');
  const types = astToString(await openapiTypescript(source));
  return [{ path: typesPath, content: `// Generated from openapi.yaml by \`npm run generate\`. Do not edit.\n${types}` }];
}

/** The generated files that differ from what they should be. */
export async function staleFiles(files: readonly GeneratedFile[]): Promise<readonly string[]> {
  const stale = await Promise.all(
    files.map(async ({ path, content }) => ((await readFile(path, 'utf8').catch(() => '')) === content ? [] : [path])),
  );
  return stale.flat();
}

/** Writes the generated files. */
export async function writeGenerated(files: readonly GeneratedFile[]): Promise<void> {
  await Promise.all(files.map(({ path, content }) => writeFile(path, content)));
}

/**
 * `npm run build`: writes the content of the package into `dist/`. Node strips no types below `node_modules`, so the command line and
 * its imports are compiled (not tests and tools). Files that the code reads next to itself are copied next to it.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, posix, sep } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const dist = join(root, 'dist');

/** Data, and code that is already JavaScript. */
const data = [
  'spec/pure-bt/openapi.yaml',
  'spec/family/operations/**/*.yaml',
  'spec/pure-bt/validators.generated.mjs',
  '{spec,generators,contract,load,scripts}/**/*.schema.json',
  'generators/pure-bt/vectors/vectors.json',
  'scripts/reports/html/**/*.{css,js}',
  'contract/pure-bt/export/*.js',
];
/** The imports of a file: those that remain in k6, which removes type imports, and all imports. */
const atRunTime = /^(?:import|export)\s+(?!type\s)[^;]*?\sfrom\s+'(\.[^']+)'/gm;
const ofAnyKind = /(?: from |import\()['"](\.[^'"]+)['"]/g;
/** The entry of the library's types; unrelated declarations are removed. */
const typesOfLibrary = 'scripts/index.d.ts';
/** k6 strips types itself and reads imported files unchanged. */
const k6Scripts = ['load/pure-bt/k6/send.ts', 'load/family/k6/send.ts'];

rmSync(dist, { recursive: true, force: true });
const tsc = ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'];
const { status } = spawnSync(process.execPath, tsc, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
if (status === 0) {
  for (const file of globSync('**/*.js', { cwd: dist })) nameCompiled(join(dist, file));
  for (const file of new Set([...find(data), ...find(k6Scripts).flatMap(withImports)])) {
    cpSync(join(root, file), join(dist, file));
  }
  const types = withTypes(typesOfLibrary);
  for (const file of globSync('**/*.d.ts', { cwd: dist })) {
    // tsc removes the import attribute.
    if (types.has(file))
      rewrite(join(dist, file), (text) => text.replace(/( from '.*\.json');/g, "$1 with { type: 'json' };"));
    else rmSync(join(dist, file));
  }
}
process.exitCode = status ?? 1;

/** The file of a thread is named by URL, which tsc does not change: a compiled file gets its new name here. */
function nameCompiled(file: string): void {
  rewrite(file, (text) =>
    text.replace(/(new URL\('(\.[^']+)\.)ts(?=', import\.meta\.url\))/g, (name, start: string, path: string) =>
      existsSync(join(dirname(file), `${path}.js`)) ? `${start}js` : name,
    ),
  );
}

function rewrite(file: string, change: (text: string) => string): void {
  const text = readFileSync(file, 'utf8');
  const changed = change(text);
  if (changed !== text) writeFileSync(file, changed);
}

function find(patterns: readonly string[]): readonly string[] {
  return globSync(patterns, { cwd: root }).map((file) => file.replaceAll(sep, '/'));
}

/** A file and all it imports at run time. */
function withImports(file: string): readonly string[] {
  return [file, ...listImports(join(root, file), file, atRunTime).flatMap(withImports)];
}

/** A declaration, and those that it imports. */
function withTypes(file: string, seen: Set<string> = new Set()): Set<string> {
  if (seen.has(file) || !existsSync(join(dist, file))) return seen;
  seen.add(file);
  for (const name of listImports(join(dist, file), file, ofAnyKind)) withTypes(name.replace(/\.ts$/, '.d.ts'), seen);
  return seen;
}

/** The paths that a file imports, by the folder that `file` is relative to. */
function listImports(path: string, file: string, kind: RegExp): readonly string[] {
  const imports = readFileSync(path, 'utf8').matchAll(kind);
  return [...imports].map(([, name = '']) => posix.join(posix.dirname(file), name));
}

/** The package as users get it: built, packed, installed in an empty folder outside the checkout, and run by npx. */
import { execFile } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { copyFile, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, sep } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { version } from '../contract/version.ts';
import { findNpm } from './setup/npm-ci.mjs';
import { packCheckout } from './testing/pack.ts';

type Manifest = {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly bin: object;
  readonly exports: object;
};
type Lock = { readonly packages: Readonly<Record<string, { readonly dev?: boolean }>> };

const root = join(import.meta.dirname, '..');
const manifest = readJson('package.json') as Manifest;
const folder = await realpath(await mkdtemp(join(tmpdir(), 'bindgate-package-')));
const installed = join(folder, 'node_modules', 'bindgate');
const minutes = 60_000;
/** Path from the package's folder → text. */
let files: ReadonlyMap<string, string>;

beforeAll(async () => {
  await packCheckout(folder);
  const tarball = `bindgate-${version()}.tgz`;
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ type: 'module', dependencies: { bindgate: `file:${tarball}` } }),
  );
  await writeFile(join(folder, 'package-lock.json'), JSON.stringify(readLock(tarball)));
  await copyFile(join(root, '.npmrc'), join(folder, '.npmrc'));
  await npm(folder, 'install', '--ignore-scripts', '--prefer-offline');
  const paths = globSync('**/*', { cwd: installed, withFileTypes: true, exclude: ['node_modules/**'] })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(installed.length + 1));
  files = new Map(paths.map((path) => [path.replaceAll(sep, '/'), readFileSync(join(installed, path), 'utf8')]));
}, 10 * minutes);

afterAll(() => rm(folder, { recursive: true, force: true }));

test('runs npx bindgate from the package', { timeout: 2 * minutes }, async () => {
  expect(await npm(folder, 'exec', '--', 'bindgate', '--version')).toBe(`${version()}\n`);
});

test('type-checks and runs every program of docs/library.md', {
  timeout: 2 * minutes,
}, async () => {
  const guide = readFileSync(join(installed, 'docs', 'library.md'), 'utf8');
  const programs = [...guide.matchAll(/^```ts\n([^`]*(?:`[^`]+`[^`]*)*?)^```\n\n```text\n([^`]*)^```$/gm)];
  expect(programs).toHaveLength(guide.split('```ts').length - 1);
  const names = programs.map((_, at) => `program-${at + 1}.ts`);
  for (const [at, [, text = '']] of programs.entries()) await writeFile(join(folder, names[at] ?? ''), text);
  const options = { module: 'nodenext', target: 'es2024', lib: ['es2024', 'esnext'], strict: true, noEmit: true };
  const types = { skipLibCheck: false, types: ['node'], typeRoots: [join(root, 'node_modules', '@types')] };
  const config = { compilerOptions: { ...options, ...types }, files: names };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config));
  expect(await node(folder, join(root, 'node_modules/typescript/bin/tsc'), '--pretty', 'false')).toBe('');
  const printed = await Promise.all(names.map((name) => node(folder, name)));
  expect(printed).toEqual(programs.map(([, , output]) => output));
});

test('passes the gate from the package', { timeout: 10 * minutes }, async () => {
  // execute.slow.test.ts also runs a load from the package.
  const gate = ['bindgate', 'gate', '--reference', '--skip', 'load'];
  expect(await npm(folder, 'exec', '--', ...gate)).toMatch(/^gate passed/m);
});

test('contains all exports, but no tests and no tools', () => {
  const paths = [...files.keys()];
  const unwanted = /\.test\.|\btesting\/|fixtures?\/|^dist\/scripts\/tools\/|vectors\.ts$/;
  expect(paths.filter((path) => unwanted.test(path))).toEqual([]);
  const exported = Object.values(manifest.exports)
    .flatMap((paths: string | Readonly<Record<string, string>>) =>
      typeof paths === 'string' ? [paths] : Object.values(paths),
    )
    .map((path) => path.slice('./'.length));
  const schemas = globSync('{spec,generators,contract,load,scripts}/**/*.schema.json', { cwd: root });
  expect(exported).toEqual(expect.arrayContaining(schemas.map((path) => `dist/${path.replaceAll(sep, '/')}`)));
  const docs = globSync('docs/**/*', { cwd: root, withFileTypes: true, exclude: ['**/node_modules', '**/__pycache__'] })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .replaceAll(sep, '/'),
    );
  expect(paths).toEqual(expect.arrayContaining(['README.md', 'LICENSE', 'CHANGELOG.md', ...docs, ...exported]));
});

test('contains no path of this machine', () => {
  const naming = [...files].filter(([, text]) => text.includes(root + sep));
  expect(naming.map(([path]) => path)).toEqual([]);
});

test('declares every imported package as a dependency', () => {
  // Code in docs/ is for copying; its guide says what to install. Exported scripts run in Postman and k6, which have their imports.
  const imported = listImports(/^(?!docs\/|.*\/export\/(?:literal|postman-script)\.).*\.m?js$/).map(([, name]) => name);
  const names = [...new Set(imported)].filter((name) => !/^(\.|node:|bindgate\/)/.test(name));
  expect(names.map(packageName).filter((name) => !(name in manifest.dependencies))).toEqual([]);
  // From the package's folder, because nothing of the checkout is above it.
  const { resolve } = createRequire(join(installed, 'package.json'));
  expect(names.map((name) => resolve(name)).filter((file) => !file.startsWith(folder))).toEqual([]);
});

test('contains every file that is imported or read', () => {
  const missing = listImports(/(?<!\.d)\.(m?js|ts)$/)
    .filter(([, name]) => name.startsWith('.'))
    .filter(([importer, name]) => !existsSync(join(installed, dirname(importer), name)));
  expect(missing).toEqual([]);
});

/** Pairs of a file and a path that it uses by `import`, `require` or `new URL`. k6's own modules are not packages. */
function listImports(importers: RegExp): readonly (readonly [importer: string, imported: string])[] {
  const byName =
    /(?:\bfrom |\bimport |\bimport\(|\brequire\(|\.resolve\(|createRequire\(import\.meta\.url\)\()(["'])([^"'\s]+)\1/g;
  const byUrl = /\bnew URL\((["'])([^"'\s]+)\1, import\.meta\.url\)/g;
  return (
    [...files]
      .filter(([path]) => importers.test(path))
      // The package lacks type imports of k6 scripts, because k6 removes them.
      .map(([path, text]) => [path, text.replaceAll(/^import type [^;]*;$/gm, '')] as const)
      .flatMap(([path, text]) => [
        ...[...text.matchAll(byName)].map(([, , name = '']) => [path, name] as const),
        ...[...text.matchAll(byUrl)].map(([, , url = '']) => [path, `./${url}`] as const),
      ])
  );
}

/** The locked versions: they are in npm's cache, and newer versions cannot change this test. */
function readLock(tarball: string): object {
  const { packages } = readJson('package-lock.json') as Lock;
  const locked = Object.entries(packages).filter(([path, { dev }]) => path !== '' && dev !== true);
  const { dependencies, bin } = manifest;
  const bindgate = { version: version(), resolved: `file:${tarball}`, dependencies, bin };
  const top = { dependencies: { bindgate: bindgate.resolved } };
  return {
    lockfileVersion: 3,
    packages: { '': top, 'node_modules/bindgate': bindgate, ...Object.fromEntries(locked) },
  };
}

function packageName(imported: string): string {
  return imported.split('/', imported.startsWith('@') ? 2 : 1).join('/');
}

/** Runs npm with this Node and returns its output. `npm exec --` is npx. */
function npm(cwd: string, ...args: readonly string[]): Promise<string> {
  return node(cwd, findNpm(), ...args);
}

/** Runs a file with this Node, which is also first in PATH, and returns its output. */
async function node(cwd: string, file: string, ...args: readonly string[]): Promise<string> {
  // The child must not write into the step summary of this test run.
  const { GITHUB_ACTIONS: _, GITHUB_STEP_SUMMARY: __, ...rest } = process.env;
  const PATH = `${dirname(process.execPath)}${delimiter}${rest['PATH'] ?? ''}`;
  const env = { ...rest, PATH, NO_COLOR: '1', CI: 'true' };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [file, ...args], { cwd, env }, (error, stdout) => {
      // The message of the error contains standard error.
      if (error === null) resolve(stdout);
      else reject(new Error(`${error.message}\n${stdout}`));
    });
  });
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(join(root, path), 'utf8'));
}

import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { expect, test } from 'vitest';
import { brokenRule, layers } from './layers/rules.ts';
import { violationsIn } from './layers/source.ts';

const root = join(import.meta.dirname, '..');

test('every import of the project keeps to the layers', () => {
  const files = globSync(`{${layers.join(',')}}/**/*.{ts,mts,mjs,js}`, {
    cwd: root,
    exclude: (path) => path.includes('node_modules'),
  }).map((file) => file.replaceAll(sep, '/'));
  expect(files).toContain('scripts/layers.test.ts');
  const found = files.flatMap((file) => violationsIn(file, readFileSync(join(root, file), 'utf8')));
  expect(found.map(({ file, line, rule }) => `${file}:${line}: ${rule}`)).toEqual([]);
});

test.each([
  ['generators/request.ts', 'spec/formulas.ts'],
  ['contract/cases/valid.ts', 'generators/request.ts'],
  ['load/judge.ts', 'contract/targets/target.ts'],
  ['scripts/bindgate.ts', 'load/judge.ts'],
  ['scripts/bindgate.ts', 'commander'],
  ['spec/generate.ts', 'node:fs'],
  ['spec/reference/bind.ts', 'spec/reference/world.ts'],
  ['spec/reference/bind.ts', 'spec/catalogue.ts'],
  ['spec/reference/bind.ts', 'node:crypto'],
  ['contract/targets/reference.ts', 'spec/reference/http.ts'],
  ['contract/targets/reference/start.ts', 'spec/reference/http.ts'],
  ['contract/mutants/menu.ts', 'spec/reference/behaviour.ts'],
  ['contract/reference.test.ts', 'spec/reference/bind.ts'],
  ['contract/cases/valid.test.ts', 'spec/reference/bind.ts'],
  ['scripts/commands/reference.ts', 'contract/targets/reference.ts'],
])('%s may import %s', (importer, imported) => {
  expect(brokenRule({ importer, imported })).toBeUndefined();
});

test.each([
  ['spec/lint.ts', 'generators/random.ts', 'point one way'],
  ['generators/request.ts', 'contract/case.ts', 'point one way'],
  ['contract/judge.ts', 'scripts/report.ts', 'point one way'],
  ['load/judge.ts', 'scripts/report.ts', 'point one way'],
  ['spec/reference/bind.ts', 'generators/crypto.ts', 'point one way'],
  ['spec/formulas.ts', 'node:crypto', 'imports nothing'],
  ['spec/vectors.ts', 'spec/formulas.ts', 'imports nothing'],
  ['spec/reference/proofs.ts', 'spec/formulas.ts', 'shares with the oracle only'],
  ['spec/reference/proofs.ts', 'spec/validate.ts', 'shares with the oracle only'],
  ['spec/reference/proofs.ts', '@noble/hashes/sha2.js', 'node:crypto'],
  ['spec/lint.ts', 'spec/reference/bind.ts', 'import spec/reference'],
  ['generators/request.ts', 'spec/reference/token.ts', 'import spec/reference'],
  ['contract/judge.ts', 'spec/reference/bind.ts', 'import spec/reference'],
  ['contract/targets/url.ts', 'spec/reference/http.ts', 'import spec/reference'],
  ['scripts/commands/reference.ts', 'spec/reference/http.ts', 'import spec/reference'],
  ['scripts/reference.test.ts', 'spec/reference/http.ts', 'import spec/reference'],
])('%s may not import %s', (importer, imported, rule) => {
  expect(brokenRule({ importer, imported })).toContain(rule);
});

test.each([
  ["import { a } from '../contract/case.ts';"],
  ["import type { A } from '../contract/case.ts';"],
  ["import { type A } from '../contract/case.ts';"],
  ["import '../contract/case.ts';"],
  ["export { a } from '../contract/case.ts';"],
  ["export type { A } from '../contract/case.ts';"],
  ["export * from '../contract/case.ts';"],
  ["const a = await import('../contract/case.ts');"],
  ['const a = await import(`../contract/case.ts`);'],
  ["type A = import('../contract/case.ts').A;"],
  ["type A = typeof import('../contract/case.ts');"],
  ["import a = require('../contract/case.ts');"],
])('sees %s', (line) => {
  expect(violationsIn('generators/forms.ts', `// a comment\n${line}\n`)).toEqual([
    { file: 'generators/forms.ts', line: 2, rule: expect.stringContaining('(imports contract/case.ts)') },
  ]);
});

test.each([
  ['const a = process.argv;'],
  ["process['exit'](1);"],
  ['globalThis.process.exitCode = 1;'],
  ['const { argv: words } = process;'],
  ["import { exit } from 'node:process';"],
])('sees %s outside scripts/', (line) => {
  expect(violationsIn('contract/judge.ts', line)).toMatchObject([
    { line: 1, rule: expect.stringContaining('scripts/') },
  ]);
  expect(violationsIn('scripts/bindgate.ts', line)).toEqual([]);
});

test.each([
  [
    'process.env, process.execPath and other exits are free',
    "process.env['A']; process.execPath; child.exit(); argv();",
  ],
  [
    'an import in a comment or a text is none',
    "// import '../contract/case.ts'\nconst a = \"import '../contract/case.ts'\";",
  ],
  ['its own folder and the left', "import './b.ts';\nimport '../spec/http.ts';"],
])('%s', (_title, text) => {
  expect(violationsIn('generators/forms.ts', text)).toEqual([]);
});

test('a computed import is only for scripts/', () => {
  const text = 'export const load = (file: string) => import(file);';
  expect(violationsIn('contract/judge.ts', text)).toMatchObject([{ rule: expect.stringContaining('computed import') }]);
  expect(violationsIn('scripts/bindgate.ts', text)).toEqual([]);
});

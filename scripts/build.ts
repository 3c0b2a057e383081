/**
 * `npm run build`: what the package holds, into `dist/`. Node strips no types below `node_modules`, so the command line and
 * what it imports is compiled (tests and tools are not reached); what the code looks for beside itself is copied beside it.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, posix, sep } from 'node:path';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

/** Data, and code that is JavaScript already. */
const data = [
  'spec/pure-bt/openapi.yaml',
  'spec/pure-bt/validators.generated.mjs',
  '{spec,contract,load,scripts}/**/*.schema.json',
  'scripts/reports/html/**/*.{css,js}',
];
/** k6 strips types itself, and reads what a script imports as it stands. */
const k6Scripts = ['load/pure-bt/k6/send.ts'];

rmSync(dist, { recursive: true, force: true });
const tsc = ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'];
const { status } = spawnSync(process.execPath, tsc, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
if (status === 0) {
  for (const file of globSync('**/*.js', { cwd: dist })) nameCompiled(join(dist, file));
  for (const file of new Set([...find(data), ...find(k6Scripts).flatMap(withImports)])) {
    cpSync(join(root, file), join(dist, file));
  }
}
process.exitCode = status ?? 1;

/** A thread's file is named by URL, which tsc leaves as it is: where it is compiled, its new name is meant. */
function nameCompiled(file: string): void {
  const text = readFileSync(file, 'utf8');
  const named = text.replace(
    /(new URL\('(\.[^']+)\.)ts(?=', import\.meta\.url\))/g,
    (name, start: string, path: string) => (existsSync(join(dirname(file), `${path}.js`)) ? `${start}js` : name),
  );
  if (named !== text) writeFileSync(file, named);
}

function find(patterns: readonly string[]): readonly string[] {
  return globSync(patterns, { cwd: root }).map((file) => file.replaceAll(sep, '/'));
}

/** A file and all it imports at run time. */
function withImports(file: string): readonly string[] {
  const imports = readFileSync(join(root, file), 'utf8').matchAll(
    /^(?:import|export)\s+(?!type\s)[^;]*?\sfrom\s+'(\.[^']+)'/gm,
  );
  return [file, ...[...imports].flatMap(([, path = '']) => withImports(posix.join(posix.dirname(file), path)))];
}

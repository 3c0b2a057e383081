/** `npm run check`: runs all checks in parallel and prints the output of those that failed. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const packages = 'node_modules';
const tsc = `${packages}/typescript/bin/tsc -p`;

const checks: Readonly<Record<string, string>> = {
  'format and lint': `${packages}/@biomejs/biome/bin/biome ci --error-on-warnings --colors=off .`,
  types: `${tsc} tsconfig.json`,
  'types of the launcher': `${tsc} scripts/setup/tsconfig.json`,
  "types of the report's script": `${tsc} scripts/reports/html/client`,
  'types of k6 scripts': `${tsc} load/k6/tsconfig.json`,
  'dead code': `${packages}/knip/bin/knip.js --no-progress --no-config-hints`,
  'import boundaries': `${packages}/dependency-cruiser/bin/dependency-cruiser.mjs --config .dependency-cruiser.mjs --no-progress spec generators contract load scripts`,
  words: 'scripts/tools/words.ts',
  'generated files': 'scripts/tools/generate.ts --check',
};

const ended = await Promise.all(Object.entries(checks).map(run));
for (const line of ended.flatMap(({ lines }) => lines)) process.stdout.write(`${line}\n`);
process.exitCode = ended.every(({ ok }) => ok) ? 0 : 1;

function run([name, command]: readonly [string, string]): Promise<{ ok: boolean; lines: readonly string[] }> {
  const started = performance.now();
  return new Promise((resolve) => {
    execFile(process.execPath, command.split(' '), { cwd: root, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      const ok = error === null;
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      const line = `${ok ? 'ok    ' : 'FAILED'}  ${name.padEnd(28)} ${seconds} s`;
      resolve({ ok, lines: ok ? [line] : [line, `${stdout}${stderr}`.trimEnd()] });
    });
  });
}

/** `npm run check`: format, lint, types, dead code and generated files, all at once; the output of what failed. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

type Check = { readonly name: string; readonly command: readonly string[] };
type Ended = Check & { readonly ok: boolean; readonly seconds: number; readonly output: string };

const root = fileURLToPath(new URL('../..', import.meta.url));

const checks: readonly Check[] = [
  {
    name: 'format and lint',
    command: ['node_modules/@biomejs/biome/bin/biome', 'ci', '--error-on-warnings', '--colors=off', '.'],
  },
  { name: 'types', command: ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json'] },
  { name: 'types of the launcher', command: ['node_modules/typescript/bin/tsc', '-p', 'scripts/setup/tsconfig.json'] },
  {
    name: "types of the report's script",
    command: ['node_modules/typescript/bin/tsc', '-p', 'scripts/reports/html/client'],
  },
  { name: 'types of k6 scripts', command: ['node_modules/typescript/bin/tsc', '-p', 'load/k6/tsconfig.json'] },
  { name: 'dead code', command: ['node_modules/knip/bin/knip.js', '--no-progress', '--no-config-hints'] },
  {
    name: 'import boundaries',
    command: [
      'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs',
      ...['--config', '.dependency-cruiser.mjs', '--no-progress'],
      ...['spec', 'generators', 'contract', 'load', 'scripts'],
    ],
  },
  { name: 'generated files', command: ['scripts/tools/generate.ts', '--check'] },
];

const ended = await Promise.all(checks.map(run));
for (const { name, ok, seconds, output } of ended) {
  process.stdout.write(`${ok ? 'ok    ' : 'FAILED'}  ${name.padEnd(28)} ${seconds.toFixed(1)} s\n`);
  if (!ok) process.stdout.write(`${output.trimEnd()}\n`);
}
process.exitCode = ended.every(({ ok }) => ok) ? 0 : 1;

function run(check: Check): Promise<Ended> {
  const started = performance.now();
  const child = spawn(process.execPath, check.command, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const keep = (piece: Buffer): void => {
    output += piece.toString();
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  return new Promise((resolve) => {
    child.on('close', (code) => {
      resolve({ ...check, ok: code === 0, seconds: (performance.now() - started) / 1000, output });
    });
  });
}

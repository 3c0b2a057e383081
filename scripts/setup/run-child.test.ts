import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { expect, test } from 'vitest';

const runChild = JSON.stringify(new URL('./run-child.mjs', import.meta.url).href);

/** Starts a launcher for a program without a terminal, which would send Ctrl-C to both. */
function launch(program: string): ChildProcessByStdio<null, Readable, Readable> {
  const script = `
    const { runChild } = await import(${runChild});
    process.exitCode = await runChild(process.execPath, ['-e', ${JSON.stringify(program)}]);`;
  return spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'pipe'] });
}

test.each([
  ['the program’s own exit code', 'process.exitCode = 7', 7],
  ['success', '', 0],
  ['128 + the number of the signal that killed it', 'process.kill(process.pid, "SIGKILL")', 137],
])('ends with %s', async (_title, program, code) => {
  expect(await once(launch(program), 'exit')).toEqual([code, null]);
});

test.each([
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('passes %s on and waits for the end', async (signal, code) => {
  const launcher = launch('console.log("ready"); setTimeout(() => {}, 10_000)');
  await once(launcher.stdout, 'data');
  launcher.kill(signal);
  expect(await once(launcher, 'exit')).toEqual([code, null]);
});

test('returns the exit code of an interrupted program', async () => {
  const launcher = launch(
    'process.on("SIGINT", () => process.exit(130)); console.log("ready"); setTimeout(() => {}, 10_000)',
  );
  await once(launcher.stdout, 'data');
  launcher.kill('SIGINT');
  expect(await once(launcher, 'exit')).toEqual([130, null]);
});

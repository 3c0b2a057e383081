import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { startMock } from '../../contract/targets/mock/mock.ts';
import { operationPath } from '../../spec/http.ts';
import { openApiPath } from '../../spec/openapi.ts';
import { processTerminal } from '../terminal.ts';

/** `bindgate mock`: the mock, until it is interrupted. Returns the exit code. */
export async function mockCommand(
  { port = 0, plain = false }: { readonly port?: number; readonly plain?: boolean },
  signal: AbortSignal,
): Promise<number> {
  if (plain) return plainPrism(port, signal);
  const terminal = processTerminal();
  await using mock = await startMock({ port });
  terminal.out(`mock  ${mock.url}${operationPath}`);
  terminal.out('A request earns the code of its first fault; `Prefer: example=E6083` asks for any code.');
  if (!signal.aborted)
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  return 0;
}

/** Prism's own command line over the contract. A port of 0 would be its default, so a free one is its own to find. */
async function plainPrism(port: number, signal: AbortSignal): Promise<number> {
  const prism = createRequire(import.meta.url).resolve('@stoplight/prism-cli/dist/index.js');
  const args = [prism, 'mock', ...(port === 0 ? [] : ['--port', String(port)]), openApiPath];
  const child = spawn(process.execPath, args, { stdio: 'inherit' });
  signal.addEventListener('abort', () => child.kill('SIGTERM'), { once: true });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return signal.aborted || code === 0 ? 0 : 3;
}

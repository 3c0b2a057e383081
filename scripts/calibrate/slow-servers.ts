import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A server of a known speed in a process of its own. */
export type SlowServer = AsyncDisposable & { readonly url: string };

const program = fileURLToPath(new URL('./slow-server.ts', import.meta.url));

/** Starts a server whose delays are log-normal: their median in milliseconds, and the standard deviation of their logarithm. */
export async function startSlowServer(medianMs: number, spread: number): Promise<SlowServer> {
  const child = spawn(process.execPath, [program, String(medianMs), String(spread)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).once('line', resolve);
    child.once('error', reject);
    child.once('exit', () => reject(new Error('the slow server ended before it listened')));
  });
  return {
    url,
    [Symbol.asyncDispose]: async () => {
      child.kill();
      await ended;
    },
  };
}

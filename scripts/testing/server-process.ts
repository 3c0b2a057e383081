import { spawn } from 'node:child_process';

/** A program and its arguments. */
export type Command = readonly [program: string, ...args: string[]];

/** A server in a process of its own, ended when it is disposed of. */
export type ServerProcess = AsyncDisposable & { readonly url: string };

/** Starts a server; resolves once it has written the URL that it listens on. */
export async function startServerProcess(
  [program, ...args]: Command,
  { cwd, env }: { readonly cwd?: string; readonly env: object },
): Promise<ServerProcess> {
  const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    const read = (piece: Buffer): void => {
      output += piece.toString();
      const [, found] = /(?:listening on|running on|Server) \(?(http:\/\/[^\s)]+)/.exec(output) ?? [];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('error', reject);
    void ended.then(() => reject(new Error(`${program} ended: ${output}`)));
  });
  return {
    url,
    [Symbol.asyncDispose]: async () => {
      child.kill();
      await ended;
    },
  };
}

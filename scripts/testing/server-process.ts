import { type SpawnOptions, spawn } from 'node:child_process';

/** A program and its arguments. */
export type Command = readonly [program: string, ...args: string[]];

/** A server in its own process, ended on disposal. */
export type ServerProcess = AsyncDisposable & {
  readonly url: string;
  /** Everything it has printed. */
  readonly said: () => string;
};

/** Starts a server; resolves when it has printed its URL. */
export async function startServerProcess(
  command: Command,
  { cwd, env }: { readonly cwd?: string; readonly env: object },
): Promise<ServerProcess> {
  const options = { cwd, env: { ...process.env, ...env } };
  return startProcess(command, /(?:listening on|running on|Server) \(?(http:\/\/[^\s)]+)/, options);
}

/**
 * Starts a program that ends with `killSignal`; resolves when its output matches.
 * @param ready its group, if any, is the URL.
 */
export async function startProcess(
  [program, ...args]: Command,
  ready: RegExp,
  options: SpawnOptions,
): Promise<ServerProcess> {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const stop = (): boolean => child.kill(options.killSignal);
  process.once('exit', stop);
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    const read = (piece: Buffer): void => {
      output += piece.toString();
      const found = ready.exec(output);
      if (found !== null) resolve(found[1] ?? '');
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('error', reject);
    void ended.then(() => reject(new Error(`${program} ended: ${output}`)));
  });
  return {
    url,
    said: () => output,
    [Symbol.asyncDispose]: async () => {
      process.off('exit', stop);
      stop();
      await ended;
    },
  };
}

import { startReference } from '../../contract/targets/reference.ts';
import { processTerminal } from '../terminal.ts';

/** `bindgate reference`: the embedded server, until it is interrupted. Returns the exit code. */
export async function referenceCommand(
  flags: { readonly port?: number; readonly states?: string },
  signal: AbortSignal,
): Promise<number> {
  const terminal = processTerminal();
  await using server = await startReference({
    port: flags.port ?? 0,
    ...(flags.states === undefined ? {} : { statesPath: flags.states }),
  });
  terminal.out(`reference server  ${server.url}`);
  terminal.out(`provider states   ${server.statesUrl}`);
  terminal.out(`try               bindgate verify --url ${server.url} --states ${server.statesUrl}`);
  if (!signal.aborted)
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  // Being told to stop is how a server ends; nothing was cut short.
  return 0;
}

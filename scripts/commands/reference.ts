import { inert } from '../../contract/inert.ts';
import { startReference } from '../../contract/pure-bt/targets/reference.ts';
import { shellQuote } from '../../contract/shell-quote.ts';
import { processTerminal } from '../terminal.ts';

/** `bindgate reference`: the embedded server, until it is interrupted. Returns the exit code. */
export async function referenceCommand(
  flags: {
    readonly port?: number;
    readonly host?: string;
    readonly states?: string;
    readonly mutant?: string;
  },
  signal: AbortSignal,
): Promise<number> {
  const terminal = processTerminal();
  // Loaded when asked for: the menu of mutants is longer than the server.
  const mutant =
    flags.mutant === undefined
      ? undefined
      : (await import('../../contract/pure-bt/mutants/named.ts')).serverNamed(flags.mutant);
  await using server = await startReference({
    ...mutant,
    port: flags.port ?? 0,
    ...(flags.host === undefined ? {} : { host: flags.host }),
    ...(flags.states === undefined ? {} : { statesPath: flags.states }),
  });
  terminal.out(`reference server  ${inert(server.url)}`);
  if (mutant !== undefined) terminal.out(`as ${flags.mutant}: a server that ${mutant.does}`);
  terminal.out(`provider states   ${inert(server.statesUrl)}`);
  terminal.out(
    `try               bindgate verify --url ${shellQuote(server.url)} --states ${shellQuote(server.statesUrl)}`,
  );
  if (!signal.aborted)
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  // Being told to stop is how a server ends; nothing was cut short.
  return 0;
}

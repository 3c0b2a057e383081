import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { inert } from '../../contract/inert.ts';
import { serverNamed } from '../../contract/mutants/named.ts';
import { shellQuote } from '../../contract/shell-quote.ts';
import { definedOnly } from '../../spec/defined-only.ts';
import { type CommandContext, statesPathArgument, wholeNumber } from '../config/flags.ts';
import { processTerminal, untilAborted } from '../terminal.ts';

/** `bindgate reference`: runs the embedded server until it is interrupted, which is exit code 0. */
export function addReference(program: CommandUnknownOpts, { signal, chosen }: CommandContext): void {
  program
    .command('reference')
    .description('run the embedded reference server')
    .option('--port <number>', 'port to listen on; 0 chooses a free port', wholeNumber(0, 65_535))
    .option('--host <address>', 'address to listen on; 0.0.0.0 for all interfaces (default: 127.0.0.1)')
    .option('--states <path>', 'path of the provider states endpoint (default: /_states)', statesPathArgument)
    .option('--mutant <id>', 'start as a mutant or a conforming variant of `bindgate mutants`')
    .action(async ({ port, host, states: statesPath, mutant: id }) => {
      const { startReference } = await chosen.reference();
      const { out } = processTerminal();
      // Loaded only if needed: the list of mutants is longer than the server.
      const mutant = id === undefined ? undefined : serverNamed((await chosen.mutants()).mutantSet, id);
      await using server = await startReference({ ...mutant, ...definedOnly({ port, host, statesPath }) });
      out(`reference server  ${inert(server.url)}`);
      if (mutant !== undefined) out(`as ${id}: a server that ${mutant.does}`);
      out(`provider states   ${inert(server.statesUrl)}`);
      out(`try               bindgate verify --url ${shellQuote(server.url)} --states ${shellQuote(server.statesUrl)}`);
      await untilAborted(signal);
    });
}

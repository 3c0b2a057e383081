import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { type CommandContext, dialectHelp, wholeNumber, withConnectionFlags } from '../config/flags.ts';

/** `bindgate proxy`: forwards the traffic of a client and checks it, until it is interrupted. */
export function addProxy(program: CommandUnknownOpts, context: CommandContext): void {
  const command = program
    .command('proxy')
    .description('forward the traffic of a client to a server, and check each request and each answer')
    .option('--url <url>', 'base URL of the server')
    .option('--port <number>', 'port to listen on, with plain HTTP; 0 chooses a free port', wholeNumber(0, 65_535))
    .option('--host <address>', 'address to listen on; 0.0.0.0 for all interfaces (default: 127.0.0.1)')
    .option(
      '--fixture <file...>',
      'fixtures (JSON): one, a list or a map; signature and ciphertexts are checked with the fixture of the device',
    )
    .option('--har <file>', 'write the traffic to this HAR file')
    .option('--dialect <key=value...>', dialectHelp);
  withConnectionFlags(command)
    .option('--json', 'print one JSON object per line on standard output: each exchange, then the summary')
    .option('--show-secrets', 'do not mask secrets')
    .addHelpText(
      'after',
      '\nCtrl-C ends it. Exit code: 3 if the server answered no request; else 1 if a request was wrong or an answer broke the contract; else 0.',
    )
    .action(async (flags) => {
      const { runProxy } = await import('../proxy.ts');
      context.end(await runProxy(flags, context), 'interrupted');
    });
}

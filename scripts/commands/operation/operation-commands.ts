import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { type CommandContext, folderArgument } from '../../config/flags.ts';

/** `bindgate operation …`: operations that are data. */
export function addOperationCommands(program: CommandUnknownOpts, { end }: CommandContext): void {
  const operation = program
    .command('operation')
    .description('make an operation from a page of the export, to test it like the ones that bindgate has');

  operation
    .command('new')
    .argument('<page>', "a page of the vendor's export, of any operation (Markdown)")
    .description('write a folder with openapi.yaml and operation.yaml; guesses are tasks for its owner')
    .option('--out <dir>', 'the new folder (default: the operationId)', folderArgument)
    .option('--operation <call>', 'the operation if the page has several: its path, or "METHOD PATH"')
    .action(async (page, flags) => {
      end(await (await import('./new.ts')).operationNewCommand(page, flags));
    });

  operation
    .command('list')
    .description('list the operations that bindgate has')
    .action(async () => {
      end(await (await import('./list.ts')).operationListCommand());
    });
}

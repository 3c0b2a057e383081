import type { Command } from 'commander';

/** `bindgate spec …`, a file each. `end` is told the exit code. */
export function addSpecCommands(program: Command, end: (exitCode: number) => void): void {
  const spec = program.command('spec').description("the contract's text: against the vendor's page, and made from one");

  spec
    .command('check')
    .argument('[page]', "the vendor's page of the operation, in Markdown")
    .description('openapi.yaml and the catalogue against the page; without one, against each other')
    .action(async (page) => {
      end(await (await import('./check.ts')).specCheckCommand(page));
    });

  spec
    .command('import')
    .argument('<page>', "a page of the vendor's export, of any operation, in Markdown")
    .description('OpenAPI 3.1 as YAML on standard output; what was guessed on standard error')
    .option('--operation <path>', 'of several operations on the page, the one with this path')
    .action(async (page, flags) => {
      end(await (await import('./import.ts')).specImportCommand(page, flags));
    });
}

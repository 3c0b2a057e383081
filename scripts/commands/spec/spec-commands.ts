import { type CommandUnknownOpts, Option } from '@commander-js/extra-typings';
import type { CommandContext } from '../../config/flags.ts';

const operationHelp = 'the operation if the page has several: its path, or "METHOD PATH"';

/** `bindgate spec …`: each command is a file. */
export function addSpecCommands(program: CommandUnknownOpts, { end, chosen }: CommandContext): void {
  const spec = program
    .command('spec')
    .description("check openapi.yaml against the vendor's page, create OpenAPI from a page, or compare two versions");

  spec
    .command('check')
    .argument('[page]', "the vendor's page of the operation (Markdown)")
    .description('lint openapi.yaml, and compare it with a page if one is given')
    .option('--operation <call>', operationHelp)
    .action(async (page, { operation }) => {
      end(await (await import('./check.ts')).specCheckCommand(page, operation, chosen));
    });

  spec
    .command('import')
    .argument('<page>', "a page of the vendor's export, of any operation (Markdown)")
    .description('print OpenAPI 3.1 as YAML for a page; guesses go to standard error')
    .option('--operation <call>', operationHelp)
    .action(async (page, flags) => {
      end(await (await import('./import.ts')).specImportCommand(page, flags));
    });

  spec
    .command('diff')
    .argument('<before>', 'the old document: OpenAPI as YAML or JSON, or a page of the vendor (Markdown)')
    .argument('<after>', 'the new document')
    .description('show what a new version of the document breaks for clients and servers')
    .addOption(
      new Option('--fail-on <severity>', 'exit with 1 for a change of this severity or worse')
        .choices(['breaking', 'risky', 'never'] as const)
        .default('breaking' as const),
    )
    .addOption(
      new Option('--format <format>', 'output format; markdown for a pull request, github for annotations')
        .choices(['text', 'json', 'markdown', 'github'] as const)
        .default('text' as const),
    )
    .option('--accept <file>', 'accepted changes, each with an owner and a last day, and severities of your own')
    .option('--operation <call>', 'compare only one operation: its path, or "METHOD PATH"')
    .option('--json', 'the same as --format json')
    .option('--cases', 'also list the cases of the suite that need work (text and json only)')
    .action(async (before, after, flags) => {
      end(await (await import('./diff.ts')).specDiffCommand(before, after, flags, chosen));
    });
}

import { type CommandUnknownOpts, Option } from '@commander-js/extra-typings';
import type { CommandContext } from '../../config/flags.ts';

/** `bindgate spec …`, a file each. */
export function addSpecCommands(program: CommandUnknownOpts, { end, chosen }: CommandContext): void {
  const spec = program
    .command('spec')
    .description("the contract's text: against the vendor's page, made from one, and against another version");

  spec
    .command('check')
    .argument('[page]', "the vendor's page of the operation, in Markdown")
    .description('the page against openapi.yaml, which is linted; without a page, openapi.yaml alone')
    .action(async (page) => {
      end(await (await import('./check.ts')).specCheckCommand(page, chosen));
    });

  spec
    .command('import')
    .argument('<page>', "a page of the vendor's export, of any operation, in Markdown")
    .description('OpenAPI 3.1 as YAML on standard output; what was guessed on standard error')
    .option('--operation <path>', 'of several operations on the page, the one with this path')
    .action(async (page, flags) => {
      end(await (await import('./import.ts')).specImportCommand(page, flags));
    });

  spec
    .command('diff')
    .argument('<before>', "the old document: an openapi.yaml, its JSON, or a page of the vendor's in Markdown")
    .argument('<after>', 'the new one')
    .description('what a new version of the document breaks, for clients and for servers')
    .addOption(
      new Option('--fail-on <severity>', 'exit 1 from this severity on')
        .choices(['breaking', 'risky', 'never'] as const)
        .default('breaking' as const),
    )
    .addOption(
      new Option('--format <format>', 'markdown is for a pull request, github for annotations')
        .choices(['text', 'json', 'markdown', 'github'] as const)
        .default('text' as const),
    )
    .option('--json', 'the same as --format json')
    .option('--cases', 'the cases of the suite that need work for it (text and json)')
    .action(async (before, after, flags) => {
      end(await (await import('./diff.ts')).specDiffCommand(before, after, flags, chosen));
    });
}

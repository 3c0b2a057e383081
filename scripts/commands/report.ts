import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { inert } from '../../contract/inert.ts';
import type { CommandContext } from '../config/flags.ts';
import { processTerminal } from '../terminal.ts';

/** `bindgate report`: regenerates `report.html` from the result files of a folder. */
export function addReport(program: CommandUnknownOpts, { chosen }: CommandContext): void {
  program
    .command('report')
    .argument('[folder]', 'folder with the result files (default: reports)')
    .description('regenerate report.html from results.json, gate.json, load.json and compare.json')
    .option('--config <file>', 'configuration file (default: bindgate.config.*)')
    .action(async (folder, flags) => {
      const { loadConfig } = await import('../config/config.ts');
      const { readReport, writeReport } = await import('../reports/report.ts');
      const { operation } = await chosen.operation();
      const from = folder ?? (await loadConfig(flags)).config.out ?? 'reports';
      processTerminal().out(`report in ${inert(await writeReport(from, readReport(from, operation)), 500)}`);
    });
}

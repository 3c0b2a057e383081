import { inert } from '../../contract/inert.ts';
import { loadConfig } from '../config/config.ts';
import { readReport, writeReport } from '../reports/report.ts';
import { processTerminal } from '../terminal.ts';

/** `bindgate report`: `report.html` anew, from the result files of a folder. Returns the exit code. */
export async function reportCommand(folder: string | undefined, flags: { readonly config?: string }): Promise<number> {
  const from = folder ?? (await loadConfig(flags.config)).config.out ?? 'reports';
  processTerminal().out(`report in ${inert(await writeReport(from, await readReport(from)), 500)}`);
  return 0;
}

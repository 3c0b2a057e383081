import { join } from 'node:path';
import { UserError } from '../../contract/user-error.ts';
import { mergeFiles } from '../../load/judge/merge.ts';
import { loadConfig } from '../config/config.ts';
import type { CommandContext } from '../config/flags.ts';
import { flagName } from '../config/flags.ts';
import { prepareFolder, writeJson } from '../reports/files.ts';
import { processTerminal } from '../terminal.ts';
import type { LoadFlags } from './load.ts';
import { reportResults } from './load.ts';

const taken = ['out', 'json', 'config'];

/** `bindgate load merge FILES…`: judges the shares of one run and writes `load.json`. Returns the exit code. */
export async function loadMergeCommand(
  files: readonly string[],
  flags: LoadFlags,
  { chosen }: CommandContext,
): Promise<number> {
  const other = Object.keys(flags).find((flag) => !taken.includes(flag));
  if (other !== undefined) {
    throw new UserError(
      `load merge takes files, --out, --config and --json; ${flagName(other)} is a setting of a run, and the run is over`,
      2,
    );
  }
  const terminal = processTerminal(flags.json);
  const results = await mergeFiles(files);
  const { config } = await loadConfig(flags);
  const { out = 'reports' } = config;
  await prepareFolder(out);
  await writeJson(join(out, 'load.json'), results);
  const { operation } = await chosen.operation();
  return reportResults(results, operation, out, flags, terminal);
}

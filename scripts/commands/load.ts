import { join } from 'node:path';
import { inert } from '../../contract/inert.ts';
import { refuseForeignHost } from '../../contract/targets/allow-hosts.ts';
import { readBaseUrl } from '../../contract/targets/read-url.ts';
import { UserError } from '../../contract/user-error.ts';
import { mergeFiles } from '../../load/judge/merge.ts';
import { readProfile } from '../../load/profiles.ts';
import { type LoadResults, loadExitCode } from '../../load/results.ts';
import { definedOnly } from '../../spec/defined-only.ts';
import type { Operation } from '../../spec/operation.ts';
import { type Config, loadConfig } from '../config/config.ts';
import { readConfiguredDialect } from '../config/dialect-flags.ts';
import { type CommandContext, flagName } from '../config/flags.ts';
import { namedTarget, openTarget } from '../config/open-target.ts';
import { type LoadFlags, type LoadSettings, load } from '../load.ts';
import type { KnownOperation } from '../operations.ts';
import { prepareFolder, writeJson } from '../reports/files.ts';
import { loadText } from '../reports/load-text.ts';
import { writeReport } from '../reports/report.ts';
import { printJson, processTerminal, type Terminal } from '../terminal.ts';

/** `bindgate load <profile>`. Returns the exit code. */
export async function loadCommand(name: string, flags: LoadFlags, { signal, chosen }: CommandContext): Promise<number> {
  const { parallelism, namespace, runnerImage } = flags;
  const [ofCluster] = Object.keys(definedOnly({ parallelism, namespace, runnerImage }));
  if (ofCluster !== undefined) {
    throw new UserError(
      `${flagName(ofCluster)} needs --kubernetes; to share a load on this machine, use --processes`,
      2,
    );
  }
  const terminal = processTerminal(flags.json);
  const loaded = await loadConfig(flags);
  const profile = readProfile(name, flags);
  const settings = await readLoadSettings(flags, loaded.config, chosen);
  const named = namedTarget(flags, loaded);
  // Before the first request: not even a probe may go to a wrong host.
  if (named?.kind === 'url') {
    refuseForeignHost(readBaseUrl(named.url).href, loaded.config.allowHosts ?? [], 'load');
  }
  await using target = await openTarget(flags, loaded, chosen, signal, terminal);
  const results = await load(target, profile, settings, terminal, signal);
  const { dialect, out } = settings;
  return reportResults(results, { operation: dialect.operation, out }, flags, terminal);
}

const takenByMerge = ['out', 'json', 'config'];

/** `bindgate load merge FILES…`: judges the shares of one run and writes `load.json`. Returns the exit code. */
export async function loadMergeCommand(
  files: readonly string[],
  flags: LoadFlags,
  { chosen }: CommandContext,
): Promise<number> {
  const other = Object.keys(flags).find((flag) => !takenByMerge.includes(flag));
  if (other !== undefined) {
    throw new UserError(
      `load merge takes files, --out, --config and --json; ${flagName(other)} is a setting of a run, and the run is over`,
      2,
    );
  }
  const results = await mergeFiles(files);
  const { config } = await loadConfig(flags);
  const { out = 'reports' } = config;
  await prepareFolder(out);
  await writeJson(join(out, 'load.json'), results);
  const { operation } = await chosen.operation();
  return reportResults(results, { operation, out }, flags, processTerminal(flags.json));
}

/** The settings of a load run from flags and configuration. */
export async function readLoadSettings(
  flags: LoadFlags,
  config: Config,
  chosen: KnownOperation,
): Promise<LoadSettings> {
  const { operation } = await chosen.operation();
  const dialect = readConfiguredDialect(flags.dialect, config, operation);
  return { chosen, config, dialect, out: config.out ?? 'reports', flags };
}

/** Writes the report of a run and prints its results. Returns the exit code. */
async function reportResults(
  results: LoadResults,
  { operation, out }: { readonly operation: Operation; readonly out: string },
  { json }: LoadFlags,
  terminal: Terminal,
): Promise<number> {
  const report = await writeReport(out, { operation, load: results });
  if (json === true) printJson(results);
  else terminal.out(`${loadText(results, terminal.style)}\nreport in ${inert(report, 500)}`);
  return loadExitCode(results);
}

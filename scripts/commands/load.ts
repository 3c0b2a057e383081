import { inert } from '../../contract/inert.ts';
import { refuseForeignHost } from '../../contract/targets/allow-hosts.ts';
import { readBaseUrl } from '../../contract/targets/read-url.ts';
import { UserError } from '../../contract/user-error.ts';
import type { LoadResults } from '../../load/results.ts';
import { loadExitCode } from '../../load/results.ts';
import type { Operation } from '../../spec/operation.ts';
import type { ClusterFlags } from '../cluster-flags.ts';
import { refuseClusterFlags } from '../cluster-flags.ts';
import type { Config } from '../config/config.ts';
import { loadConfig } from '../config/config.ts';
import { readConfiguredDialect } from '../config/dialect-flags.ts';
import type { CommandContext, TargetFlags } from '../config/flags.ts';
import { namedTarget, openTarget } from '../config/open-target.ts';
import type { LoadRunFlags, LoadSettings } from '../load.ts';
import { load, readProfile } from '../load.ts';
import type { KnownOperation } from '../operations.ts';
import { loadText } from '../reports/load-text.ts';
import { writeReport } from '../reports/report.ts';
import type { Terminal } from '../terminal.ts';
import { printJson, processTerminal } from '../terminal.ts';

/** Flags of `bindgate load`. */
export type LoadFlags = TargetFlags &
  LoadRunFlags &
  ClusterFlags & {
    readonly dialect?: readonly string[];
    readonly out?: string;
    readonly config?: string;
    readonly json?: boolean;
  };

/** `bindgate load <profile>`. Returns the exit code. */
export async function loadCommand(
  name: string,
  files: readonly string[],
  flags: LoadFlags,
  { signal, chosen }: CommandContext,
): Promise<number> {
  if (files.length > 0) throw new UserError(`load ${name} takes no files; only "load merge" does`, 2);
  refuseClusterFlags(flags);
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
  return reportResults(results, settings.dialect.operation, settings.out, flags, terminal);
}

/** The settings of a load run from flags and configuration. */
export async function readLoadSettings(
  flags: LoadFlags,
  config: Config,
  chosen: KnownOperation,
): Promise<LoadSettings> {
  const { operation } = await chosen.operation();
  return {
    chosen,
    config,
    dialect: readConfiguredDialect(flags.dialect, config, operation),
    out: config.out ?? 'reports',
    header: flags.header ?? [],
    flags,
  };
}

/** Writes the report of a run and prints its results. Returns the exit code. */
export async function reportResults(
  results: LoadResults,
  operation: Operation,
  out: string,
  { json }: LoadFlags,
  terminal: Terminal,
): Promise<number> {
  const report = await writeReport(out, { operation, load: results });
  if (json === true) printJson(results);
  else terminal.out(`${loadText(results, terminal.style)}\nreport in ${inert(report, 500)}`);
  return loadExitCode(results);
}

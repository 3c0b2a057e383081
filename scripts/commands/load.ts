import { inert } from '../../contract/inert.ts';
import { refuseForeignHost } from '../../contract/targets/allow-hosts.ts';
import { readBaseUrl } from '../../contract/targets/http-client.ts';
import { UserError } from '../../contract/user-error.ts';
import { loadExitCode } from '../../load/verdict.ts';
import type { ClusterFlags } from '../cluster-flags.ts';
import { refuseClusterFlags } from '../cluster-flags.ts';
import { loadConfig } from '../config/config.ts';
import type { VerifyFlags } from '../config/flags.ts';
import type { TargetFlags } from '../config/target.ts';
import { namedTarget, openTarget } from '../config/target.ts';
import { readVerifySettings } from '../config/verify-settings.ts';
import type { LoadRunFlags } from '../load.ts';
import { load, readProfile } from '../load.ts';
import { loadText } from '../reports/load-text.ts';
import { writeReport } from '../reports/report.ts';
import { processTerminal } from '../terminal.ts';

/** Flags of `bindgate load`. */
export type LoadFlags = TargetFlags &
  Pick<VerifyFlags, 'dialect' | 'out'> &
  LoadRunFlags &
  ClusterFlags & {
    readonly config?: string;
    readonly json?: boolean;
  };

/** `bindgate load <profile>`. Returns the exit code. */
export async function loadCommand(
  name: string,
  files: readonly string[],
  flags: LoadFlags,
  signal: AbortSignal,
): Promise<number> {
  if (files.length > 0) throw new UserError(`load ${name} takes no files; "load merge" does`, 2);
  refuseClusterFlags(flags);
  const terminal = processTerminal(flags.json);
  const loaded = await loadConfig(flags.config);
  const profile = readProfile(name, flags);
  const { dialect, out } = readVerifySettings(flags, loaded.config);
  const named = namedTarget(flags, loaded);
  // Before the first request: not even a probe goes to a host that was not meant.
  if (named?.kind === 'url') {
    refuseForeignHost(readBaseUrl(named.url).href, loaded.config.allowHosts ?? [], 'load');
  }
  await using target = await openTarget(flags, loaded, signal, terminal);
  const header = flags.header === undefined ? {} : { header: flags.header };
  const results = await load(
    target,
    profile,
    { config: loaded.config, dialect, out, flags, ...header },
    terminal,
    signal,
  );
  const report = await writeReport(out, { load: results });
  if (flags.json === true) process.stdout.write(`${JSON.stringify(results)}\n`);
  else terminal.out(`${loadText(results, terminal.style)}\nreport in ${inert(report, 500)}`);
  return loadExitCode(results);
}

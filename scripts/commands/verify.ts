import { join } from 'node:path';
import { cases } from '../../contract/cases/menu.ts';
import { loadConfig } from '../config/config.ts';
import { contractText } from '../reports/contract-text.ts';
import type { TargetFlags } from '../target.ts';
import { processTerminal } from '../terminal.ts';
import type { VerifyFlags } from '../verify.ts';
import { readVerifySettings } from '../verify.ts';
import { verifyTarget } from '../verify-target.ts';

/** Flags of `bindgate verify`. */
export type VerifyCommandFlags = VerifyFlags &
  TargetFlags & { readonly json?: boolean; readonly list?: boolean; readonly config?: string };

/** `bindgate verify`: the contract on a target. Returns the exit code. */
export async function verifyCommand(flags: VerifyCommandFlags, signal: AbortSignal): Promise<number> {
  const terminal = processTerminal(flags.json);
  if (flags.list === true) {
    for (const { id, code, title } of cases) terminal.out(`${id.padEnd(34)} ${String(code).padEnd(5)} ${title}`);
    return 0;
  }
  const loaded = await loadConfig(flags.config);
  const settings = readVerifySettings(flags, loaded.config);
  const { results, cases: judged } = await verifyTarget({ flags, loaded, settings, terminal, signal });
  if (flags.json === true) {
    process.stdout.write(`${JSON.stringify(results)}\n`);
  } else {
    terminal.out(contractText({ results, cases: judged, replay: settings.replay }, terminal.style));
    terminal.out(`report in ${join(settings.out, 'report.html')}`);
  }
  return results.verdict.exitCode;
}

import { join } from 'node:path';
import { loadConfig } from '../config/config.ts';
import { runGate } from '../gate/gate.ts';
import { stations } from '../gate/stations.ts';
import type { TargetFlags } from '../target.ts';
import { processTerminal } from '../terminal.ts';
import type { VerifyFlags } from '../verify.ts';
import { readVerifySettings } from '../verify.ts';

/** Flags of `bindgate gate`. */
export type GateFlags = VerifyFlags & TargetFlags & { readonly config?: string };

/** `bindgate gate`: every station in order, one summary, one exit code. */
export async function gateCommand(flags: GateFlags, signal: AbortSignal): Promise<number> {
  const terminal = processTerminal();
  const loaded = await loadConfig(flags.config);
  const settings = readVerifySettings(flags, loaded.config);
  // Without a target of its own the gate runs on the embedded server.
  const named = flags.url ?? loaded.config.url;
  const target: GateFlags = named === undefined ? { ...flags, reference: true } : flags;
  const exitCode = await runGate(stations, { flags: target, loaded, settings, terminal, signal });
  terminal.out(`results in ${join(settings.out, 'results.json')}`);
  return exitCode;
}

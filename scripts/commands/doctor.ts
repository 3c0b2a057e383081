import { inert } from '../../contract/inert.ts';
import type { Finding } from '../../contract/run/preflight/finding.ts';
import { ensureK6, k6Places } from '../../load/run/k6-binary.ts';
import { loadConfig } from '../config/config.ts';
import { installed } from '../doctor/installed.ts';
import { targetFindings } from '../doctor/target.ts';
import type { TargetFlags } from '../target.ts';
import type { Terminal } from '../terminal.ts';
import { processTerminal } from '../terminal.ts';

/** Flags of `bindgate doctor`. */
export type DoctorFlags = TargetFlags & { readonly get?: boolean; readonly config?: string; readonly json?: boolean };

const colours = { ok: 'green', missing: 'yellow', wrong: 'red' } as const;

/**
 * `bindgate doctor`: what is installed and, where flags or a configuration name a target, whether it can be used.
 * Returns the exit code: 3 where the gate would lack something.
 */
export async function doctorCommand(flags: DoctorFlags, signal: AbortSignal): Promise<number> {
  const terminal = processTerminal(flags.json);
  const places = k6Places((text) => terminal.note(`bindgate: ${inert(text, 1_000)}`), signal);
  if (flags.get === true) await ensureK6(places);
  const found = [...(await installed(places))];
  if (flags.json !== true) show(found, terminal);
  const loaded = await loadConfig(flags.config);
  if ([flags.url, flags.states, flags.config, loaded.config.url].some((named) => named !== undefined)) {
    const about = await targetFindings(flags, loaded, signal);
    found.push(...about);
    if (flags.json !== true) show(about, terminal);
  }
  if (flags.json === true) {
    const findings = found.map(({ name, state, says }) => ({ name, state, says }));
    process.stdout.write(`${JSON.stringify({ findings })}\n`);
  }
  return found.some(({ state, blocks }) => state !== 'ok' && blocks === true) ? 3 : 0;
}

function show(findings: readonly Finding[], { out, style }: Terminal): void {
  for (const { name, state, says } of findings)
    out(`${style(colours[state], state.padEnd(7))}  ${name.padEnd(9)} ${inert(says, 4_000)}`);
}

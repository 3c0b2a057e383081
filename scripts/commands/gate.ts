import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../contract/user-error.ts';
import { loadConfig } from '../config/config.ts';
import type { Station } from '../gate/gate.ts';
import { runGate } from '../gate/gate.ts';
import { stations } from '../gate/stations.ts';
import { prepareFolder, writeJson } from '../reports/files.ts';
import { readReport, writeReport } from '../reports/report.ts';
import type { TargetFlags } from '../target.ts';
import { requireTarget } from '../target.ts';
import { processTerminal } from '../terminal.ts';
import type { VerifyFlags } from '../verify.ts';
import { readVerifySettings, reportLine } from '../verify.ts';

/** Flags of `bindgate gate`. */
export type GateFlags = VerifyFlags &
  TargetFlags & { readonly config?: string; readonly skip?: readonly string[]; readonly document?: string };

/** `bindgate gate`: every station in order, one summary, one exit code. */
export async function gateCommand(flags: GateFlags, signal: AbortSignal): Promise<number> {
  const terminal = processTerminal();
  const loaded = await loadConfig(flags.config);
  const chosen = withoutSkipped(flags.skip ?? []);
  if (chosen.some(({ needsTarget }) => needsTarget === true)) requireTarget(flags, loaded);
  const settings = readVerifySettings({ ...flags, requireCoverage: true }, loaded.config);
  const { out } = settings;
  await prepareFolder(out);
  // What an earlier run left would pass for this one's, should a station not come to write its own.
  for (const file of ['results.json', 'junit.xml', 'load.json', 'gate.json'])
    await rm(join(out, file), { force: true });
  const gate = await runGate(chosen, { flags, loaded, settings, terminal, signal });
  await writeJson(join(out, 'gate.json'), gate);
  await writeReport(out, await readReport(out));
  terminal.out(reportLine(settings));
  return gate.exitCode;
}

function withoutSkipped(names: readonly string[]): readonly Station[] {
  const unknown = names.find((name) => !stations.some((station) => station.name === name));
  if (unknown !== undefined) {
    const known = stations.map(({ name }) => name).join(', ');
    throw new UserError(`--skip: no station is called "${unknown}"; the stations are ${known}`, 2);
  }
  const left = stations.filter(({ name }) => !names.includes(name));
  if (left.length === 0)
    throw new UserError('--skip leaves no station: nothing would be checked; keep at least one', 2);
  return left;
}

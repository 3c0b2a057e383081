import { inert } from '../../contract/inert.ts';
import type { LoadedConfig } from '../config/config.ts';
import { exitCodeOf, failureDetails, failureLine } from '../failure.ts';
import type { TargetFlags } from '../target.ts';
import type { Terminal } from '../terminal.ts';
import type { VerifyFlags, VerifySettings } from '../verify.ts';
import type { EndedStation, GateResults } from './results.ts';

/** What every station is given. */
export type GateContext = {
  readonly flags: TargetFlags & VerifyFlags & { readonly document?: string; readonly skip?: readonly string[] };
  readonly loaded: LoadedConfig;
  readonly settings: VerifySettings;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
};

/** One station of the gate. A further one is a file and a row in `stations.ts`. */
export type Station = {
  readonly name: string;
  /** It sends requests to the server under test. */
  readonly needsTarget?: true;
  /** Does the work; the summary is one line. */
  readonly run: (context: GateContext) => Promise<StationResult>;
};

/** How a station ended. */
export type StationResult = { readonly exitCode: number; readonly summary: string };

/** The order in which exit codes outweigh each other: an interruption, then a finding, then wrong usage, then a breakdown. */
const gravest = [130, 1, 2, 3];

/** Runs the stations in order and prints a summary; a station that fails does not keep the next from telling more. */
export async function runGate(stations: readonly Station[], context: GateContext): Promise<GateResults> {
  const { signal } = context;
  const startedAt = new Date().toISOString();
  const ended: EndedStation[] = [];
  for (const { name, run } of stations) {
    if (signal.aborted) break;
    const started = performance.now();
    const result = await run(context).catch((error: unknown): StationResult => {
      const details = failureDetails(error);
      if (details !== '') context.terminal.out(`${name}  ${failureLine(error)}\n${details.trimEnd()}`);
      return { exitCode: exitCodeOf(error), summary: failureLine(error) };
    });
    ended.push({ name, ...result, durationMs: Math.round(performance.now() - started) });
  }
  const codes = [...ended.map(({ exitCode }) => exitCode), ...(signal.aborted ? [130] : [])];
  const exitCode = gravest.find((code) => codes.includes(code)) ?? 0;
  const results: GateResults = { schema: 'bindgate.gate/1', startedAt, exitCode, stations: ended };
  printSummary(results, context);
  return results;
}

function printSummary({ stations, exitCode }: GateResults, { terminal, flags }: GateContext): void {
  terminal.out('');
  for (const { name, durationMs, exitCode: code, summary } of stations) {
    const mark = code === 0 ? terminal.style('green', 'ok    ') : terminal.style('red', `exit ${code}`);
    terminal.out(
      `${mark}  ${name.padEnd(9)} ${`${(durationMs / 1000).toFixed(2)} s`.padStart(8)}  ${inert(summary, 500)}`,
    );
  }
  const total = stations.reduce((sum, { durationMs }) => sum + durationMs, 0);
  const word =
    exitCode === 0
      ? terminal.style(['green', 'bold'], 'gate passed')
      : terminal.style(['red', 'bold'], `gate closed (exit ${exitCode})`);
  const without = flags.skip === undefined ? '' : `, without ${flags.skip.join(', ')} (--skip)`;
  terminal.out(`${word} in ${(total / 1000).toFixed(2)} s${without}`);
}

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { inert } from '../../contract/inert.ts';
import { UserError } from '../../contract/user-error.ts';
import { type CommandContext, verifyingCommand } from '../config/flags.ts';
import { failureDetails, failureLine, findExitCode } from '../failure.ts';
import type { GateResults } from '../gate/gate.generated.ts';
import { processTerminal, type Terminal } from '../terminal.ts';
import type { GateStep } from './gate-steps.ts';
import type { VerifyTarget } from './verify-target.ts';

/** `bindgate gate`: runs all steps in order, with one summary and one exit code. */
export function addGate(program: CommandUnknownOpts, { signal, end, chosen }: CommandContext): void {
  verifyingCommand(program, 'gate')
    .description('run spec, mock, contract and a short load; fail if a step fails or a documented code is not covered')
    .option('--skip <step...>', 'skip a step: spec, mock, contract, load')
    .option('--document <file>', "the vendor's page, which the contract must match")
    .action(async (flags) => {
      const { loadConfig } = await import('../config/config.ts');
      const { readRunOperations } = await import('../config/operations-of.ts');
      const { prepareFolder, writeJson } = await import('../reports/files.ts');
      const { readReport, writeReport } = await import('../reports/report.ts');
      const { requireTarget } = await import('../config/open-target.ts');
      const { gateSteps } = await import('./gate-steps.ts');
      const { reportLine } = await import('./verify-target.ts');
      const terminal = processTerminal();
      const loaded = await loadConfig(flags);
      const { skip = [] } = flags;
      const left = withoutSkipped(gateSteps, skip);
      if (left.some(({ needsTarget }) => needsTarget === true)) requireTarget(flags, loaded);
      const runs = await readRunOperations({ ...flags, requireCoverage: true }, loaded, chosen);
      if (runs === undefined) return;
      const [{ settings }] = runs;
      const { out, suite } = settings;
      await prepareFolder(out);
      // If a step does not write its file, the file of an earlier run must not be taken for it.
      for (const file of ['results.json', 'junit.xml', 'load.json', 'gate.json'])
        await rm(join(out, file), { force: true });
      const gate = await runGate(left, { flags, runs, terminal, signal });
      printSummary(gate, skip, terminal);
      await writeJson(join(out, 'gate.json'), gate);
      await writeReport(out, readReport(out, suite.operation));
      terminal.out(reportLine(settings));
      end(gate.exitCode);
    });
}

function withoutSkipped(steps: readonly GateStep[], names: readonly string[]): readonly GateStep[] {
  const unknown = names.find((name) => !steps.some((step) => step.name === name));
  if (unknown !== undefined) {
    const known = steps.map(({ name }) => name).join(', ');
    throw new UserError(`--skip: no step is called "${unknown}"; the steps are ${known}`, 2);
  }
  const left = steps.filter(({ name }) => !names.includes(name));
  if (left.length > 0) return left;
  throw new UserError('--skip excludes every step, so nothing would be checked; keep at least one', 2);
}

/** Priority of exit codes: an interruption, then a finding, then wrong usage, then an error. */
const exitCodeOrder = [130, 1, 2, 3];

/** Runs the steps in order. After a failed step, the next steps still run. */
async function runGate(steps: readonly GateStep[], context: VerifyTarget): Promise<GateResults> {
  const { signal } = context;
  const startedAt = new Date().toISOString();
  const ended: GateResults['stations'][number][] = [];
  for (const { name, run } of steps) {
    if (signal.aborted) break;
    const started = performance.now();
    const result = await run(context).catch((error: unknown) => {
      const details = failureDetails(error);
      if (details !== '') context.terminal.out(`${name}  ${failureLine(error)}\n${details.trimEnd()}`);
      return { exitCode: findExitCode(error), summary: failureLine(error) };
    });
    ended.push({ name, ...result, durationMs: Math.round(performance.now() - started) });
  }
  const codes = [...ended.map(({ exitCode }) => exitCode), ...(signal.aborted ? [130] : [])];
  const exitCode = exitCodeOrder.find((code) => codes.includes(code)) ?? 0;
  return { schema: 'bindgate.gate/1', startedAt, exitCode, stations: ended };
}

function printSummary(
  { stations: steps, exitCode }: GateResults,
  skipped: readonly string[],
  terminal: Terminal,
): void {
  const { out, style } = terminal;
  const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
  out('');
  for (const { name, durationMs, exitCode: code, summary } of steps) {
    const mark = code === 0 ? style('green', 'ok    ') : style('red', `exit ${code}`);
    out(`${mark}  ${name.padEnd(9)} ${seconds(durationMs).padStart(8)}  ${inert(summary, 500)}`);
  }
  const total = steps.reduce((sum, { durationMs }) => sum + durationMs, 0);
  const word =
    exitCode === 0 ? style(['green', 'bold'], 'gate passed') : style(['red', 'bold'], `gate failed (exit ${exitCode})`);
  const without = skipped.length === 0 ? '' : `, without ${skipped.join(', ')} (--skip)`;
  out(`${word} in ${seconds(total)}${without}`);
}

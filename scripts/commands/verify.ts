import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { Suite } from '../../contract/suite.ts';
import { UserError } from '../../contract/user-error.ts';
import { type CommandContext, verifyingCommand } from '../config/flags.ts';
import { printJson, processTerminal, type Terminal } from '../terminal.ts';

/** `bindgate verify`: checks that a target implements the contract. */
export function addVerify(program: CommandUnknownOpts, { signal, end, chosen }: CommandContext): void {
  verifyingCommand(program, 'verify')
    .description('check that a server implements the contract')
    .option('--json', 'print only results.json on standard output')
    .option('--record <file>', 'write a baseline file: all answers and the order of checks, as text for review')
    .option('--failed', 'run only the cases that failed in the last full run of --out')
    .option('--require-coverage', 'fail if a documented code is not covered, as the gate does')
    .option('--fail-fast', 'stop after the first failed case')
    .option('--list', 'list every case, and exit')
    .action(async (flags) => {
      const terminal = processTerminal(flags.json);
      const { suite } = await chosen.suite();
      if (flags.list === true) {
        if (flags.json === true) throw new UserError('--list prints only text; remove --json', 2);
        return listCases(suite, flags.only ?? [], terminal);
      }
      const { loadConfig } = await import('../config/config.ts');
      const { readRunOperations } = await import('../config/operations-of.ts');
      const { reportLine, runText, verifyTarget } = await import('./verify-target.ts');
      const loaded = await loadConfig(flags);
      const runs = await readRunOperations(flags, loaded, chosen);
      if (runs === undefined) return terminal.out('nothing to run: no case failed in the last full run');
      const verified = await verifyTarget({ flags, runs, terminal, signal });
      const { results } = verified;
      if (flags.json === true) {
        printJson(results);
      } else {
        terminal.out(await runText(verified, terminal.style));
        terminal.out(reportLine(runs[0].settings));
      }
      end(results.verdict.exitCode);
    });
}

async function listCases({ cases, operation }: Suite, only: readonly string[], { out }: Terminal): Promise<void> {
  const { hasDocumentedCode } = await import('../../contract/run/case.ts');
  const { makeDefaultDialect } = await import('../../spec/dialect.ts');
  const { selectCases } = await import('../config/select-cases.ts');
  const { noDocumentedCode } = await import('../reports/words.ts');
  const dialect = makeDefaultDialect(operation);
  for (const tested of selectCases(only, cases)) {
    const code = hasDocumentedCode(tested, dialect) ? String(tested.code) : noDocumentedCode;
    const columns = [
      tested.id.padEnd(34),
      code.padEnd(noDocumentedCode.length),
      operation.rules[tested.rule]?.basis.padEnd(8),
      tested.rule.padEnd(22),
      tested.title,
    ];
    out(columns.join(' '));
  }
}

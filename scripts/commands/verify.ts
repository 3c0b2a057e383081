import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { Suite } from '../../contract/suite.ts';
import type { CommandContext } from '../config/flags.ts';
import { verifyingCommand } from '../config/flags.ts';
import { processTerminal, type Terminal } from '../terminal.ts';

/** `bindgate verify`: the contract on a target. */
export function addVerify(program: CommandUnknownOpts, { signal, end, chosen }: CommandContext): void {
  verifyingCommand(program, 'verify')
    .description('the contract on a target')
    .option('--json', 'results.json on standard output, and nothing else there')
    .option('--record <file>', 'keep what the server did, and which of two faults wins, as a text for review')
    .option('--failed', 'run what failed in the last full run of --out')
    .option('--require-coverage', 'fail where a documented code is not covered, as the gate does')
    .option('--fail-fast', 'end the run after the first failed case')
    .option('--list', 'show every case and stop')
    .action(async (flags) => {
      const terminal = processTerminal(flags.json);
      const { suite } = await chosen.suite();
      if (flags.list === true) return listCases(suite, terminal);
      const { loadConfig } = await import('../config/config.ts');
      const { selectFailed } = await import('../config/select-cases.ts');
      const { readVerifySettings } = await import('../config/verify-settings.ts');
      const { reportLine, verifyTarget } = await import('./verify-target.ts');
      const loaded = await loadConfig(flags.config);
      const selected = flags.failed === true ? await selectFailed(flags, loaded.config, suite) : flags;
      if (selected === undefined) return terminal.out('nothing to run: no case failed in the last full run');
      const settings = readVerifySettings(selected, loaded.config, suite);
      const { results } = await verifyTarget({ chosen, flags: selected, loaded, settings, terminal, signal });
      if (flags.json === true) {
        process.stdout.write(`${JSON.stringify(results)}\n`);
      } else {
        const { contractText } = await import('../reports/contract-text.ts');
        terminal.out(contractText(results, suite, terminal.style));
        terminal.out(reportLine(settings));
      }
      end(results.verdict.exitCode);
    });
}

async function listCases({ cases, operation }: Suite, { out }: Terminal): Promise<void> {
  const { hasDocumentedCode } = await import('../../contract/run/case.ts');
  const { makeDefaultDialect } = await import('../../spec/dialect.ts');
  const { noDocumentedCode } = await import('../reports/words.ts');
  const dialect = makeDefaultDialect(operation);
  for (const tested of cases) {
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

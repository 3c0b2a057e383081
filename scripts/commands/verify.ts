import { cases } from '../../contract/pure-bt/cases/menu.ts';
import { hasDocumentedCode } from '../../contract/run/case.ts';
import { defaultDialect } from '../../spec/pure-bt/dialect.ts';
import { ruleOf } from '../../spec/pure-bt/rules.ts';
import { loadConfig } from '../config/config.ts';
import { contractText } from '../reports/contract-text.ts';
import { noDocumentedCode } from '../reports/words.ts';
import { selectFailed } from '../select-cases.ts';
import type { TargetFlags } from '../target.ts';
import { processTerminal } from '../terminal.ts';
import type { VerifyFlags } from '../verify.ts';
import { readVerifySettings, reportLine } from '../verify.ts';
import { verifyTarget } from '../verify-target.ts';

/** Flags of `bindgate verify`. */
export type VerifyCommandFlags = VerifyFlags &
  TargetFlags & { readonly json?: boolean; readonly list?: boolean; readonly config?: string };

/** `bindgate verify`: the contract on a target. Returns the exit code. */
export async function verifyCommand(flags: VerifyCommandFlags, signal: AbortSignal): Promise<number> {
  const terminal = processTerminal(flags.json);
  if (flags.list === true) {
    for (const tested of cases) {
      const code = hasDocumentedCode(tested, defaultDialect) ? String(tested.code) : noDocumentedCode;
      const { basis } = ruleOf(tested.rule);
      terminal.out(
        `${tested.id.padEnd(34)} ${code.padEnd(noDocumentedCode.length)} ${basis.padEnd(8)} ${tested.rule.padEnd(22)} ${tested.title}`,
      );
    }
    return 0;
  }
  const loaded = await loadConfig(flags.config);
  const chosen = flags.failed === true ? await selectFailed(flags, loaded.config) : flags;
  if (chosen === undefined) {
    terminal.out('nothing to run: no case failed in the last full run');
    return 0;
  }
  const settings = readVerifySettings(chosen, loaded.config);
  const { results } = await verifyTarget({ flags: chosen, loaded, settings, terminal, signal });
  if (flags.json === true) {
    process.stdout.write(`${JSON.stringify(results)}\n`);
  } else {
    terminal.out(contractText(results, terminal.style));
    terminal.out(reportLine(settings));
  }
  return results.verdict.exitCode;
}

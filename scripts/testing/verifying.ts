import { suite } from '../../contract/pure-bt/suite.ts';
import type { Results } from '../../contract/results.ts';
import type { CaseResult } from '../../contract/run/outcome.ts';
import type { Target } from '../../contract/targets/target.ts';
import { verifyAndWrite } from '../commands/verify-target.ts';
import { type Config, withFlags } from '../config/config.ts';
import type { TargetFlags, VerifyFlags } from '../config/flags.ts';
import { openTarget } from '../config/open-target.ts';
import { readVerifySettings, type VerifySettings } from '../config/verify-settings.ts';
import { operations } from '../operations.ts';
import { contractText } from '../reports/contract-text.ts';
import type { Terminal } from '../terminal.ts';

/** The findings, output and files of a verification. */
export type VerifiedHere = {
  readonly exitCode: number;
  readonly results: Results;
  readonly cases: readonly CaseResult[];
  /** The results as the command prints them. */
  readonly text: string;
  /** Everything that was printed before. */
  readonly said: string;
  readonly out: string;
};

/** A terminal that records its output. */
export function keepingTerminal(): Terminal & { readonly said: string[] } {
  const said: string[] = [];
  const say = (line: string): void => {
    said.push(line);
  };
  return { said, out: say, note: say, progress: () => undefined, style: (_, words) => words };
}

/**
 * Runs `bindgate verify` in this process.
 * @param given `target` replaces the target of the flags and stays open; `change` changes the settings.
 */
export async function verifying(
  flags: TargetFlags & VerifyFlags,
  config: Config = {},
  given: { readonly target?: Target; readonly change?: (settings: VerifySettings) => Partial<VerifySettings> } = {},
): Promise<VerifiedHere> {
  const terminal = keepingTerminal();
  const [chosen] = operations;
  const loaded = { config: withFlags(config, flags), file: 'bindgate.config' };
  await using opened = new AsyncDisposableStack();
  const target = given.target ?? opened.use(await openTarget(flags, loaded, chosen));
  const read = readVerifySettings(flags, loaded.config, suite);
  const settings = { ...read, ...given.change?.(read) };
  const run = { chosen, loaded, settings, prefix: undefined };
  const { results, cases } = await verifyAndWrite(target, run, terminal, new AbortController().signal);
  const text = contractText(results, suite, terminal.style);
  const { exitCode } = results.verdict;
  return { exitCode, results, cases, text, said: terminal.said.join('\n'), out: settings.out };
}

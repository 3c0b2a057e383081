import { join } from 'node:path';
import { areBehaviourFiles } from '../../contract/baseline/behaviour-file.ts';
import { inert } from '../../contract/inert.ts';
import { type CompareResults, compareExitCode } from '../../load/compare/results.ts';
import { type CompareFlags, compareFiles, compareLive, readCompareFlags } from '../compare.ts';
import { compareBehaviourFiles } from '../compare-behaviour.ts';
import { loadConfig } from '../config/config.ts';
import { readConfiguredDialect } from '../config/dialect-flags.ts';
import type { CommandContext } from '../config/flags.ts';
import { compareText } from '../reports/compare-text.ts';
import { prepareFolder, writeJson } from '../reports/files.ts';
import { writeReport } from '../reports/report.ts';
import { printJson, processTerminal } from '../terminal.ts';

/** `bindgate compare --a URL --b URL` or `bindgate compare BEFORE AFTER`. Returns the exit code. */
export async function compareCommand(
  files: readonly string[],
  flags: CompareFlags,
  { signal, chosen }: CommandContext,
): Promise<number> {
  const terminal = processTerminal(flags.json);
  const what = readCompareFlags(files, flags);
  if (what.kind === 'files' && areBehaviourFiles(what.before, what.after)) {
    const { suite } = await chosen.suite();
    const { exitCode, json, text } = compareBehaviourFiles(what.before, what.after, suite);
    if (flags.json === true) printJson(json);
    else terminal.out(text(terminal.style));
    return exitCode;
  }
  const loaded = await loadConfig(flags);
  const { operation } = await chosen.operation();
  const dialect = readConfiguredDialect(flags.dialect, loaded.config, operation);
  const out = loaded.config.out ?? 'reports';
  let results: CompareResults;
  if (what.kind === 'files') {
    results = compareFiles(what.before, what.after);
    await prepareFolder(out);
  } else {
    results = await compareLive(what, flags, { chosen, loaded, dialect, out }, terminal, signal);
  }
  await writeJson(join(out, 'compare.json'), results);
  const report = await writeReport(out, { operation, compare: results });
  if (flags.json === true) printJson(results);
  else terminal.out(`${compareText(results, terminal.style)}\nreport in ${inert(report, 500)}`);
  return compareExitCode(results, flags.inconclusive === 'pass');
}

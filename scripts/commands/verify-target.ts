import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { inert } from '../../contract/inert.ts';
import { growingMask } from '../../contract/mask.ts';
import { mergeResults } from '../../contract/merge-results.ts';
import type { Results } from '../../contract/results.ts';
import { withTimeLimit } from '../../contract/run/time-limit.ts';
import type { Target } from '../../contract/targets/target.ts';
import { UserError } from '../../contract/user-error.ts';
import { type Verified, verify } from '../../contract/verify.ts';
import type { TargetFlags } from '../config/flags.ts';
import { openTarget } from '../config/open-target.ts';
import type { RunOperation } from '../config/operations-of.ts';
import type { VerifySettings } from '../config/verify-settings.ts';
import { failureLine, findExitCode } from '../failure.ts';
import { writeBodies } from '../reports/bodies.ts';
import { prepareFolder, privateMode, writeJson, writeWhole } from '../reports/files.ts';
import { reportToGithub } from '../reports/github.ts';
import { openHar } from '../reports/har/har.ts';
import { errorJunit, junitXml } from '../reports/junit.ts';
import { writeReport } from '../reports/report.ts';
import type { Terminal } from '../terminal.ts';

/** How a target is verified. */
export type VerifyTarget = {
  readonly flags: TargetFlags;
  /** The operations, one after the other. */
  readonly runs: readonly [RunOperation, ...RunOperation[]];
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
};

/** What was found for one operation of a run. */
type Done = Verified & { readonly run: RunOperation; readonly prefix: RunOperation['prefix'] };

/** What a run found: its results, and those of each operation. */
export type VerifiedRun = { readonly results: Results; readonly each: readonly Done[] };

/**
 * Opens the target from flags and configuration, and verifies it, for each operation. Writes `results.json`, its views, and a
 * baseline file if requested. If the target, the states or a tool cannot be used (exit code 3), `junit.xml` has one test case
 * that says so.
 */
export async function verifyTarget({ flags, runs, terminal, signal }: VerifyTarget): Promise<VerifiedRun> {
  const [{ settings }] = runs;
  using limited = withTimeLimit(signal, settings.timeLimit);
  try {
    const done: Done[] = [];
    for (const run of runs) {
      await using target = await openTarget(flags, run.loaded, run.chosen, limited.signal, terminal);
      // Awaited here, because the target must stay open until the run is over.
      done.push(await verifyOne(target, run, terminal, limited.signal));
      if (signal.aborted) break;
    }
    const [first, ...others] = done;
    if (first === undefined) throw new Error('a run without operations');
    return await write([first, ...others], terminal);
  } catch (error) {
    if (findExitCode(error) === 3 && !signal.aborted) {
      await prepareFolder(settings.out);
      const details = error instanceof UserError ? error.details : [];
      await writeWhole(join(settings.out, 'junit.xml'), errorJunit(failureLine(error), details));
    }
    throw error;
  }
}

/** Verifies an open target for one operation. Writes `results.json`, its views, and a baseline file if requested. */
export async function verifyAndWrite(
  target: Target,
  run: RunOperation,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<Verified> {
  const done = await verifyOne(target, run, terminal, signal);
  await write([done], terminal);
  return done;
}

async function verifyOne(target: Target, run: RunOperation, terminal: Terminal, signal: AbortSignal): Promise<Done> {
  const { settings, prefix } = run;
  const { out, showSecrets, cases, suite } = settings;
  await prepareFolder(out);
  const har = prefix === undefined ? 'traffic.har' : `traffic-${prefix}.har`;
  const known = growingMask(suite.operation);
  using traffic = settings.har ? openHar(join(out, har), { url: target.url, showSecrets, known }) : undefined;
  const name = prefix === undefined ? 'contract' : `contract of ${prefix}`;
  terminal.progress(`${name} 0/${cases.length}`);
  let failed = 0;
  const verified = await verify({
    ...settings,
    target,
    signal,
    observer: traffic,
    onNote: (note) => terminal.note(`bindgate: ${note}`),
    onResult: ({ outcome }, done, total) => {
      failed = (done === 1 ? 0 : failed) + (outcome === 'failed' ? 1 : 0);
      terminal.progress(`${name} ${done}/${total}, ${failed} failed`);
    },
  }).finally(() => terminal.progress(''));
  return { ...verified, run, prefix };
}

async function write(done: readonly [Done, ...Done[]], terminal: Terminal): Promise<VerifiedRun> {
  const [{ run, record }] = done;
  const { out, showSecrets, suite } = run.settings;
  const { operation } = suite;
  for (const { run: one, cases, results } of done) {
    const { catalogue, curl } = one.settings;
    const ids = catalogue.map(({ id }) => id);
    await writeBodies(cases, results.target.url, curl, { ids, showSecrets });
  }
  const results = mergeResults(done);
  // The result of an earlier gate in this folder is outdated now.
  await rm(join(out, 'gate.json'), { force: true });
  await writeJson(join(out, 'results.json'), results, showSecrets ? privateMode : undefined);
  await writeReport(out, { operation, results });
  await writeWhole(join(out, 'junit.xml'), junitXml(results));
  await reportToGithub(results, operation, terminal.out);
  await writeRecord(run.settings, record, terminal);
  return { results, each: done };
}

/** The run as text: the contract of each operation. */
export async function runText({ each }: VerifiedRun, style: Terminal['style']): Promise<string> {
  const { contractText } = await import('../reports/contract-text.ts');
  return each
    .map(({ run, results }) => {
      const { suite } = run.settings;
      const text = contractText(results, suite, style);
      return each.length === 1 ? text : `${style('bold', `operation ${suite.operation.id}`)}\n${text}`;
    })
    .join('\n\n');
}

async function writeRecord(
  { recordFile: file, partial }: VerifySettings,
  record: Verified['record'],
  { note }: Terminal,
): Promise<void> {
  if (file === undefined || record === undefined) return;
  if ('problem' in record) return note(`bindgate: ${inert(file)} was not written: ${inert(record.problem)}`);
  await writeWhole(file, record.text).catch((error: unknown) => {
    throw new UserError(`the baseline file "${file}" cannot be written; choose another --record FILE`, 2, {
      cause: error,
    });
  });
  const part = partial ? ' of the selected cases' : '';
  note(`bindgate: recorded ${record.facts} facts${part} in ${inert(file)}`);
}

/** The line with the path of the report. */
export function reportLine({ partial, out }: VerifySettings): string {
  const line = `report in ${inert(join(out, 'report.html'), 500)}`;
  if (!partial) return line;
  return existsSync(join(dirname(out), 'report.html'))
    ? `${line} (partial run; the full report is unchanged)`
    : `${line} (a part of the cases: written to ${basename(out)}/)`;
}

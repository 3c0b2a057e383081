import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { inert } from '../../contract/inert.ts';
import { curlPlace } from '../../contract/results.ts';
import { withTimeLimit } from '../../contract/run/time-limit.ts';
import type { Target } from '../../contract/targets/target.ts';
import { UserError } from '../../contract/user-error.ts';
import type { Verified } from '../../contract/verify.ts';
import { verify } from '../../contract/verify.ts';
import type { LoadedConfig } from '../config/config.ts';
import type { TargetFlags } from '../config/open-target.ts';
import { openTarget } from '../config/open-target.ts';
import type { VerifySettings } from '../config/verify-settings.ts';
import { failureLine, findExitCode } from '../failure.ts';
import type { KnownOperation } from '../operations.ts';
import { writeBodies } from '../reports/bodies.ts';
import { prepareFolder, privateMode, writeJson, writeWhole } from '../reports/files.ts';
import { reportToGithub } from '../reports/github.ts';
import { openHar } from '../reports/har/har.ts';
import { errorJunit, junitXml } from '../reports/junit.ts';
import { writeReport } from '../reports/report.ts';
import type { Terminal } from '../terminal.ts';

/** How a target is verified. */
export type VerifyTarget = {
  readonly chosen: KnownOperation;
  readonly flags: TargetFlags;
  readonly loaded: LoadedConfig;
  readonly settings: VerifySettings;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
};

/**
 * Opens the target from flags and configuration, and verifies it.
 * If the target, the states or a tool cannot be used (exit code 3), `junit.xml` has one test case that says so.
 */
export async function verifyTarget(context: VerifyTarget): Promise<Verified> {
  const { chosen, flags, loaded, settings, terminal, signal } = context;
  using limited = withTimeLimit(signal, settings.timeLimit);
  try {
    await using target = await openTarget(flags, loaded, chosen, limited.signal, terminal);
    // Awaited here, because the target must stay open until the run is over.
    return await verifyAndWrite(target, settings, terminal, limited.signal);
  } catch (error) {
    if (findExitCode(error) === 3 && !signal.aborted) {
      await prepareFolder(settings.out);
      const details = error instanceof UserError ? error.details : [];
      await writeWhole(join(settings.out, 'junit.xml'), errorJunit(failureLine(error), details));
    }
    throw error;
  }
}

/** Verifies an open target. Writes `results.json`, its views, and a baseline file if requested. */
export async function verifyAndWrite(
  target: Target,
  settings: VerifySettings,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<Verified> {
  const { out, showSecrets, catalogue, cases, curl } = settings;
  const { operation } = settings.suite;
  await prepareFolder(out);
  using traffic = settings.har
    ? openHar(join(out, 'traffic.har'), { operation, url: target.url, showSecrets })
    : undefined;
  terminal.progress(`contract 0/${cases.length}`);
  let failed = 0;
  const verified = await verify({
    ...settings,
    target,
    signal,
    observer: traffic,
    onNote: (note) => terminal.note(`bindgate: ${note}`),
    onResult: ({ outcome }, done, total) => {
      failed = (done === 1 ? 0 : failed) + (outcome === 'failed' ? 1 : 0);
      terminal.progress(`contract ${done}/${total}, ${failed} failed`);
    },
  }).finally(() => terminal.progress(''));
  const { results, cases: judged, record } = verified;
  await writeBodies(judged, curlPlace({ target, curl }), { ids: catalogue.map(({ id }) => id), showSecrets });
  // The result of an earlier gate in this folder is outdated now.
  await rm(join(out, 'gate.json'), { force: true });
  await writeJson(join(out, 'results.json'), results, showSecrets ? privateMode : undefined);
  await writeReport(out, { operation, results });
  await writeWhole(join(out, 'junit.xml'), junitXml(results));
  await reportToGithub(results, operation, terminal.out);
  await writeRecord(settings, record, terminal);
  return verified;
}

/** Writes the baseline file, or says why not. */
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

import { accessSync, constants, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readBaselineFile } from '../../contract/baseline/behaviour-file.ts';
import type { CurlPlace } from '../../contract/curl.ts';
import { inert } from '../../contract/inert.ts';
import type { Policy } from '../../contract/judge/policy.ts';
import { matches } from '../../contract/matches.ts';
import { type Case, casesUnder } from '../../contract/run/case.ts';
import type { Suite } from '../../contract/suite.ts';
import { UserError } from '../../contract/user-error.ts';
import { isPartial, type VerifyOptions } from '../../contract/verify.ts';
import type { Dialect } from '../../spec/dialect.ts';
import { documentedCode } from '../../spec/operation.ts';
import { bodiesFolder } from '../reports/bodies.ts';
import type { Config } from './config.ts';
import { readConfiguredDialect } from './dialect-flags.ts';
import { readDuration, readTimingEffect } from './duration.ts';
import type { TargetFlags, VerifyFlags } from './flags.ts';
import { curlReach, replayCommand } from './repeat.ts';
import { noSuchCase, selectCases } from './select-cases.ts';

/** The settings of a verification, and of its result files. */
export type VerifySettings = Omit<VerifyOptions, 'target' | 'signal' | 'onResult' | 'onNote'> & {
  readonly catalogue: readonly Case[];
  readonly cases: readonly Case[];
  readonly dialect: Dialect;
  readonly seed: number;
  readonly replay: string;
  readonly curl: CurlPlace;
  readonly showSecrets: boolean;
  readonly recordFile: string | undefined;
  readonly har: boolean;
  /** In seconds. */
  readonly timeLimit: number;
  /** Whether cases were left out: such a run must not replace the files of a full run. */
  readonly partial: boolean;
  /** The folder for result files; a partial run uses a folder inside the chosen one. */
  readonly out: string;
};

const partialFolder = 'partial';
/** In seconds: ten times the duration of a run against a local server. */
const defaultTimeLimit = 600;

/**
 * Reads the settings of a verification.
 * @param config with the flags that override it.
 * @throws UserError (exit code 2) for a setting that cannot be used.
 */
export function readVerifySettings(flags: TargetFlags & VerifyFlags, config: Config, suite: Suite): VerifySettings {
  const dialect = readConfiguredDialect(flags.dialect, config, suite.operation);
  const all = flags.prism === true ? suite.mockCases : suite.cases;
  const catalogue = casesUnder(dialect, all);
  // A case that does not apply under the dialect still runs by name, and says why it is skipped.
  const cases = flags.only === undefined ? catalogue : selectCases(flags.only, all);
  const partial = isPartial(cases, catalogue);
  const { out: whole = 'reports' } = config;
  const out = partial ? join(whole, partialFolder) : whole;
  const { record, showSecrets = false } = flags;
  if (record !== undefined) refuseUnwritable(record);
  return {
    suite,
    catalogue,
    cases,
    dialect,
    seed: config.seed ?? Math.floor(Math.random() * 2 ** 31),
    strict: config.strict ?? config.policy?.strict,
    showSecrets,
    concurrency: config.concurrency,
    runs: config.runs,
    timingEffectMs: readTimingEffect(config.timingEffect ?? ''),
    path: readPath(flags, config),
    allowHosts: config.allowHosts,
    record: record !== undefined,
    recordFile: record,
    baseline: flags.baseline === undefined ? undefined : readBaselineFile(flags.baseline, dialect, suite),
    policy: readPolicy(config.policy ?? {}, suite),
    requireCoverage: flags.requireCoverage,
    har: flags.har ?? false,
    timeLimit: readDuration(String(config.timeLimit ?? '')) ?? defaultTimeLimit,
    failFast: flags.failFast,
    replay: replayCommand(flags),
    curl: { reach: curlReach(flags, config, showSecrets), bodies: join(out, bodiesFolder) },
    partial,
    out,
  };
}

/** Checks that a baseline file can be written, before anything is run. */
function refuseUnwritable(file: string): void {
  const refused = (why: string, cause?: unknown): UserError =>
    new UserError(`the baseline file "${inert(file)}" cannot be written: ${why}; choose another --record FILE`, 2, {
      cause,
    });
  if (file === '') throw refused('the name is empty');
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory() === true) throw refused('it is a folder');
  const folder = dirname(file);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) throw refused('its folder does not exist');
  try {
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw refused('there is no write permission in its folder', error);
  }
}

/** Checks that the tolerances of a policy name existing cases; the schema has checked the rest. */
function readPolicy(policy: Policy, suite: Suite): Policy {
  const unknown = policy.mustCover?.find((code) => documentedCode(code, suite.operation) === undefined);
  if (unknown !== undefined)
    throw new UserError(
      `policy.mustCover: ${unknown} is not one of the ${suite.operation.codes.length} documented codes`,
      2,
    );
  for (const { case: id } of policy.tolerate ?? []) {
    if ([...suite.cases, ...suite.precedence].some((tested) => matches(id, tested.id))) continue;
    throw new UserError(`policy.tolerate: ${noSuchCase(id, suite.cases)}`, 2);
  }
  return policy;
}

/** The path to one random request: numbers and colons, for one property and one seed. */
function readPath({ path, only }: VerifyFlags, { seed }: Config): string | undefined {
  if (path === undefined) return undefined;
  if (!/^\d+(:\d+)*$/.test(path))
    throw new UserError(`--path must be numbers and colons, as a failure prints it; "${path}" is not`, 2);
  if (only?.length === 1 && only[0]?.startsWith('property/') === true && seed !== undefined) return path;
  throw new UserError('--path needs --only property/… and --seed; copy all three from the failure', 2);
}

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Behaviour } from '../contract/baseline/behaviour.ts';
import type { Reach } from '../contract/curl.ts';
import { inert } from '../contract/inert.ts';
import { coverage } from '../contract/judge/coverage.ts';
import { guessDialect } from '../contract/judge/guess-dialect.ts';
import type { Policy } from '../contract/judge/policy.ts';
import { applyPolicy, coverageViolations } from '../contract/judge/policy.ts';
import { matches } from '../contract/matches.ts';
import { mockCases } from '../contract/pure-bt/cases/examples.ts';
import { cases as allCases, catalogueVersion } from '../contract/pure-bt/cases/menu.ts';
import { precedenceCases } from '../contract/pure-bt/cases/precedence.ts';
import { suite } from '../contract/pure-bt/suite.ts';
import type { Results } from '../contract/results.ts';
import { curlPlace, resultsOf, strictly } from '../contract/results.ts';
import type { Case } from '../contract/run/case.ts';
import { casesUnder } from '../contract/run/case.ts';
import { CutShort, cutShortBy } from '../contract/run/cut-short.ts';
import type { CaseResult } from '../contract/run/outcome.ts';
import { preflight } from '../contract/run/preflight/preflight.ts';
import { whyStop } from '../contract/run/preflight/valid-requests.ts';
import type { RunOptions } from '../contract/run/run.ts';
import { runContract } from '../contract/run/run.ts';
import { foreignHost } from '../contract/targets/allow-hosts.ts';
import { contradictionOf } from '../contract/targets/fixture.ts';
import { recording } from '../contract/targets/recording.ts';
import type { Target } from '../contract/targets/target.ts';
import { UserError } from '../contract/user-error.ts';
import { documentedCode } from '../spec/pure-bt/catalogue.ts';
import type { Dialect } from '../spec/pure-bt/dialect.ts';
import { observe, runsAgain } from './baseline.ts';
import { readBaselineFile } from './behaviour-file.ts';
import type { Config } from './config/config.ts';
import { curlReach } from './curl-reach.ts';
import { readDialectFlags } from './dialect-flags.ts';
import { readDuration } from './duration.ts';
import { keepRecord, refuseUnwritable } from './record-file.ts';
import type { ReplayFlags } from './replay.ts';
import { replayCommand } from './replay.ts';
import { bodiesFolder, writeBodies } from './reports/bodies.ts';
import { prepareFolder, privateMode, writeJson, writeWhole } from './reports/files.ts';
import { tellGithub } from './reports/github.ts';
import { openHar } from './reports/har/har.ts';
import { junitXml } from './reports/junit.ts';
import { writeReport } from './reports/report.ts';
import { noSuchCase, readOut, selectCases } from './select-cases.ts';
import type { Terminal } from './terminal.ts';
import { version } from './version.ts';

/** The flags that choose what is verified and how. */
export type VerifyFlags = {
  readonly only?: readonly string[];
  /** The cases that failed or ended in an error in the last full run. */
  readonly failed?: boolean;
  /** The cases for a mock in place of those for a server. */
  readonly prism?: boolean;
  readonly seed?: number;
  readonly runs?: number;
  readonly path?: string;
  readonly strict?: boolean;
  /** A documented code that is not covered fails the run; a gate always asks for it. */
  readonly requireCoverage?: boolean;
  readonly dialect?: readonly string[];
  readonly showSecrets?: boolean;
  /** A file that keeps what the server did, for review and for comparison. */
  readonly record?: string;
  /** A file of what the server did before: what it does otherwise is a finding. */
  readonly baseline?: string;
  /** Keep the traffic with the target as `traffic.har`. */
  readonly har?: boolean;
  /** Seconds after which the run ends, whatever has not run. */
  readonly timeLimit?: number;
  /** End the run after the first failed case. */
  readonly failFast?: boolean;
  readonly out?: string;
};

/** What a verification runs with: flags first, then the configuration, then defaults. */
export type VerifySettings = {
  readonly cases: readonly Case[];
  readonly dialect: Dialect;
  readonly seed: number;
  readonly strict: boolean;
  readonly showSecrets: boolean;
  readonly concurrency: number | undefined;
  readonly runs: number | undefined;
  readonly path: string | undefined;
  /** Hosts beside loopback that robustness may be run against. */
  readonly allowHosts: readonly string[];
  readonly record: string | undefined;
  readonly baseline: Behaviour | undefined;
  /** Every case, of which those that were chosen are a part. */
  readonly catalogue: readonly Case[];
  readonly policy: Policy;
  /** All documented codes must be covered where the policy does not ask for less. */
  readonly requireCoverage: boolean;
  readonly har: boolean;
  /** In seconds. */
  readonly timeLimit: number;
  readonly failFast: boolean;
  /** The command that repeats the run, for reports. */
  readonly replay: string;
  /** How curl reaches the server, for the commands of reports. */
  readonly reach: Reach | undefined;
  /** Cases were left out: the run must not replace the files of a full one. */
  readonly partial: boolean;
  /** The folder for result files; of a partial run, a folder inside the one that was chosen. */
  readonly out: string;
};

/** Where partial runs write, inside the output folder. */
const partialFolder = 'partial';
/** In seconds: ten times what a run against a server of one's own takes. */
const defaultTimeLimit = 600;

/** What a verification has found; `cases` are as judged, with warnings turned into failures under `strict`. */
export type Verified = { readonly results: Results; readonly cases: readonly CaseResult[] };

/** Reads the settings of a verification; throws UserError (exit code 2) for one that cannot be. */
export function readVerifySettings(flags: VerifyFlags & ReplayFlags, config: Config): VerifySettings {
  const dialect = readDialectFlags(flags.dialect, config.dialect);
  const all = flags.prism === true ? mockCases : allCases;
  const catalogue = casesUnder(dialect, all);
  // A case that the dialect leaves no room for is still run by name, and says why it is skipped.
  const cases = flags.only === undefined ? catalogue : selectCases(flags.only, all);
  const partial = catalogue.some((tested) => !cases.includes(tested));
  const out = readOut(flags, config);
  refuseContradictions(config, dialect);
  if (flags.record !== undefined) refuseUnwritable(flags.record);
  return {
    catalogue,
    cases,
    dialect,
    seed: flags.seed ?? config.seed ?? Math.floor(Math.random() * 2 ** 31),
    strict: flags.strict ?? config.strict ?? config.policy?.strict ?? false,
    showSecrets: flags.showSecrets ?? false,
    concurrency: config.concurrency,
    runs: flags.runs ?? config.runs,
    path: readPath(flags),
    allowHosts: config.allowHosts ?? [],
    record: flags.record,
    baseline: flags.baseline === undefined ? undefined : readBaselineFile(flags.baseline, dialect),
    policy: readPolicy(config.policy ?? {}),
    requireCoverage: flags.requireCoverage ?? false,
    har: flags.har ?? false,
    timeLimit: flags.timeLimit ?? readDuration(String(config.timeLimit ?? '')) ?? defaultTimeLimit,
    failFast: flags.failFast ?? false,
    replay: replayCommand(flags),
    reach: curlReach(flags, config, flags.showSecrets ?? false),
    partial,
    out: partial ? join(out, partialFolder) : out,
  };
}

/** The line that says where the report of a run is. */
export function reportLine({ partial, out }: VerifySettings): string {
  const unchanged = partial ? '; a partial run, so the full report is unchanged' : '';
  return `report in ${inert(join(out, 'report.html'), 500)}${unchanged}`;
}
/** The state that every server must have. */
const readyState = 'a device ready to bind';

/**
 * Runs the contract against a target and writes `results.json` and its views.
 * @param signal interrupts the run, or ends it with what was measured where its reason is a `CutShort`.
 */
export async function verify(
  target: Target,
  settings: VerifySettings,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<Verified> {
  await prepareFolder(settings.out);
  const startedAt = new Date().toISOString();
  const { cases, dialect, seed, strict, showSecrets, replay } = settings;
  using traffic = settings.har
    ? openHar(join(settings.out, 'traffic.har'), { url: target.url, showSecrets })
    : undefined;
  const { given } = cases.find((tested) => tested.given === readyState) ?? cases[0] ?? { given: readyState };
  const needs = { state: given, required: given === readyState };
  await using checked = await preflight(target, { ...needs, dialect, correct: suite.correct, signal });
  for (const note of checked.notes) terminal.note(`bindgate: ${note}`);
  const watched = traffic === undefined ? checked.target : recording(checked.target, traffic);
  const options = runOptions(watched, settings, terminal, signal);
  terminal.progress(`contract 0/${cases.length}`);
  const today = startedAt.slice(0, 10);
  const run = await runContract({
    ...options,
    cases,
    afterFirst: whyStop,
    endsAfter: settings.failFast ? (result) => isFailure(result, settings, today) : undefined,
  });
  const seemsToFollow = run.interrupted
    ? undefined
    : await guessDialect(run.results, { target: watched, dialect, seed, signal });
  const { policy } = settings;
  const observed = await observe(run.results, settings, {
    ...{ version: catalogueVersion, today, runAgain: runsAgain(options, terminal) },
    signal: run.cutShort === undefined ? signal : AbortSignal.abort(new CutShort(run.cutShort)),
  });
  const cutShort = run.cutShort ?? cutShortBy(signal);
  const changed = observed.baseline?.tolerated.map(({ id }) => id);
  const outcome = applyPolicy(strict ? run.results.map(strictly) : run.results, policy, today, changed);
  const judged = outcome.results;
  const codes = coverage(judged, dialect);
  const { partial } = settings;
  const demand = { required: settings.requireCoverage, partial };
  // A run that was cut short has covered what it had time for.
  const missing = cutShort === undefined ? coverageViolations(codes, policy, demand) : [];
  const violations = [...outcome.violations, ...missing];
  const asksCoverage = policy.minimumCoverage !== undefined || policy.mustCover !== undefined;
  const notes = [
    ...outcome.notes,
    ...(asksCoverage && partial && !demand.required
      ? ['policy: coverage is not judged where cases were left out']
      : []),
  ];
  const curl = { reach: settings.reach, bodies: join(settings.out, bodiesFolder) };
  const results = resultsOf(
    {
      ...run,
      results: judged,
      interrupted: run.interrupted || (signal.aborted && cutShortBy(signal) === undefined),
      ...(cutShort === undefined ? {} : { cutShort }),
    },
    {
      ...{ version: version(), catalogue: catalogueVersion, target, dialect, seed, seemsToFollow },
      ...{ startedAt, replay, showSecrets, precedence: observed.precedence, baseline: observed.baseline, curl },
      ...(Object.keys(policy).length === 0 && violations.length === 0 ? {} : { policy: { violations, notes } }),
    },
  );
  const ids = settings.catalogue.map(({ id }) => id);
  await writeBodies(judged, curlPlace({ target, curl }), { ids, showSecrets });
  await writeResults(settings, results);
  await writeWhole(join(settings.out, 'junit.xml'), junitXml(results));
  await tellGithub(results, terminal.out);
  await keepRecord(settings, observed.record, terminal);
  return { results, cases: judged };
}

/** The results, and the page that shows them. What an earlier gate says of this folder no longer holds. */
async function writeResults({ out, showSecrets }: VerifySettings, results: Results): Promise<void> {
  await rm(join(out, 'gate.json'), { force: true });
  await writeJson(join(out, 'results.json'), results, showSecrets ? privateMode : undefined);
  await writeReport(out, { results });
}

function runOptions(
  target: Target,
  settings: VerifySettings,
  terminal: Terminal,
  signal: AbortSignal,
): Omit<RunOptions, 'cases'> {
  const { dialect, seed, showSecrets, concurrency, runs, path } = settings;
  let failed = 0;
  return {
    target,
    dialect,
    seed,
    showSecrets,
    signal,
    // A container of our own is nobody's production, wherever its engine runs.
    spared: target.kind === 'container' ? undefined : foreignHost(target.url, settings.allowHosts, 'robustness'),
    ...(concurrency === undefined ? {} : { concurrency }),
    ...(runs === undefined ? {} : { runs }),
    ...(path === undefined ? {} : { path }),
    onResult: (result: CaseResult, done: number, total: number) => {
      failed = (done === 1 ? 0 : failed) + (result.outcome === 'failed' ? 1 : 0);
      terminal.progress(`contract ${done}/${total}, ${failed} failed`);
    },
  };
}

/** Whether a result counts as a failure once `--strict` and the policy's tolerances are applied. */
function isFailure(result: CaseResult, { strict, policy }: VerifySettings, today: string): boolean {
  const { results } = applyPolicy([strict ? strictly(result) : result], policy, today);
  return results.some(({ outcome }) => outcome === 'failed');
}

/** Fixtures of the configuration that the formats of its own dialect refuse. */
function refuseContradictions({ fixtures = {} }: Config, dialect: Dialect): void {
  for (const [state, list] of Object.entries(fixtures)) {
    for (const [index, { dk, bindingCode }] of (list as readonly { dk?: unknown; bindingCode?: unknown }[]).entries()) {
      // Whether the fixture is complete, its reader sees to.
      if (typeof dk !== 'string' || typeof bindingCode !== 'string') continue;
      const contradiction = contradictionOf({ dk, bindingCode }, dialect);
      if (contradiction !== undefined) throw new UserError(`fixtures["${inert(state)}"][${index}] ${contradiction}`, 2);
    }
  }
}

/** A policy whose tolerances name cases that exist; the rest of it, the configuration's schema has seen to. */
function readPolicy(policy: Policy): Policy {
  const unknown = policy.mustCover?.find((code) => documentedCode(code) === undefined);
  if (unknown !== undefined) throw new UserError(`policy.mustCover: ${unknown} is none of the 24 documented codes`, 2);
  for (const { case: id, until } of policy.tolerate ?? []) {
    if (Number.isNaN(Date.parse(until)) || new Date(until).toISOString().slice(0, 10) !== until)
      throw new UserError(`policy.tolerate: "${until}" is no day such as 2027-03-31`, 2);
    if ([...allCases, ...precedenceCases].some((tested) => matches(id, tested.id))) continue;
    throw new UserError(`policy.tolerate: ${noSuchCase(id, allCases)}`, 2);
  }
  return policy;
}

/** The way to one arbitrary request, which is no more than numbers and colons and belongs to one property. */
function readPath({ path, only, seed }: VerifyFlags): string | undefined {
  if (path === undefined) return undefined;
  if (!/^\d+(:\d+)*$/.test(path))
    throw new UserError(`--path is numbers and colons, as a failure prints it; "${path}" is not`, 2);
  if (only?.length === 1 && only[0]?.startsWith('property/') === true && seed !== undefined) return path;
  throw new UserError('--path goes with --only property/… and --seed, as a failure prints them', 2);
}

import { join, resolve } from 'node:path';
import { inert } from '../contract/inert.ts';
import { preflight } from '../contract/run/preflight/preflight.ts';
import { isLoopback, refuseForeignHost } from '../contract/targets/allow-hosts.ts';
import type { Target } from '../contract/targets/target.ts';
import { UserError } from '../contract/user-error.ts';
import { readObjective, readObjectives } from '../load/judge/objectives.ts';
import { runBreakpoint } from '../load/knee.ts';
import type { LoadOrder, LoadOutcome } from '../load/load.ts';
import { runLoad } from '../load/load.ts';
import type { Profile } from '../load/profiles.ts';
import { profiles, readMix } from '../load/profiles.ts';
import type { LoadResults } from '../load/results.ts';
import { ensureK6, k6Places } from '../load/run/k6-binary.ts';
import type { Network } from '../load/run/k6-environment.ts';
import type { LoadGenerator } from '../load/run/measure.ts';
import type { Site } from '../load/run/product.ts';
import { runSoak } from '../load/soak.ts';
import { runStages } from '../load/stages/stages.ts';
import type { Dialect } from '../spec/dialect.ts';
import type { Config } from './config/config.ts';
import { readHeader } from './config/open-target.ts';
import { readTlsFiles } from './config/tls-files.ts';
import type { KnownOperation } from './operations.ts';
import { prepareFolder, privateMode, writeJson } from './reports/files.ts';
import { progressText } from './reports/load-progress.ts';
import { loadText } from './reports/load-text.ts';
import type { Terminal } from './terminal.ts';

/** Flags of a load run, in addition to those of its target. */
export type LoadRunFlags = {
  readonly rate?: number;
  readonly duration?: number;
  readonly processes?: number;
  readonly k6Out?: readonly string[];
};

/** The settings of a load run from the command line and the configuration. */
export type LoadSettings = {
  readonly chosen: KnownOperation;
  readonly config: Config;
  readonly dialect: Dialect;
  readonly out: string;
  readonly header?: readonly string[];
  readonly flags?: LoadRunFlags;
};

/** A profile by its name, with optional rate and duration. Throws UserError (exit code 2) for an unknown name. */
export function readProfile(name: string, { rate, duration }: LoadRunFlags = {}): Profile {
  const profile = profiles.find((known) => known.name === name);
  if (profile === undefined) {
    throw new UserError(
      `no load profile is called "${name}"; the profiles are ${profiles.map((known) => known.name).join(', ')}`,
      2,
    );
  }
  return { ...profile, rate: rate ?? profile.rate, seconds: duration ?? profile.seconds };
}

/**
 * A target for a load: the operation, how its requests are made, and how they reach the server.
 * @throws UserError (exit code 2) for a host that is not allowed.
 */
export async function openSite(target: Target, { chosen, config, dialect, header = [] }: LoadSettings): Promise<Site> {
  if (target.kind !== 'container') refuseForeignHost(target.url, config.allowHosts ?? [], 'load');
  const { loadOperation } = await chosen.load();
  return {
    operation: loadOperation(dialect),
    target,
    timeoutMs: config.timeoutMs ?? 10_000,
    headers: { ...config.headers, ...Object.fromEntries(header.map(readHeader)) },
    insecure: config.insecure ?? false,
    network: target.kind === 'url' ? readNetwork(config) : {},
  };
}

/** The generator of the load; installs k6 if it is missing. */
export async function openGenerator(
  { target, network }: Pick<Site, 'target' | 'network'>,
  { processes = 1, k6Out: outputs = [] }: LoadRunFlags,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<LoadGenerator> {
  if (network.proxy !== undefined && isLoopback(new URL(target.url).hostname)) {
    terminal.note(`bindgate: k6 never uses a proxy for loopback, so the load goes to ${target.url} directly`);
  }
  const k6 = await ensureK6(k6Places((text) => terminal.note(`bindgate: ${inert(text, 1_000)}`), signal));
  return { k6, processes, outputs, signal, onProgress: (progress) => terminal.progress(progressText(progress)) };
}

/** The network settings of k6 from the configuration. */
export function readNetwork(config: Config): Network {
  const { cert, key } = readTlsFiles(config);
  return {
    ...(config.ca === undefined ? {} : { caFile: resolve(config.ca) }),
    ...(config.proxy === undefined ? {} : { proxy: config.proxy }),
    ...(cert === undefined || key === undefined ? {} : { clientCertificate: { cert, key } }),
  };
}

/** A profile with the mix and the objectives of a configuration. */
export function toLoadOrder(
  profile: Profile,
  { operation }: Pick<Site, 'operation'>,
  { load = {} }: Config,
): LoadOrder {
  return {
    profile,
    mix: readMix(operation.mix, load.mix ?? {}),
    objectives: readObjectives(load.objectives ?? []).map(({ text }) => text),
  };
}

/** Runs a profile against a target. Writes `load.json`, and the shares if there are several processes. */
export async function load(
  target: Target,
  profile: Profile,
  settings: LoadSettings,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<LoadResults> {
  const { chosen, dialect, out, flags = {} } = settings;
  await prepareFolder(out);
  const site = await openSite(target, settings);
  const { suite } = await chosen.suite();
  const order = toLoadOrder(profile, site, settings.config);
  const generator = await openGenerator(site, flags, terminal, signal);
  await using checked = await preflight(target, {
    state: site.operation.state,
    required: true,
    dialect,
    correct: suite.correct,
    signal,
  });
  for (const note of checked.notes) terminal.note(`bindgate: ${note}`);
  const run = runners[profile.name] ?? runLoad;
  const atRate = { ...order, profile: useObjectivesRate(profile, order.objectives, flags) };
  const outcome = await run({ ...site, target: checked.target }, generator, atRate);
  await writeOutcome(out, outcome);
  return outcome.results;
}

/** The functions for profiles that search or repeat. */
const runners: Partial<Record<Profile['name'], typeof runLoad>> = {
  breakpoint: runBreakpoint,
  soak: runSoak,
  stages: runStages,
};

/** A steady profile uses the rate in the objectives, unless a flag gives a rate. */
function useObjectivesRate(profile: Profile, objectives: readonly string[], flags: LoadRunFlags): Profile {
  const rates = new Set(
    objectives.map(readObjective).flatMap((one) => (one.kind === 'latency' ? (one.atRate ?? []) : [])),
  );
  const [rate] = rates;
  const steady = profile.name === 'average' || profile.name === 'soak';
  return flags.rate === undefined && steady && rates.size === 1 && rate !== undefined ? { ...profile, rate } : profile;
}

/**
 * Writes `load.json`, and each share of a run with several processes, for `load merge`.
 * @throws UserError (exit code 3) if they cannot be written; its details contain the results.
 */
export async function writeOutcome(out: string, outcome: LoadOutcome): Promise<void> {
  await writeFiles(out, outcome).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new UserError(`load.json cannot be written to ${out}: ${why}; the results are:`, 3, {
      cause: error,
      details: loadText(outcome.results, (_, text) => text).split('\n'),
    });
  });
}

async function writeFiles(out: string, { results, shares }: LoadOutcome): Promise<void> {
  await writeJson(join(out, 'load.json'), results);
  if (shares.length < 2) return;
  await Promise.all(
    shares.map((share, index) => writeJson(join(out, `load-share-${index + 1}.json`), share, privateMode)),
  );
}

import { join, resolve } from 'node:path';
import { inert } from '../contract/inert.ts';
import { preflight } from '../contract/run/preflight/preflight.ts';
import { isLoopback, refuseForeignHost } from '../contract/targets/allow-hosts.ts';
import type { Target } from '../contract/targets/target.ts';
import { UserError } from '../contract/user-error.ts';
import { readObjective, readObjectives } from '../load/judge/objectives.ts';
import { runBreakpoint } from '../load/knee.ts';
import { type LoadOrder, type LoadOutcome, runLoad } from '../load/load.ts';
import { type Profile, readMix } from '../load/profiles.ts';
import type { LoadResults } from '../load/results.ts';
import { ensureK6, k6Places } from '../load/run/k6-binary.ts';
import type { Network } from '../load/run/k6-environment.ts';
import type { LoadGenerator } from '../load/run/measure.ts';
import type { Site } from '../load/run/product.ts';
import { runSoak } from '../load/soak.ts';
import { runStages } from '../load/stages/stages.ts';
import { definedOnly } from '../spec/defined-only.ts';
import type { Dialect } from '../spec/dialect.ts';
import type { Config } from './config/config.ts';
import type { TargetFlags } from './config/flags.ts';
import { readHeaders } from './config/open-target.ts';
import { readTlsFiles } from './config/tls-files.ts';
import type { KnownOperation } from './operations.ts';
import { prepareFolder, privateMode, writeJson } from './reports/files.ts';
import { loadText, progressText } from './reports/load-text.ts';
import type { Terminal } from './terminal.ts';

/** Flags of `bindgate load`. */
export type LoadFlags = TargetFlags & {
  readonly rate?: number;
  readonly duration?: number;
  readonly processes?: number;
  readonly k6Out?: readonly string[];
  readonly kubernetes?: boolean;
  readonly parallelism?: number;
  readonly runnerImage?: string;
  readonly namespace?: string;
  readonly dialect?: readonly string[];
  readonly out?: string;
  readonly config?: string;
  readonly json?: boolean;
};

/** The settings of a load run from the command line and the configuration. */
export type LoadSettings = {
  readonly chosen: KnownOperation;
  readonly config: Config;
  readonly dialect: Dialect;
  readonly out: string;
  readonly flags: Pick<LoadFlags, 'header' | 'rate' | 'processes' | 'k6Out'>;
};

/**
 * A target for a load: the operation, how its requests are made, and how they reach the server.
 * @throws UserError (exit code 2) for a host that is not allowed.
 */
export async function openSite(target: Target, { chosen, config, dialect, flags }: LoadSettings): Promise<Site> {
  if (target.kind !== 'container') refuseForeignHost(target.url, config.allowHosts ?? [], 'load');
  const { loadOperation } = await chosen.load();
  return {
    operation: loadOperation(dialect),
    target,
    timeoutMs: config.timeoutMs ?? 10_000,
    headers: Object.fromEntries(readHeaders(config, flags.header)),
    insecure: config.insecure ?? false,
    network: target.kind === 'url' ? readNetwork(config) : {},
  };
}

/** The generator of the load; installs k6 if it is missing. */
export async function openGenerator(
  { target, network }: Pick<Site, 'target' | 'network'>,
  { processes = 1, k6Out: outputs = [] }: LoadSettings['flags'],
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
  return definedOnly({
    caFile: config.ca === undefined ? undefined : resolve(config.ca),
    proxy: config.proxy,
    clientCertificate: cert === undefined || key === undefined ? undefined : { cert, key },
  });
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

/**
 * Runs a profile against a target. Writes `load.json`, and each share of a run with several processes, for `load merge`.
 * @throws UserError (exit code 3) if they cannot be written; its details contain the results.
 */
export async function load(
  target: Target,
  profile: Profile,
  settings: LoadSettings,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<LoadResults> {
  const { chosen, dialect, out, flags } = settings;
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
  const atRate = flags.rate === undefined ? { ...order, profile: useObjectivesRate(order) } : order;
  const outcome = await run({ ...site, target: checked.target }, generator, atRate);
  await writeFiles(out, outcome).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new UserError(`load.json cannot be written to ${out}: ${why}; the results are:`, 3, {
      cause: error,
      details: loadText(outcome.results, (_, text) => text).split('\n'),
    });
  });
  return outcome.results;
}

/** The functions for profiles that search or repeat. */
const runners: Partial<Record<Profile['name'], typeof runLoad>> = {
  breakpoint: runBreakpoint,
  soak: runSoak,
  stages: runStages,
};

/** The profile of an order; if it is steady and its objectives name one rate, at that rate. */
function useObjectivesRate({ profile, objectives }: LoadOrder): Profile {
  const rates = new Set(
    objectives.map(readObjective).flatMap((one) => (one.kind === 'latency' ? (one.atRate ?? []) : [])),
  );
  const [rate = profile.rate] = rates;
  const steady = profile.name === 'average' || profile.name === 'soak';
  return steady && rates.size === 1 ? { ...profile, rate } : profile;
}

async function writeFiles(out: string, { results, shares }: LoadOutcome): Promise<void> {
  await writeJson(join(out, 'load.json'), results);
  if (shares.length < 2) return;
  await Promise.all(
    shares.map((share, index) => writeJson(join(out, `load-share-${index + 1}.json`), share, privateMode)),
  );
}

import { join, resolve } from 'node:path';
import { inert } from '../contract/inert.ts';
import { suite } from '../contract/pure-bt/suite.ts';
import { preflight } from '../contract/run/preflight/preflight.ts';
import { isLoopback, refuseForeignHost } from '../contract/targets/allow-hosts.ts';
import type { Target } from '../contract/targets/target.ts';
import { UserError } from '../contract/user-error.ts';
import { ensureK6, k6Places } from '../load/k6-binary.ts';
import { runBreakpoint } from '../load/knee.ts';
import type { LoadOrder, LoadOutcome } from '../load/load.ts';
import { runLoad } from '../load/load.ts';
import type { Network } from '../load/network.ts';
import { readObjective, readObjectives } from '../load/objectives.ts';
import { loadState } from '../load/product.ts';
import type { Profile } from '../load/profiles.ts';
import { profiles } from '../load/profiles.ts';
import { readMix } from '../load/pure-bt/workloads.ts';
import type { LoadResults } from '../load/results.ts';
import type { LoadSession } from '../load/session.ts';
import { runSoak } from '../load/soak.ts';
import { runStages } from '../load/stages/stages.ts';
import type { Dialect } from '../spec/pure-bt/dialect.ts';
import type { Config } from './config/config.ts';
import { readTlsFiles } from './config/tls-files.ts';
import { prepareFolder, privateMode, writeJson } from './reports/files.ts';
import { progressText } from './reports/load-progress.ts';
import { loadText } from './reports/load-text.ts';
import type { Terminal } from './terminal.ts';

/** Flags of a load run, beside those of its target. */
export type LoadRunFlags = {
  readonly rate?: number;
  readonly duration?: number;
  readonly processes?: number;
  readonly k6Out?: readonly string[];
};

/** What a load run needs from the command line and the configuration. */
export type LoadSettings = {
  readonly config: Config;
  readonly dialect: Dialect;
  readonly out: string;
  readonly header?: readonly string[];
  readonly flags?: LoadRunFlags;
};

/** A profile by its name, with rate and duration overridden; throws UserError (exit code 2) where there is none. */
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

/** What every load run of a command shares; brings k6 where there is none. */
export async function openSession(
  target: Target,
  settings: LoadSettings,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<LoadSession> {
  if (target.kind !== 'container') refuseForeignHost(target.url, settings.config.allowHosts ?? [], 'load');
  const { processes } = settings.flags ?? {};
  const network = target.kind === 'url' ? networkOf(settings.config) : {};
  if (network.proxy !== undefined && isLoopback(new URL(target.url).hostname)) {
    terminal.note(`bindgate: k6 uses no proxy for loopback: the load goes to ${target.url} directly`);
  }
  return {
    target,
    k6: await ensureK6(k6Places((text) => terminal.note(`bindgate: ${inert(text, 1_000)}`), signal)),
    ...settingsOf(settings),
    network,
    ...(processes === undefined ? {} : { processes }),
    signal,
    onProgress: (progress) => terminal.progress(progressText(progress)),
  };
}

/** How k6 reaches a target that the configuration describes. */
export function networkOf(config: Config): Network {
  const { cert, key } = readTlsFiles(config);
  return {
    ...(config.ca === undefined ? {} : { caFile: resolve(config.ca) }),
    ...(config.proxy === undefined ? {} : { proxy: config.proxy }),
    ...(cert === undefined || key === undefined ? {} : { clientCertificate: { cert, key } }),
  };
}

/** What requests are like and where k6 sends its metrics, as configuration and flags say it. */
export function settingsOf({
  config,
  dialect,
  header,
  flags = {},
}: LoadSettings): Pick<LoadSession, 'dialect' | 'timeoutMs' | 'headers' | 'insecure' | 'outputs'> {
  return {
    dialect,
    timeoutMs: config.timeoutMs ?? 10_000,
    headers: { ...config.headers, ...Object.fromEntries((header ?? []).map(splitHeader)) },
    ...(config.insecure === undefined ? {} : { insecure: config.insecure }),
    ...(flags.k6Out === undefined ? {} : { outputs: flags.k6Out }),
  };
}

/** Runs a profile against a target and writes `load.json`, and the shares of several processes beside it. */
export async function load(
  target: Target,
  profile: Profile,
  settings: LoadSettings,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<LoadResults> {
  const { config, dialect, out } = settings;
  await prepareFolder(out);
  const mix = readMix(config.load?.mix ?? {});
  const objectives = readObjectives(config.load?.objectives ?? []).map(({ text }) => text);
  const session = await openSession(target, settings, terminal, signal);
  await using checked = await preflight(target, {
    state: loadState,
    required: true,
    dialect,
    correct: suite.correct,
    signal,
  });
  for (const note of checked.notes) terminal.note(`bindgate: ${note}`);
  const run = runnerOf(profile.name);
  const { results, shares } = await run(
    { ...session, target: checked.target },
    {
      profile: atObjectivesRate(profile, objectives, settings),
      mix,
      objectives,
    },
  );
  await writeOutcome(out, { results, shares });
  return results;
}

/** A steady profile asks for the rate that the objectives speak of, where they speak of one and no flag names another. */
function atObjectivesRate(profile: Profile, objectives: readonly string[], { flags }: LoadSettings): Profile {
  const rates = new Set(
    objectives.map(readObjective).flatMap((one) => (one.kind === 'latency' ? (one.atRate ?? []) : [])),
  );
  const [rate] = rates;
  const steady = profile.name === 'average' || profile.name === 'soak';
  return flags?.rate === undefined && steady && rates.size === 1 && rate !== undefined ? { ...profile, rate } : profile;
}

/** How a profile is run. */
function runnerOf(name: Profile['name']): (session: LoadSession, order: LoadOrder) => Promise<LoadOutcome> {
  if (name === 'breakpoint') return runBreakpoint;
  if (name === 'soak') return runSoak;
  if (name === 'stages') return runStages;
  return runLoad;
}

/**
 * Writes `load.json`, and each share of a run of several processes, for `load merge`.
 * @throws UserError (exit code 3) where they cannot be written; what was measured stands in its details.
 */
export async function writeOutcome(out: string, outcome: LoadOutcome): Promise<void> {
  await writeFiles(out, outcome).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new UserError(`load.json cannot be written to ${out}: ${why}; what was measured:`, 3, {
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

function splitHeader(text: string): readonly [string, string] {
  const at = text.indexOf(':');
  return [text.slice(0, at), text.slice(at + 1).trim()];
}

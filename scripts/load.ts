import { join } from 'node:path';
import { refuseForeignHost } from '../contract/targets/allow-hosts.ts';
import type { Target } from '../contract/targets/target.ts';
import { UserError } from '../contract/user-error.ts';
import { ensureK6, k6Places } from '../load/k6-binary.ts';
import { runLoad } from '../load/load.ts';
import type { Profile } from '../load/profiles.ts';
import { profiles } from '../load/profiles.ts';
import type { LoadResults } from '../load/results.ts';
import type { Dialect } from '../spec/dialect.ts';
import type { Config } from './config/config.ts';
import { prepareFolder, writeJson } from './reports/files.ts';
import type { Terminal } from './terminal.ts';

/** A profile by its name, with rate and duration overridden; throws UserError (exit code 2) where there is none. */
export function readProfile(
  name: string,
  change: { readonly rate?: number; readonly duration?: number } = {},
): Profile {
  const profile = profiles.find((known) => known.name === name);
  if (profile === undefined) {
    throw new UserError(
      `no load profile is called "${name}"; the profiles are ${profiles.map((known) => known.name).join(', ')}`,
      2,
    );
  }
  return { ...profile, rate: change.rate ?? profile.rate, seconds: change.duration ?? profile.seconds };
}

/** Runs a profile against a target and writes `load.json`. */
export async function load(
  target: Target,
  profile: Profile,
  settings: {
    readonly config: Config;
    readonly dialect: Dialect;
    readonly out: string;
    readonly header?: readonly string[];
  },
  terminal: Terminal,
  signal: AbortSignal,
): Promise<LoadResults> {
  const { config, dialect, out } = settings;
  if (target.kind !== 'container') refuseForeignHost(target.url, config.allowHosts ?? [], 'load');
  await prepareFolder(out);
  const k6 = await ensureK6(k6Places((text) => terminal.note(`bindgate: ${text}`), signal));
  const results = await runLoad({
    target,
    profile,
    k6,
    dialect,
    timeoutMs: config.timeoutMs ?? 10_000,
    headers: { ...config.headers, ...Object.fromEntries((settings.header ?? []).map(splitHeader)) },
    ...(config.insecure === undefined ? {} : { insecure: config.insecure }),
    signal,
    onPhase: (what) => terminal.progress(`load  ${what}`),
  });
  await writeJson(join(out, 'load.json'), results);
  return results;
}

function splitHeader(text: string): readonly [string, string] {
  const at = text.indexOf(':');
  return [text.slice(0, at), text.slice(at + 1).trim()];
}

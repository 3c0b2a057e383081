import { readFileSync } from 'node:fs';
import { probe } from '../contract/run.ts';
import { createHttpClient } from '../contract/targets/http-client.ts';
import { openReferenceTarget } from '../contract/targets/reference.ts';
import type { StateSource } from '../contract/targets/state-source.ts';
import { createStatesClient } from '../contract/targets/states-client.ts';
import { createStaticFixtures } from '../contract/targets/static-fixtures.ts';
import type { Target } from '../contract/targets/target.ts';
import { openUrlTarget } from '../contract/targets/url.ts';
import { UserError } from '../contract/user-error.ts';
import type { Config, LoadedConfig } from './config/config.ts';

/** The flags that name a target. */
export type TargetFlags = {
  readonly url?: string;
  readonly states?: string;
  readonly reference?: boolean;
  readonly prism?: boolean;
  readonly header?: readonly string[];
};

/**
 * Opens the target that flags and configuration name: `--url` with `--states` or fixtures, or `--reference`.
 * The target is probed first (exit code 3), then missing states are wrong usage (2).
 */
export async function openTarget(
  flags: TargetFlags,
  { config, file }: LoadedConfig,
  signal?: AbortSignal,
): Promise<Target> {
  const named = [flags.reference === true, flags.prism === true, flags.url !== undefined].filter(Boolean).length;
  if (named > 1) throw new UserError('--url, --reference and --prism each name a target; give one', 2);
  // Loaded when asked for: Prism alone takes a third of a second.
  if (flags.prism === true) return (await import('../contract/targets/prism.ts')).openPrismTarget();
  if (flags.reference === true) {
    return openReferenceTarget({
      ...(flags.states === undefined ? {} : { statesPath: statesPath(flags.states) }),
      // On loopback, so without proxy and certificates.
      ...clientOptions(pickLocal(config)),
    });
  }
  const url = flags.url ?? config.url;
  if (url === undefined) {
    throw new UserError('no target: give --url URL with --states URL, or --reference for the embedded server', 2);
  }
  const options = {
    baseUrl: url,
    ...clientOptions(config),
    headers: [...Object.entries(config.headers ?? {}), ...(flags.header ?? []).map(readHeader)],
  };
  const client = createHttpClient(options);
  try {
    await probe(client, signal);
  } finally {
    await client[Symbol.asyncDispose]();
  }
  return openUrlTarget(options, openStates(flags, config, file), config.tokenKeys ?? {});
}

function openStates(flags: TargetFlags, config: Config, file: string): StateSource {
  const fromConfig = typeof config.states === 'string' ? { url: config.states } : config.states;
  const states = flags.states === undefined ? fromConfig : { ...fromConfig, url: flags.states };
  if (states !== undefined) {
    return createStatesClient({
      url: states.url,
      ...clientOptions(config),
      headers: Object.entries(states.headers ?? {}),
    });
  }
  if (config.fixtures !== undefined) return createStaticFixtures(config.fixtures, `${file}: fixtures`);
  throw new UserError('no provider states: give --states URL, or "fixtures" in bindgate.config', 2);
}

function pickLocal({ timeoutMs, concurrency }: Config): Config {
  return {
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(concurrency === undefined ? {} : { concurrency }),
  };
}

function clientOptions({ timeoutMs, ca, insecure, proxy, concurrency }: Config): {
  timeoutMs?: number;
  ca?: string;
  proxy?: string;
  insecure?: boolean;
  connections?: number;
} {
  return {
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(ca === undefined ? {} : { ca: readCa(ca) }),
    ...(insecure === undefined ? {} : { insecure }),
    ...(proxy === undefined ? {} : { proxy }),
    ...(concurrency === undefined ? {} : { connections: concurrency + 1 }),
  };
}

function readCa(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UserError(`the certificate authority "${file}" (key "ca") cannot be read; correct the path`, 2, {
      cause: error,
    });
  }
}

function readHeader(text: string): readonly [string, string] {
  const [, name, value] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):\s*([\x20-\x7e]*)$/.exec(text) ?? [];
  if (name === undefined || value === undefined) {
    throw new UserError(`--header must be "Name: value" in printable ASCII; one of those given is not`, 2);
  }
  return [name, value];
}

function statesPath(text: string): string {
  if (text.startsWith('/')) return text;
  throw new UserError(`with --reference, --states is a path such as /_states; "${text}" does not start with /`, 2);
}

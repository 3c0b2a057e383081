import { inert } from '../contract/inert.ts';
import { openReferenceTarget } from '../contract/pure-bt/targets/reference.ts';
import { probe } from '../contract/run/run.ts';
import type { ServerImage } from '../contract/targets/container/options.ts';
import { createHttpClient } from '../contract/targets/http-client.ts';
import type { StateSource } from '../contract/targets/state-source.ts';
import { createStatesClient } from '../contract/targets/states-client.ts';
import { createStaticFixtures } from '../contract/targets/static-fixtures.ts';
import type { Target } from '../contract/targets/target.ts';
import { openUrlTarget } from '../contract/targets/url.ts';
import { UserError } from '../contract/user-error.ts';
import type { ApiResponse } from '../spec/http.ts';
import { operation } from '../spec/pure-bt/operation.ts';
import type { Config, LoadedConfig } from './config/config.ts';
import type { ImageFlags } from './image.ts';
import { readImage } from './image.ts';
import type { Terminal } from './terminal.ts';
import { processTerminal } from './terminal.ts';
import type { TlsFiles } from './tls-files.ts';
import { readTlsFiles } from './tls-files.ts';

/** The flags that name a target. */
export type TargetFlags = ImageFlags & {
  readonly url?: string;
  readonly states?: string;
  readonly reference?: boolean;
  readonly prism?: boolean;
  readonly header?: readonly string[];
  /** What `--states` is called where there is one for each of several targets. */
  readonly statesFlag?: string;
};

/** Which target flags and configuration name; undefined where they name none. Flags go before the configuration. */
export function namedTarget(flags: TargetFlags, { config, file }: LoadedConfig): NamedTarget | undefined {
  const kinds = { '--url': flags.url, '--reference': flags.reference, '--image': flags.image, '--prism': flags.prism };
  const named = Object.entries(kinds).filter(([, given]) => given !== undefined && given !== false);
  if (named.length > 1) {
    throw new UserError(`${named.map(([flag]) => flag).join(' and ')} each name a target; give one`, 2);
  }
  if (flags.prism === true) return { kind: 'prism' };
  if (flags.reference === true) return { kind: 'reference' };
  if (flags.url !== undefined) return { kind: 'url', url: flags.url };
  if (flags.image === undefined && config.url !== undefined && config.image !== undefined) {
    throw new UserError(`${file}: "url" and "image" each name a target; keep one`, 2);
  }
  const image = readImage(flags, config, file);
  if (image !== undefined) return { kind: 'image', image };
  return config.url === undefined ? undefined : { kind: 'url', url: config.url };
}

/**
 * The target that flags and configuration name.
 * @throws UserError (exit code 2) where they name none.
 */
export function requireTarget(flags: TargetFlags, loaded: LoadedConfig): NamedTarget {
  const named = namedTarget(flags, loaded);
  if (named !== undefined) return named;
  throw new UserError(
    'no target: give --url URL with --states URL, --image NAME, or --reference for the embedded server; `bindgate init` writes a configuration that names one',
    2,
  );
}

/** A target by its kind, before it is opened. */
export type NamedTarget =
  | { readonly kind: 'prism' }
  | { readonly kind: 'reference' }
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'image'; readonly image: ServerImage };

/**
 * Opens the target that flags and configuration name: `--url` with `--states` or fixtures, `--image`, or `--reference`.
 * The target is probed first (exit code 3), then missing states are wrong usage (2).
 */
export async function openTarget(
  flags: TargetFlags,
  loaded: LoadedConfig,
  signal: AbortSignal = new AbortController().signal,
  terminal: Pick<Terminal, 'note' | 'progress'> = processTerminal(),
): Promise<Target> {
  const { config, file } = loaded;
  const named = requireTarget(flags, loaded);
  // Loaded when asked for: Prism alone takes a third of a second.
  if (named.kind === 'prism') return (await import('../contract/pure-bt/targets/prism.ts')).openPrismTarget();
  if (named.kind === 'reference') {
    return openReferenceTarget({
      ...(flags.states === undefined ? {} : { statesPath: statesPath(flags.states) }),
      // On loopback, so without proxy and certificates.
      ...clientOptions(pickLocal(config)),
    });
  }
  const headers = [...Object.entries(config.headers ?? {}), ...(flags.header ?? []).map(readHeader)];
  if (named.kind === 'image') {
    const { openContainerTarget } = await import('../contract/targets/container/target.ts');
    const states = imageStates(flags, loaded);
    terminal.progress(`starting ${inert(named.image.name)}`);
    return openContainerTarget({
      image: named.image,
      client: { ...clientOptions(pickLocal(config)), headers },
      states,
      keys: config.tokenKeys ?? {},
      signal,
      // A log has lines; each of them is text of the server.
      say: (text) =>
        terminal.note(
          `bindgate: ${text
            .split('\n')
            .map((line) => inert(line, 1_000))
            .join('\n')}`,
        ),
    });
  }
  const options = { baseUrl: named.url, ...clientOptions(config), headers };
  const client = createHttpClient(options);
  let probed: ApiResponse | undefined;
  try {
    probed = await probe(client, operation, signal);
  } finally {
    await client[Symbol.asyncDispose]();
  }
  return { ...openUrlTarget(options, openStates(flags, config, file), config.tokenKeys ?? {}), probed };
}

function openStates(flags: TargetFlags, config: Config, file: string): StateSource {
  const states = namedStates(flags, config);
  if (states !== undefined) {
    return createStatesClient({
      operation,
      url: states.url,
      ...clientOptions(config),
      headers: Object.entries(states.headers ?? {}),
    });
  }
  if (config.fixtures !== undefined) return createStaticFixtures(config.fixtures, `${file}: fixtures`, operation);
  const flag = flags.statesFlag ?? '--states';
  throw new UserError(`no provider states: give ${flag} URL, or "fixtures" in bindgate.config`, 2);
}

/** Of a server in a container, the states may stand at a path of its own; what is wrong with them is said before it starts. */
function imageStates(flags: TargetFlags, { config, file }: LoadedConfig): (url: string) => StateSource {
  const { url: place, headers = {} } = namedStates(flags, config) ?? {};
  if (place === undefined && config.fixtures !== undefined) {
    const fixtures = createStaticFixtures(config.fixtures, `${file}: fixtures`, operation);
    return () => fixtures;
  }
  if (place?.startsWith('/') !== false) {
    const client = { ...clientOptions(pickLocal(config)), headers: Object.entries(headers) };
    return (url) => createStatesClient({ operation, ...client, url: url + (place ?? '/_states') });
  }
  const source = openStates(flags, config, file);
  return () => source;
}

/** The states endpoint that flags and configuration name, with its own headers. */
export function namedStates(
  flags: TargetFlags,
  config: Config,
): { readonly url: string; readonly headers?: Readonly<Record<string, string>> } | undefined {
  const configured = typeof config.states === 'string' ? { url: config.states } : config.states;
  return flags.states === undefined ? configured : { ...configured, url: flags.states };
}

function pickLocal({ timeoutMs, concurrency }: Config): Config {
  return {
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(concurrency === undefined ? {} : { concurrency }),
  };
}

function clientOptions(config: Config): TlsFiles & {
  timeoutMs?: number;
  proxy?: string;
  insecure?: boolean;
  connections?: number;
} {
  const { timeoutMs, insecure, proxy, concurrency } = config;
  return {
    ...readTlsFiles(config),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(insecure === undefined ? {} : { insecure }),
    ...(proxy === undefined ? {} : { proxy }),
    ...(concurrency === undefined ? {} : { connections: concurrency + 1 }),
  };
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

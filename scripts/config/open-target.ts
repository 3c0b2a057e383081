import { inert } from '../../contract/inert.ts';
import { probe } from '../../contract/run/run-contract.ts';
import type { ServerImage } from '../../contract/targets/container/options.ts';
import { createHttpClient, type HttpClientOptions } from '../../contract/targets/http-client.ts';
import type { StateSource } from '../../contract/targets/state-source.ts';
import { createStatesClient } from '../../contract/targets/states-client.ts';
import { createStaticFixtures } from '../../contract/targets/static-fixtures.ts';
import type { Target } from '../../contract/targets/target.ts';
import { openUrlTarget } from '../../contract/targets/url.ts';
import { UserError } from '../../contract/user-error.ts';
import { definedOnly } from '../../spec/defined-only.ts';
import type { Operation } from '../../spec/operation.ts';
import type { KnownOperation } from '../operations.ts';
import { processTerminal, type Terminal } from '../terminal.ts';
import type { Config, LoadedConfig } from './config.ts';
import { statesPathArgument, type TargetFlags } from './flags.ts';
import { portOfNothing, readImage } from './image.ts';
import { readTlsFiles, readTokenKeys } from './tls-files.ts';

/** A target and its kind, before it is opened. */
export type NamedTarget =
  | { readonly kind: 'prism' }
  | { readonly kind: 'reference' }
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'image'; readonly image: ServerImage };

/** The names of the flags of one of several targets. */
type FlagNames = { readonly urlFlag?: string; readonly statesFlag?: string };

/** The target that flags and configuration name, or undefined. Flags override the configuration. */
export function namedTarget(flags: TargetFlags, { config, file }: LoadedConfig): NamedTarget | undefined {
  const kinds = { '--url': flags.url, '--reference': flags.reference, '--image': flags.image, '--prism': flags.prism };
  const named = Object.entries(kinds).filter(([, given]) => given !== undefined && given !== false);
  if (named.length > 1) {
    throw new UserError(`${named.map(([flag]) => flag).join(' and ')} each name a target; give only one`, 2);
  }
  if (flags.imagePort !== undefined && named.some(([flag]) => flag !== '--image'))
    throw new UserError(portOfNothing, 2);
  if (flags.prism === true) return { kind: 'prism' };
  if (flags.reference === true) return { kind: 'reference' };
  if (flags.url !== undefined) return { kind: 'url', url: flags.url };
  if (flags.image === undefined && config.url !== undefined && config.image !== undefined) {
    throw new UserError(`${file}: "url" and "image" each name a target; keep only one`, 2);
  }
  const image = readImage(flags, config, file);
  if (image !== undefined) return { kind: 'image', image };
  return config.url === undefined ? undefined : { kind: 'url', url: config.url };
}

/**
 * The target that flags and configuration name.
 * @throws UserError (exit code 2) if there is no target.
 */
export function requireTarget(flags: TargetFlags, loaded: LoadedConfig): NamedTarget {
  const named = namedTarget(flags, loaded);
  if (named !== undefined) return named;
  throw new UserError(
    'no target: give --url URL with --states URL, --image NAME, or --reference for the embedded server; or run `bindgate init`, which writes a configuration',
    2,
  );
}

/**
 * Opens the target that flags and configuration name: `--url` with `--states` or fixtures, `--image`, or `--reference`.
 * First it probes the target (exit code 3), then it checks for states (2).
 * @param flags `urlFlag` and `statesFlag` are the names of `--url` and `--states` if several targets each have one.
 */
export async function openTarget(
  flags: TargetFlags & FlagNames,
  loaded: LoadedConfig,
  chosen: KnownOperation,
  signal: AbortSignal = new AbortController().signal,
  terminal: Pick<Terminal, 'note' | 'progress'> = processTerminal(),
): Promise<Target> {
  const { config } = loaded;
  const named = requireTarget(flags, loaded);
  const { states, urlFlag } = flags;
  const headers = readHeaders(config, flags.header);
  // A server on this machine is reached without proxy and certificates.
  const local = clientOptions(definedOnly({ timeoutMs: config.timeoutMs, concurrency: config.concurrency }));
  // Loaded only if needed: Prism alone takes a third of a second.
  if (named.kind === 'prism') return (await chosen.mock()).openPrismTarget();
  if (named.kind === 'reference') {
    const { openReferenceTarget } = await chosen.reference();
    const statesPath = states === undefined ? undefined : statesPathArgument(states);
    return openReferenceTarget({ ...definedOnly({ statesPath }), ...local });
  }
  const { operation } = await chosen.operation();
  if (named.kind === 'image') {
    const { startServer } = await import('../../contract/targets/container/server.ts');
    const source = imageStates(flags, loaded, operation, local);
    const keys = readTokenKeys(config);
    terminal.progress(`starting ${inert(named.image.name)}`);
    // Each line of the log is text of the server.
    const say = (text: string): void =>
      terminal.note(`bindgate: ${text.replace(/[^\n]+/g, (line) => inert(line, 1_000))}`);
    await using owned = new AsyncDisposableStack();
    const { url } = owned.use(await startServer(named.image, signal, say));
    const client = { ...local, headers, baseUrl: url };
    return openUrlTarget(client, source(url), { kind: 'container', keys, owns: owned.move() });
  }
  const options = { baseUrl: named.url, ...clientOptions(config), headers };
  await using client = createHttpClient(options);
  const probed = await probe({ ...client, urlFlag }, operation, signal);
  const keys = readTokenKeys(config);
  return { ...openUrlTarget(options, openStates(flags, loaded, operation), { keys }), probed, urlFlag };
}

function openStates(flags: TargetFlags & FlagNames, { config, file }: LoadedConfig, operation: Operation): StateSource {
  const states = namedStates(flags, config);
  if (states !== undefined) {
    const headers = Object.entries(states.headers ?? {});
    return createStatesClient({
      operation,
      url: states.url,
      flag: flags.statesFlag,
      ...clientOptions(config),
      headers,
    });
  }
  if (config.fixtures !== undefined) return createStaticFixtures(config.fixtures, `${file}: fixtures`, operation);
  const flag = flags.statesFlag ?? '--states';
  throw new UserError(`no provider states: give ${flag} URL, or "fixtures" in bindgate.config`, 2);
}

/** For a server in a container, the states may be a path. Mistakes are reported before the container starts. */
function imageStates(
  flags: TargetFlags,
  loaded: LoadedConfig,
  operation: Operation,
  local: Omit<HttpClientOptions, 'baseUrl'>,
): (url: string) => StateSource {
  const { url: place, headers = {} } = namedStates(flags, loaded.config) ?? {};
  const ownPath = place === undefined ? loaded.config.fixtures === undefined : place.startsWith('/');
  if (ownPath) {
    const client = { ...local, headers: Object.entries(headers) };
    return (url) => createStatesClient({ operation, ...client, url: url + (place ?? '/_states') });
  }
  const source = openStates(flags, loaded, operation);
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

/** The settings of a configuration for the client of a server. */
export function clientOptions(config: Config): Omit<HttpClientOptions, 'baseUrl'> {
  const { timeoutMs, insecure, proxy, concurrency } = config;
  const connections = concurrency === undefined ? undefined : concurrency + 1;
  return { ...readTlsFiles(config), ...definedOnly({ timeoutMs, insecure, proxy, connections }) };
}

/**
 * The headers of each request: those of the configuration, then those of flags.
 * @throws UserError (exit code 2) for a flag other than `Name: value`.
 */
export function readHeaders(
  { headers = {} }: Config,
  flags: readonly string[] = [],
): readonly (readonly [name: string, value: string])[] {
  const given = flags.map((text) => {
    const [, name, value] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):\s*([\x20-\x7e]*)$/.exec(text) ?? [];
    if (name !== undefined && value !== undefined) return [name, value] as const;
    throw new UserError(`--header must be "Name: value" in printable ASCII; one of the given headers is not`, 2);
  });
  return [...Object.entries(headers), ...given];
}

/** How a reader repeats a run, or one of its requests. Values of headers may be secrets, so the reader fills them in. */
import type { Reach } from '../../contract/curl.ts';
import { shellQuote } from '../../contract/shell-quote.ts';
import { definedOnly } from '../../spec/defined-only.ts';
import type { Config } from './config.ts';
import type { TargetFlags, VerifyFlags } from './flags.ts';
import { namedStates, readHeaders } from './open-target.ts';

/** The command that repeats a run; reports add `--only` and `--seed`. */
export function replayCommand(flags: TargetFlags & VerifyFlags): string {
  const { showSecrets = false, header = [] } = flags;
  const repeated = {
    '--operation': flags.operation,
    '--reference': flags.reference,
    '--prism': flags.prism,
    '--url': flags.url,
    '--image': flags.image,
    '--image-port': flags.imagePort,
    '--states': flags.states,
    '--header': showSecrets ? header : header.map((text) => text.replace(/:.*$/s, ': «value»')),
    '--ca': flags.ca,
    '--cert': flags.cert,
    '--key': flags.key,
    '--config': flags.config,
    '--dialect': flags.dialect,
    '--runs': flags.runs,
    '--timing-effect': flags.timingEffect,
    '--strict': flags.strict,
    '--show-secrets': showSecrets,
  };
  const words = Object.entries(repeated).flatMap(([flag, given]) => {
    if (given === undefined || given === false) return [];
    return given === true ? [flag] : [given].flat().flatMap((value) => [flag, String(value)]);
  });
  return ['bindgate', 'verify', ...words.map(shellQuote)].join(' ');
}

/** The flags with which curl reaches the server; undefined if the server ends with the run. */
export function curlReach(flags: TargetFlags, config: Config, showSecrets: boolean): Reach | undefined {
  const ends = flags.reference === true || flags.prism === true || flags.image !== undefined;
  if (ends || (flags.url ?? config.url) === undefined) return undefined;
  const { ca, cert, key, insecure, proxy } = config;
  const connection = [
    ...(ca === undefined ? [] : ['--cacert', ca]),
    ...(cert === undefined || key === undefined ? [] : ['--cert', cert, '--key', key]),
    ...(insecure === true ? ['--insecure'] : []),
    ...(proxy === undefined ? [] : ['--proxy', proxy, '--proxytunnel']),
  ];
  const options = (headers: readonly (readonly [string, string])[]): readonly string[] => {
    const given = headers.flatMap(([name, value]) => ['-H', `${name}: ${showSecrets ? value : `«${name}»`}`]);
    return [...connection, ...given].map(shellQuote);
  };
  const states = namedStates(flags, config);
  return {
    options: options(readHeaders(config, flags.header)),
    ...definedOnly({
      states: states && { url: states.url, options: options(Object.entries(states.headers ?? {})) },
    }),
  };
}

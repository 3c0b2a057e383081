import type { Reach } from '../contract/curl.ts';
import { shellQuote } from '../contract/shell-quote.ts';
import type { Config } from './config/config.ts';
import type { TargetFlags } from './target.ts';
import { namedStates } from './target.ts';

/**
 * How curl reaches the server that flags and configuration name; undefined where it ends with the run.
 * Values of headers may be secrets, and are shown by the header's name unless secrets are shown.
 */
export function curlReach(flags: TargetFlags, config: Config, showSecrets: boolean): Reach | undefined {
  const ends = flags.reference === true || flags.prism === true || flags.image !== undefined;
  if (ends || (flags.url ?? config.url) === undefined) return undefined;
  const { headers = {}, ca, insecure, proxy } = config;
  const connection = [
    ...(ca === undefined ? [] : ['--cacert', ca]),
    ...(insecure === true ? ['--insecure'] : []),
    ...(proxy === undefined ? [] : ['--proxy', proxy, '--proxytunnel']),
  ];
  const given = (all: readonly (readonly [string, string])[]): readonly string[] =>
    [...connection, ...all.flatMap(([name, value]) => ['-H', `${name}: ${showSecrets ? value : `«${name}»`}`])].map(
      shellQuote,
    );
  const states = namedStates(flags, config);
  const own = (flags.header ?? []).map((header) => header.split(/:\s*/, 2) as [string, string]);
  return {
    options: given([...Object.entries(headers), ...own]),
    ...(states === undefined
      ? {}
      : { states: { url: states.url, options: given(Object.entries(states.headers ?? {})) } }),
  };
}

import { UserError } from '../../contract/user-error.ts';
import { definedOnly } from '../../spec/defined-only.ts';
import type { LoadedConfig } from './config.ts';

/** The flags for TLS: names of PEM files. */
export type TlsFlags = { readonly ca?: string; readonly cert?: string; readonly key?: string };

/**
 * A configuration with the files that flags name.
 * @throws UserError (exit code 2) for a certificate without its key, or a key without its certificate.
 */
export function withTlsFlags<Loaded extends LoadedConfig>(loaded: Loaded, { ca, cert, key }: TlsFlags): Loaded {
  if ((cert === undefined) !== (key === undefined)) {
    const [given, missing] = cert === undefined ? ['--key', '--cert'] : ['--cert', '--key'];
    throw new UserError(`${given} is given without ${missing}; give both (one PEM file may contain both)`, 2);
  }
  return { ...loaded, config: { ...loaded.config, ...definedOnly({ ca, cert, key }) } };
}

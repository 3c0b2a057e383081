import { readFileSync } from 'node:fs';
import { UserError } from '../../contract/user-error.ts';
import { definedOnly } from '../../spec/defined-only.ts';
import type { LoadedConfig } from './config.ts';

/** The flags for TLS: names of PEM files. */
export type TlsFlags = { readonly ca?: string; readonly cert?: string; readonly key?: string };

/**
 * A configuration with the files that flags name. One file may have the certificate and its key.
 * @throws UserError (exit code 2) for a certificate without its key, or a key without its certificate.
 */
export function withTlsFlags<Loaded extends LoadedConfig>(loaded: Loaded, { ca, ...given }: TlsFlags): Loaded {
  const cert = given.cert ?? fileWith(certificate, given.key);
  const key = given.key ?? fileWith(privateKey, given.cert);
  if ((cert === undefined) !== (key === undefined)) {
    const [flag, missing] = cert === undefined ? ['--key', '--cert'] : ['--cert', '--key'];
    throw new UserError(`${flag} is given without ${missing}; give both, or one PEM file that contains both`, 2);
  }
  return { ...loaded, config: { ...loaded.config, ...definedOnly({ ca, cert, key }) } };
}

const certificate = /-----BEGIN CERTIFICATE-----/;
const privateKey = /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/;

/** The file if it has such a part. One that cannot be read is refused where its own flag is used. */
function fileWith(part: RegExp, file: string | undefined): string | undefined {
  try {
    return file !== undefined && part.test(readFileSync(file, 'utf8')) ? file : undefined;
  } catch {
    return undefined;
  }
}

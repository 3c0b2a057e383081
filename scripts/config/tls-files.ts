import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { shellQuote } from '../../contract/shell-quote.ts';
import type { HttpClientOptions } from '../../contract/targets/http-client.ts';
import { UserError } from '../../contract/user-error.ts';
import type { TokenKeys } from '../../generators/request.ts';
import { definedOnly } from '../../spec/defined-only.ts';
import type { Config } from './config.generated.ts';
import type { ConnectionFlags } from './flags.ts';

/**
 * Reads the certificate authority, the client certificate and its key that a configuration names.
 * @throws UserError (exit code 2) for a file that cannot be read or is not PEM, a key that has a passphrase or does not belong to the
 * certificate, and a certificate that is not valid now.
 */
export function readTlsFiles({ ca, cert, key }: Config): Pick<HttpClientOptions, 'ca' | 'cert' | 'key'> {
  const authority = ca === undefined ? {} : { ca: readPem('ca', ca, (pem) => new X509Certificate(pem)).pem };
  if (cert === undefined || key === undefined) return authority;
  const certificate = readPem('cert', cert, (pem) => new X509Certificate(pem));
  refuseDates(cert, certificate.value);
  const privateKey = readPem('key', key, (pem) => createPrivateKey(pem));
  if (!certificate.value.checkPrivateKey(privateKey.value)) {
    throw new UserError(
      `the private key "${key}" (key "key") does not belong to the certificate "${cert}" (key "cert"); give the certificate and its own key`,
      2,
    );
  }
  return { ...authority, cert: certificate.pem, key: privateKey.pem };
}

/**
 * Reads the keys of the token issuer: PEM texts, or a file in their place.
 * @throws UserError (exit code 2) for a file that cannot be read or is not a public key in PEM.
 */
export function readTokenKeys({ tokenKeys = {} }: Config): TokenKeys {
  const { publicKeyPem, publicKeyFile: file } = tokenKeys;
  if (file === undefined) return definedOnly({ publicKeyPem });
  return { publicKeyPem: readPem('tokenKeys.publicKeyFile', file, (pem) => createPublicKey(pem)).pem };
}

/** A server refuses such a certificate, with a message that says little. */
function refuseDates(file: string, { validFromDate, validToDate }: X509Certificate): void {
  const day = (date: Date): string => date.toISOString().slice(0, 10);
  const now = Date.now();
  if (validToDate.getTime() < now) {
    throw new UserError(
      `the client certificate "${file}" (key "cert") expired on ${day(validToDate)}; request a new one`,
      2,
    );
  }
  if (validFromDate.getTime() > now) {
    throw new UserError(
      `the client certificate "${file}" (key "cert") is valid from ${day(validFromDate)}; check the clock of this machine`,
      2,
    );
  }
}

const whatIs = {
  ca: ['certificate authority', 'a certificate'],
  cert: ['client certificate', 'a certificate'],
  key: ['private key', 'a private key without a passphrase'],
  'tokenKeys.publicKeyFile': ['key of the token issuer', 'a public key'],
} as const;

function readPem<Value>(
  name: keyof typeof whatIs,
  file: string,
  parse: (pem: string) => Value,
): { readonly pem: string; readonly value: Value } {
  const [what, wanted] = whatIs[name];
  const refuse = (why: string, cause: unknown): never => {
    throw new UserError(`the ${what} "${file}" (key "${name}") ${why}`, 2, { cause });
  };
  let pem: string;
  try {
    pem = readFileSync(file, 'utf8');
  } catch (error) {
    return refuse('cannot be read; correct the path', error);
  }
  try {
    return { pem, value: parse(pem) };
  } catch (error) {
    // Of PKCS #8 (RFC 7468, section 11) or of the older form of OpenSSL.
    if (/-----BEGIN ENCRYPTED PRIVATE KEY-----|Proc-Type: 4,ENCRYPTED/.test(pem)) {
      return refuse(`has a passphrase; write it without: openssl pkey -in ${shellQuote(file)} -out new.key`, error);
    }
    return refuse(`is not ${wanted} in PEM; convert it, or correct the path`, error);
  }
}

/**
 * The files of a client certificate and its key that flags name. One file may have both.
 * @throws UserError (exit code 2) for a certificate without its key, or a key without its certificate.
 */
export function pairTlsFlags(given: Pick<ConnectionFlags, 'cert' | 'key'>): Pick<Config, 'cert' | 'key'> {
  const cert = given.cert ?? fileWith(certificate, given.key);
  const key = given.key ?? fileWith(privateKey, given.cert);
  if ((cert === undefined) !== (key === undefined)) {
    const [flag, missing] = cert === undefined ? ['--key', '--cert'] : ['--cert', '--key'];
    throw new UserError(`${flag} is given without ${missing}; give both, or one PEM file that contains both`, 2);
  }
  return definedOnly({ cert, key });
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

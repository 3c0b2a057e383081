import { UserError } from '../user-error.ts';

/**
 * Allows load and robustness cases against loopback and allowed hosts only: a mistyped URL may be a production server.
 * @throws UserError (exit code 2) for any other host.
 */
export function refuseForeignHost(url: string, allowHosts: readonly string[], doing: string): void {
  const refusal = foreignHost(url, allowHosts, doing);
  if (refusal !== undefined) throw new UserError(refusal, 2);
}

/** Why something must not run against a host; undefined if the host is loopback or allowed. */
export function foreignHost(url: string, allowHosts: readonly string[], doing: string): string | undefined {
  const { hostname, host } = new URL(url);
  if (isLoopback(hostname) || allowHosts.includes(hostname) || allowHosts.includes(host)) return undefined;
  return `${doing} runs against loopback and allowed hosts only; to allow ${host}, add it to allowHosts in bindgate.config`;
}

/** Whether a host name is 127.0.0.0/8, ::1 or localhost. Other names may resolve to any address. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

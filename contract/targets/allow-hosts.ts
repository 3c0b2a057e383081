import { UserError } from '../user-error.ts';

/**
 * Refuses what could hurt a server that nobody meant: load and robustness run against loopback, or a host that was allowed.
 * @throws UserError (exit code 2) for any other host: a staging URL typed wrong is production.
 */
export function refuseForeignHost(url: string, allowHosts: readonly string[], doing: string): void {
  const refusal = foreignHost(url, allowHosts, doing);
  if (refusal !== undefined) throw new UserError(refusal, 2);
}

/** Why something is not done to a host that is neither loopback nor allowed; undefined where it may be done. */
export function foreignHost(url: string, allowHosts: readonly string[], doing: string): string | undefined {
  const { hostname, host } = new URL(url);
  if (isLoopback(hostname) || allowHosts.includes(hostname) || allowHosts.includes(host)) return undefined;
  return `${doing} runs against loopback only, and ${host} is not; add it to allowHosts in bindgate.config`;
}

/** Whether a host name is 127.0.0.0/8, ::1 or localhost. Other names may resolve to anything. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

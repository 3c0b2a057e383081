import { inert } from '../inert.ts';
import type { NoAnswerReason } from './exchange.ts';

/** The message for https on an http port. */
export const noTls = 'the port does not speak TLS (https)';
/** The beginning of the message for a server's certificate that no known authority has issued, or of another host. */
export const untrusted = "the server's certificate is not trusted";
/** The beginning of the message for a host name without an address. */
export const noHost = 'no host is called';

/** Why the client itself ended a request. */
export class RequestEnded extends Error {
  readonly reason: NoAnswerReason;
  constructor(reason: NoAnswerReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** The reason behind an error of the client, or of node:http, node:net or node:tls, by their documented codes. */
export function explain(error: unknown, timeoutMs: number): { reason: NoAnswerReason; detail: string } {
  if (error instanceof RequestEnded) return { reason: error.reason, detail: error.message };
  const { code, message } = firstCause(error);
  const detail = inert(code === '' ? message : `${code}: ${message}`);
  if (code === 'ECONNREFUSED') return { reason: 'refused', detail: 'connection refused' };
  if (code === 'ENOTFOUND') {
    return { reason: 'unreachable', detail: inert(`${noHost} ${message.split(' ').at(-1)}`) };
  }
  if (/^(EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/.test(code)) return { reason: 'unreachable', detail };
  if (code === 'ETIMEDOUT') {
    return { reason: 'time-out', detail: `no connection within ${timeoutMs} ms` };
  }
  if (code.startsWith('HPE_')) {
    return { reason: 'malformed', detail: `not an HTTP answer (${detail})` };
  }
  if (/^(ERR_SSL|ERR_TLS|EPROTO|CERT_|DEPTH_|SELF_SIGNED|UNABLE_TO|ERR_OSSL)/.test(code))
    return { reason: 'tls', detail: inert(tlsText(code, message)) };
  return { reason: 'reset', detail: `the connection was closed before the whole answer (${detail})` };
}

/** Finds the reason between the colons of an OpenSSL message, which has codes, addresses and file names. */
function tlsText(code: string, message: string): string {
  const reason = /:SSL routines:[^:]*:([^:]+)/.exec(message)?.[1];
  if (/wrong version number|packet length too long|http request/.test(reason ?? '')) return noTls;
  if (reason !== undefined || /^(ERR_SSL|EPROTO|ERR_OSSL)/.test(code)) {
    return `the TLS handshake failed: ${reason ?? code}`;
  }
  return `${untrusted}: ${message.split(';')[0] ?? message}`;
}

/** The code and message of an error. For a host with several addresses, node:net collects one error for each. */
function firstCause(error: unknown): { code: string; message: string } {
  if (error instanceof AggregateError) return firstCause(error.errors[0]);
  if (!(error instanceof Error)) return { code: '', message: String(error) };
  return { code: 'code' in error && typeof error.code === 'string' ? error.code : '', message: error.message };
}

import { isIP } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import type { ApiResponse } from '../../spec/http.ts';
import type { NoAnswer } from './exchange.ts';
import { noTls, untrusted } from './http-errors.ts';

/** What to do if a server asks for a client certificate: after "the target". */
const asks = 'asks for a client certificate: set "cert" and "key" in bindgate.config, or give --cert FILE --key FILE';
const refuses =
  'refuses the client certificate: check that "cert" is the right file and that the server trusts its issuer';

/** Time limit of the handshake, and then the time in which a server without a certificate closes the connection. */
const handshakeMs = 5_000;
const closeMs = 1_000;

/**
 * Why a server closed a TLS connection, if the reason is the client certificate; undefined for another reason. With TLS 1.3 a
 * server refuses after the handshake (RFC 8446, section 4.4.2.4), so the client of a request sees only a closed connection.
 */
export async function certificateProblem(
  url: string,
  { reason, detail, clientCertificate }: Pick<NoAnswer, 'reason' | 'detail' | 'clientCertificate'>,
): Promise<string | undefined> {
  if (!url.startsWith('https:') || (reason !== 'reset' && reason !== 'tls')) return undefined;
  // Then the client has ended the handshake, not the server.
  if (detail.startsWith(untrusted) || detail === noTls) return undefined;
  if (!(await closesWithoutCertificate(new URL(url)))) return undefined;
  return clientCertificate === true ? refuses : asks;
}

/** The same for servers that finish the handshake and refuse with HTTP, in the words of nginx and IIS. */
export function certificateProblemIn({
  httpStatus,
  body,
}: Pick<ApiResponse, 'httpStatus' | 'body'>): string | undefined {
  if (httpStatus !== 400 && httpStatus !== 403) return undefined;
  const text = new TextDecoder().decode(body.subarray(0, 2_000));
  if (/No required SSL certificate was sent|client certificate (?:is )?required/i.test(text)) return asks;
  return /The SSL certificate error/.test(text) ? refuses : undefined;
}

/** Whether a port begins a TLS handshake, also one that a client without a certificate cannot end. Nothing is sent. */
export async function answersTls(url: URL, timeoutMs: number): Promise<boolean> {
  const socket = connectTls(url, 80, timeoutMs);
  return new Promise((resolve) => {
    socket.once('secureConnect', () => {
      resolve(true);
      socket.destroy();
    });
    // An alert is a message of TLS (RFC 8446, section 6).
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(/_ALERT_/.test(error.code ?? '')));
    socket.once('close', () => resolve(false));
  });
}

function connectTls({ hostname, port }: URL, defaultPort: number, timeoutMs: number): TLSSocket {
  const host = hostname.replace(/^\[|\]$/g, '');
  // The server's certificate does not matter: no secret is sent.
  const name = isIP(host) === 0 ? { servername: host } : {};
  const socket = connect({ host, port: Number(port || defaultPort), rejectUnauthorized: false, ...name });
  return socket.setTimeout(timeoutMs, () => socket.destroy());
}

/** Connects without a certificate and sends nothing. A server that needs none waits for the request. */
async function closesWithoutCertificate(url: URL): Promise<boolean> {
  const socket = connectTls(url, 443, handshakeMs);
  return new Promise((resolve) => {
    let open = false;
    socket.once('secureConnect', () => {
      open = true;
      socket.setTimeout(closeMs, () => {
        resolve(false);
        socket.destroy();
      });
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      resolve(open || /ALERT_(HANDSHAKE_FAILURE|BAD_CERTIFICATE|CERTIFICATE_REQUIRED)/.test(error.code ?? ''));
    });
    socket.once('end', () => resolve(open));
    socket.once('close', () => resolve(false));
  });
}

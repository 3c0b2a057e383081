import { type Headers, headerValue } from '../../spec/http.ts';

/** Headers of one connection, which are not forwarded. Source: RFC 9110, section 7.6.1. */
const ofConnection = ['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade'];

/** The headers of a message without those of its connection; names, values and order are unchanged. */
export function withoutConnectionHeaders(headers: Headers): Headers {
  const named = headers
    .filter(([name]) => name.toLowerCase() === 'connection')
    .flatMap(([, value]) => value.toLowerCase().split(','))
    .map((name) => name.trim());
  const dropped = new Set([...ofConnection, ...named]);
  return headers.filter(([name]) => !dropped.has(name.toLowerCase()));
}

/**
 * The headers of a client's request for the server: without those of the connection, with the server's own host, and with the proxy
 * added to `Via` (RFC 9110, section 7.6.3). `Expect` is left out: the proxy has already answered it.
 */
export function forwardedHeaders(headers: Headers, host: string, proxy: string): Headers {
  const kept = withoutConnectionHeaders(headers).filter(([name]) => !/^(host|expect)$/i.test(name));
  return [['Host', host], ...kept, ['Via', `1.1 ${proxy}`]];
}

/** Whether a request has already passed this proxy. */
export function hasPassed(headers: Headers, proxy: string): boolean {
  return headers.some(([name, value]) => name.toLowerCase() === 'via' && value.split(/[\s,]+/).includes(proxy));
}

/** Whether a request asks to leave HTTP. Other upgrades, such as the `h2c` of Java's client, may be ignored (RFC 9110, 7.8). */
export function asksForWebSocket(headers: Headers): boolean {
  return /\bwebsocket\b/i.test(headerValue(headers, 'upgrade') ?? '');
}

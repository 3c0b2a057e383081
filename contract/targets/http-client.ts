import { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { Pool, ProxyAgent } from 'undici';
import { definedOnly } from '../../spec/defined-only.ts';
import type { ApiRequest, ApiResponse, ChunkedBody, Headers } from '../../spec/http.ts';
import { headerPairs } from '../../spec/http.ts';
import { inert } from '../inert.ts';
import type { Exchange, NoAnswerReason } from './exchange.ts';
import { readBaseUrl, readUrl } from './read-url.ts';

/** How a server is reached. */
export type HttpClientOptions = {
  /** An http or https URL; its path is kept as a prefix. */
  readonly baseUrl: string;
  /** For a whole request, from the first byte sent to the last byte read. */
  readonly timeoutMs?: number;
  readonly maxBodyBytes?: number;
  readonly connections?: number;
  /** An additional trusted certificate authority (PEM). */
  readonly ca?: string;
  /** A client certificate (PEM) for a server that asks for one, and its private key (PEM). */
  readonly cert?: string;
  readonly key?: string;
  /** Accept any certificate. */
  readonly insecure?: boolean;
  /** An http(s) proxy, used with CONNECT. */
  readonly proxy?: string;
  /** Headers of every request, before the request's own. */
  readonly headers?: Headers;
};

/** A bounded HTTP client for servers that may misbehave: every request ends with an answer or a reason. */
export type HttpClient = AsyncDisposable & {
  /** The base URL, for messages. */
  readonly url: string;
  /** Sends a request once. It does not follow redirects, decompress bodies or retry. */
  readonly send: (request: ApiRequest, signal?: AbortSignal) => Promise<Exchange>;
};

/** The message for https on an http port. */
export const noTls = 'the port does not speak TLS (https)';
/** The beginning of the message for a server's certificate that no known authority has issued, or of another host. */
export const untrusted = "the server's certificate is not trusted";
/** The beginning of the message for a host name without an address. */
export const noHost = 'no host is called';

const defaults = { timeoutMs: 10_000, maxBodyBytes: 1024 * 1024, connections: 16 };

/** Creates a client. It connects with the first request. */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const base = readBaseUrl(options.baseUrl);
  const { timeoutMs, maxBodyBytes, connections } = { ...defaults, ...definedOnly(options) };
  const keeping = openDispatcher(base, options, connections, timeoutMs, true);
  // One connection per request: for requests that ask for it, and for all requests after the first reset.
  let single: Dispatcher | undefined;
  const oneEach = (): Dispatcher => {
    single ??= openDispatcher(base, options, connections, timeoutMs, false);
    return single;
  };
  let keeps = true;
  const prefix = base.pathname.replace(/\/+$/, '');

  return {
    url: `${base.origin}${prefix}`,
    send: async (request, signal) => {
      const started = performance.now();
      const deadline = new AbortController();
      const timer = setTimeout(() => deadline.abort(new TimeOut()), timeoutMs);
      const stop = (): void => deadline.abort(new Aborted());
      signal?.addEventListener('abort', stop, { once: true });
      if (signal?.aborted) stop();
      const prefixed = {
        ...request,
        path: `${prefix}${request.path}`,
        headers: [...(options.headers ?? []), ...request.headers],
      };
      const kept = keeps && request.ownConnection !== true;
      const dispatcher = kept ? keeping : oneEach();
      try {
        const response = await exchange(dispatcher, base.origin, prefixed, deadline.signal, maxBodyBytes);
        return { kind: 'answer', response: { ...response, durationMs: performance.now() - started } };
      } catch (error) {
        const { reason, detail } = explain(deadline.signal.aborted ? deadline.signal.reason : error, timeoutMs);
        const stale = kept && reason === 'reset';
        if (stale) keeps = false;
        const certificate = options.cert === undefined ? {} : { clientCertificate: true as const };
        return { kind: 'no-answer', reason, detail, durationMs: performance.now() - started, stale, ...certificate };
      } finally {
        clearTimeout(timer);
        signal?.removeEventListener('abort', stop);
      }
    },
    // Destroyed, not closed: closing would wait for answers that a hostile server never sends.
    [Symbol.asyncDispose]: async () => {
      await Promise.all([keeping.destroy(), single?.destroy()]);
    },
  };
}

function openDispatcher(
  base: URL,
  { ca, cert, key, insecure, proxy }: HttpClientOptions,
  connections: number,
  timeoutMs: number,
  keepAlive: boolean,
): Dispatcher {
  const limits = {
    connections,
    // Binding is not idempotent, so a request is never sent twice. If a server closes an idle connection while a request is
    // sent, that looks like a reset, so the client closes idle connections before most servers do.
    keepAliveTimeout: 1_000,
    keepAliveMaxTimeout: 1_000,
    // For undici, 0 means one connection per request.
    pipelining: keepAlive ? 1 : 0,
    // Our own deadline covers the whole request, headers and body together.
    headersTimeout: 0,
    bodyTimeout: 0,
    maxHeaderSize: 64 * 1024,
  };
  const tls = {
    ...definedOnly({ ca, rejectUnauthorized: insecure === true ? false : undefined }),
    ...(cert === undefined || key === undefined ? {} : { cert, key }),
  };
  if (proxy === undefined) return new Pool(base.origin, { ...limits, connect: { timeout: timeoutMs, ...tls } });
  return new ProxyAgent({ ...limits, uri: readUrl(proxy).href, proxyTunnel: true, requestTls: tls });
}

async function exchange(
  dispatcher: Dispatcher,
  origin: string,
  request: ApiRequest,
  signal: AbortSignal,
  maxBodyBytes: number,
): Promise<Omit<ApiResponse, 'durationMs'>> {
  const body =
    request.body instanceof Uint8Array ? Buffer.from(request.body) : Readable.from(paced(request.body, signal));
  const answer = await dispatcher.request({
    origin,
    method: request.method as Dispatcher.HttpMethod,
    path: request.path,
    headers: request.headers.flat(),
    body: body instanceof Buffer && body.length === 0 ? null : body,
    responseHeaders: 'raw',
    signal,
  });
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of answer.body as AsyncIterable<Buffer>) {
    length += piece.length;
    if (length > maxBodyBytes) {
      answer.body.destroy();
      throw new TooLarge(maxBodyBytes);
    }
    pieces.push(piece);
  }
  return {
    httpStatus: answer.statusCode,
    headers: headerPairs(answer.headers as unknown as readonly string[]),
    body: Buffer.concat(pieces),
    truncated: false,
  };
}

async function* paced(body: ChunkedBody, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  for (const { bytes, afterMs } of body) {
    if (afterMs > 0) await new Promise((resolve) => setTimeout(resolve, afterMs));
    if (signal.aborted) return;
    yield bytes;
  }
}

class TimeOut extends Error {}
class Aborted extends Error {}
class TooLarge extends Error {
  constructor(bytes: number) {
    super(`the body is over ${bytes} bytes`);
  }
}

/** The reason behind an error of undici, node:net or node:tls, by their documented codes. */
function explain(error: unknown, timeoutMs: number): { reason: NoAnswerReason; detail: string } {
  if (error instanceof TimeOut) return { reason: 'time-out', detail: `no whole answer within ${timeoutMs} ms` };
  if (error instanceof Aborted) return { reason: 'aborted', detail: 'interrupted' };
  if (error instanceof TooLarge) return { reason: 'too-large', detail: error.message };
  const { code, message } = rootCause(error);
  const detail = inert(code === '' ? message : `${code}: ${message}`);
  if (code === 'ECONNREFUSED') return { reason: 'refused', detail: 'connection refused' };
  if (code === 'ENOTFOUND') {
    return { reason: 'unreachable', detail: inert(`${noHost} ${message.split(' ').at(-1)}`) };
  }
  if (/^(EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/.test(code)) return { reason: 'unreachable', detail };
  if (/^(ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)$/.test(code)) {
    return { reason: 'time-out', detail: `no connection within ${timeoutMs} ms` };
  }
  // This error does not always have a `code`, but it has a name.
  const unparsable = error instanceof Error && error.name === 'HTTPParserError';
  if (unparsable || /^(HPE_|UND_ERR_HEADERS_OVERFLOW|UND_ERR_RES_CONTENT_LENGTH_MISMATCH|UND_ERR_BAD_)/.test(code)) {
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

/** The innermost cause: undici wraps what node:net and node:tls threw. */
function rootCause(error: unknown): { code: string; message: string } {
  if (!(error instanceof Error)) return { code: '', message: String(error) };
  const nested = error instanceof AggregateError ? error.errors[0] : error.cause;
  const own = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (nested instanceof Error && (own === '' || own === 'UND_ERR_SOCKET')) {
    const inner = rootCause(nested);
    return inner.code === '' && own !== '' ? { code: own, message: inner.message } : inner;
  }
  return { code: own, message: error.message };
}

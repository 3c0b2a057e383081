import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { Readable, type Writable } from 'node:stream';
import { definedOnly } from '../../spec/defined-only.ts';
import {
  type ApiRequest,
  type ApiResponse,
  type ChunkedBody,
  type Headers,
  headerPairs,
  headerValue,
} from '../../spec/http.ts';
import type { Exchange, NoAnswerReason } from './exchange.ts';
import { explain, RequestEnded } from './http-errors.ts';
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

const defaults = { timeoutMs: 10_000, maxBodyBytes: 1024 * 1024, connections: 16 };

/** Creates a client. It connects with the first request. */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const base = readBaseUrl(options.baseUrl);
  const { timeoutMs, maxBodyBytes, connections } = { ...defaults, ...definedOnly(options) };
  // One with a connection per request: for requests that ask for it, and for all requests after the first reset.
  const agents = new Map<boolean, Promise<HttpAgent>>();
  const agentThat = (keepsAlive: boolean): Promise<HttpAgent> => {
    const agent = agents.get(keepsAlive) ?? openAgent(base, options.proxy, connections, keepsAlive);
    agents.set(keepsAlive, agent);
    return agent;
  };
  let keeps = true;
  const prefix = base.pathname.replace(/\/+$/, '');

  return {
    url: `${base.origin}${prefix}`,
    send: async (request, signal) => {
      const started = performance.now();
      const prefixed = {
        ...request,
        path: `${prefix}${request.path}`,
        headers: [...(options.headers ?? []), ...request.headers],
      };
      const kept = keeps && request.ownConnection !== true;
      const agent = await agentThat(kept);
      const sending = { agent, keepAlive: kept, timeoutMs, maxBodyBytes, signal };
      try {
        const response = await exchange(base, options, prefixed, sending);
        return { kind: 'answer', response: { ...response, durationMs: performance.now() - started } };
      } catch (error) {
        const { reason, detail } = explain(error, timeoutMs);
        const stale = kept && reason === 'reset';
        if (stale) keeps = false;
        const certificate = options.cert === undefined ? {} : { clientCertificate: true as const };
        return { kind: 'no-answer', reason, detail, durationMs: performance.now() - started, stale, ...certificate };
      }
    },
    // Destroyed, not closed: closing would wait for answers that a hostile server never sends.
    [Symbol.asyncDispose]: async () => {
      for (const agent of agents.values()) (await agent).destroy();
    },
  };
}

async function openAgent(
  { protocol }: URL,
  proxy: string | undefined,
  maxSockets: number,
  keepAlive: boolean,
): Promise<HttpAgent> {
  // Binding is not idempotent, so a request is never sent twice. If a server closes an idle connection while a request is
  // sent, that looks like a reset, so the client closes idle connections before most servers do.
  const limits = { keepAlive, maxSockets, timeout: 1_000 };
  if (proxy === undefined) return protocol === 'https:' ? new HttpsAgent(limits) : new HttpAgent(limits);
  const { HttpsProxyAgent } = await import('https-proxy-agent');
  return new HttpsProxyAgent(readUrl(proxy), limits);
}

/** Sends a request and reads the whole answer. It rejects with the first cause: a limit, or an error of node:http, node:tls or node:net. */
function exchange(
  base: URL,
  { ca, cert, key, insecure }: HttpClientOptions,
  { method, path, headers, body }: ApiRequest,
  {
    agent,
    keepAlive,
    timeoutMs,
    maxBodyBytes,
    signal,
  }: Omit<typeof defaults, 'connections'> & {
    readonly agent: HttpAgent;
    readonly keepAlive: boolean;
    readonly signal: AbortSignal | undefined;
  },
): Promise<Omit<ApiResponse, 'durationMs'>> {
  const send = base.protocol === 'https:' ? httpsRequest : httpRequest;
  const sending = send({
    agent,
    hostname: base.hostname.replace(/^\[|\]$/g, ''),
    port: base.port,
    method,
    path,
    headers: [...connectionHeaders(headers, base.host, keepAlive), ...headers, ...lengthHeader(headers, body)].flat(),
    maxHeaderSize: 64 * 1024,
    ...definedOnly({ ca, cert, key, rejectUnauthorized: insecure === true ? false : undefined }),
  });
  // Only the size of all headers is limited: by default, Node leaves out those after the 2,000th.
  sending.maxHeadersCount = 0;
  // Not only the header: an agent with a limit of connections would use this one again for a request that waits.
  sending.shouldKeepAlive = keepAlive;
  const end = (reason: NoAnswerReason, why: string): void => {
    sending.destroy(new RequestEnded(reason, why));
  };
  const answered: ReturnType<typeof exchange> = new Promise((resolve, reject) => {
    let answer: IncomingMessage | undefined;
    // What comes after a whole answer, such as more bytes than it promised, does not change it.
    const fail = (error: Error): void => {
      if (answer?.complete !== true) reject(error);
    };
    // `close` comes last. It counts if there was neither an answer nor another error.
    sending.on('error', fail).on('close', () => fail(new Error('no answer')));
    sending.on('response', (response) => {
      answer = response;
      const pieces: Buffer[] = [];
      let length = 0;
      response.on('error', fail).on('data', (piece: Buffer) => {
        length += piece.length;
        pieces.push(piece);
        if (length <= maxBodyBytes) return;
        reject(new RequestEnded('too-large', `the body is over ${maxBodyBytes} bytes`));
        sending.destroy();
      });
      response.on('end', () => {
        const { statusCode: httpStatus = 0, rawHeaders } = response;
        resolve({ httpStatus, headers: headerPairs(rawHeaders), body: Buffer.concat(pieces), truncated: false });
      });
    });
  });
  // A proxy that opens no tunnel answers the request itself. That says nothing about the server.
  sending.on('proxyConnect', ({ statusCode }: { statusCode: number }) => {
    if (statusCode !== 200) end('unreachable', `the proxy answers CONNECT with HTTP ${statusCode}`);
  });
  const timer = setTimeout(() => end('time-out', `no whole answer within ${timeoutMs} ms`), timeoutMs);
  const stop = (): void => end('aborted', 'interrupted');
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted) stop();
  else if (body instanceof Uint8Array) sending.end(body);
  else Readable.from(paced(body, sending)).pipe(sending);
  return answered.finally(() => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  });
}

/** The host and the connection of a request, where it does not say them itself. */
function connectionHeaders(headers: Headers, host: string, keepAlive: boolean): Headers {
  const all: Headers = [
    ['host', host],
    ['connection', keepAlive ? 'keep-alive' : 'close'],
  ];
  return all.filter(([name]) => headerValue(headers, name) === undefined);
}

function lengthHeader(headers: Headers, body: Uint8Array | ChunkedBody): Headers {
  if (headerValue(headers, 'content-length') !== undefined) return [];
  return [body instanceof Uint8Array ? ['content-length', String(body.length)] : ['transfer-encoding', 'chunked']];
}

async function* paced(body: ChunkedBody, sending: Writable): AsyncGenerator<Uint8Array> {
  for (const { bytes, afterMs } of body) {
    if (afterMs > 0) await new Promise((resolve) => setTimeout(resolve, afterMs));
    if (sending.destroyed) return;
    yield bytes;
  }
}

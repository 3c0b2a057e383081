import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { type ApiRequest, type ApiResponse, headerPairs, listeningUrl } from '../../spec/http.ts';
import { ListenError, type Listening, type ListenPlace } from '../../spec/listen.ts';
import { findCause } from '../run/preflight/place.ts';
import type { Exchange, NoAnswer } from '../targets/exchange.ts';
import type { HttpClient } from '../targets/http-client.ts';
import { asksForWebSocket, forwardedHeaders, hasPassed, withoutConnectionHeaders } from './forwarded-headers.ts';

/** A request as it was forwarded, and what came back. */
export type Proxied = { readonly request: ApiRequest; readonly exchange: Exchange; readonly sentAt: Date };

/** How a proxy forwards, and who is told. */
export type ProxyOptions = Required<ListenPlace> & {
  /** Sends to the server. Its limits and certificates apply. */
  readonly client: HttpClient;
  /** The longest body of a request, in bytes. */
  readonly maxBodyBytes: number;
  /** Called after the client has its answer. */
  readonly onExchange: (proxied: Proxied) => void;
  /** Called with a problem outside of an exchange: one line. */
  readonly onNote: (says: string) => void;
};

/**
 * Starts a proxy on plain HTTP that forwards each request to one server and each answer back: method, path, headers and body are
 * unchanged, except the headers of the connection. A message is forwarded when it is complete. At the end, open requests are cut off.
 * @throws UserError (exit code 3) if the port cannot be used.
 */
export async function startProxy(options: ProxyOptions): Promise<Listening> {
  const name = `bindgate-${randomUUID()}`;
  const open = new Set<Promise<void>>();
  const server = createServer({ maxHeaderSize: 64 * 1024, keepAliveTimeout: 60_000 }, (request, response) => {
    const ended = forward(request, response, options, name).catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      options.onNote(
        request.readableAborted
          ? 'a client closed the connection before its request was complete'
          : `unexpected: ${why}`,
      );
      response.destroy();
    });
    open.add(ended);
    void ended.then(() => open.delete(ended));
  });
  server.on('connect', (_request: IncomingMessage, socket: Socket) => {
    const says = 'CONNECT is refused: use the URL of this proxy as the base URL of the client';
    socket.on('error', () => socket.destroy());
    socket.end(`HTTP/1.1 405 Method Not Allowed\r\nconnection: close\r\n\r\n${problemBody(says)}`);
    options.onNote(`a client sent ${says}`);
  });
  server.on('clientError', (error: NodeJS.ErrnoException & { rawPacket?: Buffer }, socket: Socket) => {
    // A client that goes away is not a client that is wrong.
    if (!socket.writable || /^(ECONNRESET|EPIPE|HPE_INVALID_EOF_STATE)$/.test(error.code ?? '')) {
      socket.destroy();
      return;
    }
    // The first byte of a TLS handshake record (RFC 8446, section 5.1).
    const says =
      error.rawPacket?.[0] === 0x16
        ? 'this port speaks HTTP only; use http:// in the client'
        : `the request is not HTTP/1.1 (${error.code})`;
    socket.end(`HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n${problemBody(says)}`);
    options.onNote(`a client was refused: ${says}`);
  });
  const { host, port } = options;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(new ListenError({ host, port }, error)));
    server.listen(port, host, resolve);
  });
  const { port: chosen } = server.address() as AddressInfo;
  return {
    url: listeningUrl(host, chosen),
    port: chosen,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      // Each of them still reports its exchange.
      await Promise.all(open);
    },
  };
}

async function forward(
  incoming: IncomingMessage,
  response: ServerResponse,
  { client, maxBodyBytes, onExchange, onNote }: ProxyOptions,
  name: string,
): Promise<void> {
  const headers = headerPairs(incoming.rawHeaders);
  const { method = '', url: path = '' } = incoming;
  const refuse = (httpStatus: number, says: string): void => {
    // What is left of the body is read and dropped: an unread body would reset the connection before the answer arrives.
    incoming.resume();
    writeProblem(response, httpStatus, says);
    onNote(`${method} was refused with HTTP ${httpStatus}: ${says}`);
  };
  if (!path.startsWith('/'))
    return refuse(400, 'the target is not a path; use this proxy as the base URL of the client');
  if (hasPassed(headers, name)) return refuse(508, 'the proxy sends to itself; correct --url');
  if (asksForWebSocket(headers)) return refuse(501, 'WebSocket is not supported; connect to the server directly');
  const body = await readBody(incoming, maxBodyBytes);
  if (body === undefined) return refuse(413, `the body is over ${maxBodyBytes} bytes, the limit of the proxy`);

  const chunked = incoming.headers['transfer-encoding'] !== undefined;
  const request: ApiRequest = {
    method,
    path,
    headers: forwardedHeaders(headers, new URL(client.url).host, name),
    body: chunked ? [{ bytes: body, afterMs: 0 }] : body,
    // A server that closes an idle connection while it is used would look like a failure of the server.
    ownConnection: true,
  };
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const sentAt = new Date();
  const exchange = await client.send(request, gone.signal);
  let passed = exchange.kind === 'answer' ? passOn(response, exchange.response) : namedGone(exchange);
  if (passed.kind === 'no-answer' && passed.reason !== 'aborted') {
    const { says, detail } = await findCause({ url: client.url }, passed);
    writeProblem(response, passed.reason === 'time-out' ? 504 : 502, says);
    onNote(says);
    passed = { ...passed, detail };
  }
  onExchange({ request, exchange: passed, sentAt });
}

/** Only a client that goes away, or the end of the proxy, ends a request early. */
function namedGone(missing: NoAnswer): NoAnswer {
  return missing.reason === 'aborted' ? { ...missing, detail: "the client's connection was closed" } : missing;
}

/** The whole body of a request; undefined if it is too long. Rejects if the client goes away. */
async function readBody(incoming: IncomingMessage, most: number): Promise<Buffer | undefined> {
  if (Number(incoming.headers['content-length'] ?? 0) > most) return undefined;
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of incoming.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += piece.length;
    if (length > most) return undefined;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** Writes an answer as it came. An answer that HTTP does not allow counts as missing. */
function passOn(response: ServerResponse, answer: ApiResponse): Exchange {
  try {
    response.sendDate = false;
    response.writeHead(answer.httpStatus, withoutConnectionHeaders(answer.headers).flat());
    response.end(answer.body);
    return { kind: 'answer', response: answer };
  } catch (error) {
    const detail = `not an HTTP answer (${error instanceof Error ? error.message : String(error)})`;
    return {
      kind: 'no-answer',
      reason: 'malformed',
      detail,
      durationMs: answer.durationMs,
      stale: false,
    } satisfies NoAnswer;
  }
}

function writeProblem(response: ServerResponse, httpStatus: number, says: string): void {
  if (response.headersSent) return void response.destroy();
  const body = problemBody(says);
  response.writeHead(httpStatus, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

/** An answer of the proxy itself: JSON in one line. */
function problemBody(says: string): string {
  return `${JSON.stringify({ error: `bindgate proxy: ${says}` })}\n`;
}

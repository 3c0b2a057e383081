import type { IncomingHttpHeaders } from 'node:http';
import { Agent, createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A request as it went over the wire; the body is in Base64. */
export type RecordedRequest = {
  readonly method: string;
  readonly path: string;
  readonly headers: readonly string[];
  readonly body: string;
};

/** A server that forwards to another one, which can be changed, and keeps what it forwarded. */
export type Forwarder = AsyncDisposable & {
  readonly url: string;
  readonly recorded: readonly RecordedRequest[];
  forwardTo: (url: string) => void;
};

/** Headers about one connection, which the next one has of its own. */
const ofConnection = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'host']);

/** Starts a forwarder on a free port of loopback. */
export async function startForwarder(url: string): Promise<Forwarder> {
  const agent = new Agent({ keepAlive: true, timeout: 1_000 });
  const recorded: RecordedRequest[] = [];
  let upstream = new URL(url);
  const server = createServer({ maxHeaderSize: 64 * 1024 }, (incoming, answer) => {
    const forward = async (): Promise<void> => {
      const body = await buffer(incoming);
      const { method = 'GET', url: path = '/' } = incoming;
      const headers = incoming.rawHeaders.flatMap((name, at) =>
        at % 2 === 1 || ofConnection.has(name.toLowerCase()) ? [] : [name, incoming.rawHeaders[at + 1] ?? ''],
      );
      recorded.push({ method, path, headers, body: body.toString('base64') });
      const all = [...headers, 'Host', upstream.host, 'Content-Length', String(body.length)];
      const onward = httpRequest({ agent, host: upstream.hostname, port: upstream.port, method, path, headers: all });
      onward.on('error', () => answer.destroy());
      onward.on('response', (from) => {
        answer.writeHead(from.statusCode ?? 502, withoutConnection(from.headers));
        from.pipe(answer);
      });
      onward.end(body);
    };
    forward().catch(() => answer.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    recorded,
    forwardTo: (next) => {
      upstream = new URL(next);
    },
    [Symbol.asyncDispose]: async () => {
      agent.destroy();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function withoutConnection(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !ofConnection.has(name)));
}

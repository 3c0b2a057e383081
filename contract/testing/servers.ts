import {
  createServer as createHttpServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import type { Fixture } from '../../spec/family/states.ts';

/** A test server. It ends with its block. */
export type TestServer = AsyncDisposable & { readonly url: string; readonly port: number };

/** A TCP server with a handler for each connection. */
export async function tcpServer(onConnection: (socket: Socket) => void): Promise<TestServer> {
  const { keep, drop } = openSockets();
  const server = createTcpServer((socket) => {
    keep(socket);
    onConnection(socket);
  });
  return listening(server, drop);
}

/** Sockets to destroy at the end of a test; `keep` adds one until it closes. */
export function openSockets(): { readonly keep: (socket: Socket) => void; readonly drop: () => void } {
  const open = new Set<Socket>();
  return {
    keep: (socket) => {
      open.add(socket);
      socket.on('close', () => open.delete(socket));
      socket.on('error', () => socket.destroy());
    },
    drop: () => {
      for (const socket of open) socket.destroy();
    },
  };
}

/** A server that answers any request with these bytes, and closes the connection unless `keep` is set. */
export function rawServer(answer: string | Uint8Array, keep = false): Promise<TestServer> {
  return tcpServer((socket) => {
    socket.once('data', () => {
      if (keep) socket.write(answer);
      else socket.end(answer);
    });
  });
}

/** A server that writes a piece as long as a client reads. It waits for the client, so that the memory stays bounded. */
export function endlessBody(piece: string, first = ''): Promise<TestServer> {
  return tcpServer((socket) => {
    socket.once('data', () => {
      socket.write(first);
      const write = (): void => {
        while (!socket.destroyed && socket.write(piece));
      };
      socket.on('drain', write);
      write();
    });
  });
}

/** An HTTP server with one handler, which gets the body as text and as bytes. */
export async function httpServer(handle: Parameters<typeof withBody>[0]): Promise<TestServer> {
  const server = createHttpServer(withBody(handle));
  return listening(server, () => server.closeAllConnections());
}

/** A listener that reads the body before it calls the handler. */
export function withBody(
  handle: (request: IncomingMessage, response: ServerResponse, body: string, bytes: Buffer) => unknown,
): RequestListener {
  return (request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const bytes = Buffer.concat(pieces);
      handle(request, response, bytes.toString(), bytes);
    });
  };
}

/** A server that answers every request with this JSON body. */
export function jsonServer(body: unknown, status = 200): Promise<TestServer> {
  return httpServer((_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
}

/** A states endpoint that returns a good fixture with a new device for every state. */
export function statesServer(
  change: (fixture: Record<string, unknown>, state: string) => unknown = (fixture) => fixture,
): Promise<TestServer> {
  let count = 0;
  return httpServer((_request, response, body) => {
    const { state, action } = JSON.parse(body) as { state: string; action: string };
    count += 1;
    const made = action === 'setup' ? change({ ...goodFixture(count) }, state) : {};
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(made));
  });
}

/** A valid fixture with every optional field. */
export function goodFixture(count: number): Required<Fixture> {
  return {
    token: 'head.payload-of-the-token.signature-of-the-token',
    otherToken: 'head.payload-of-the-other.signature-of-the-other',
    pk: 'p1abcd',
    ps: 'productsecret-16',
    dk: `ACD9${String(count).padStart(8, '0')}`,
    bindingCode: '0123456789ABCDEF',
    bindingSecret: 'bindingSecretNew1',
    oldBindingSecret: 'bindingSecretOld1',
    userDomainSecret: 'userDomainSecretOfThisTest',
    pwd: 'devicePassword1',
    fid: 'f1',
    frid: 'r1',
  };
}

/** Lets a server listen on a free port of loopback. `drop` ends its connections. */
export async function listening(server: Server, drop: () => void, origin = 'http://127.0.0.1'): Promise<TestServer> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${origin}:${port}`,
    port,
    [Symbol.asyncDispose]: async () => {
      drop();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import {
  createServer as createHttpServer,
  request as httpRequest,
  type IncomingMessage,
  type RequestListener,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { promisify } from 'node:util';
import { listening, openSockets, type TestServer, withBody } from './servers.ts';

/** The host name of the TLS server. It cannot be resolved, so a client reaches it only through a proxy. */
export const unresolvedHost = 'server.test';

/** A private certificate authority and its certificates, as PEM files in a temporary folder that ends with the block. */
export type Certificates = AsyncDisposable & {
  readonly ca: string;
  readonly server: { readonly cert: string; readonly key: string };
  readonly client: { readonly cert: string; readonly key: string };
};

/** Makes certificates with openssl: for a server on loopback or at `unresolvedHost`, and for a client. */
export async function makeCertificates(): Promise<Certificates> {
  const folder = await mkdtemp(join(tmpdir(), 'bindgate-tls-'));
  const file = (name: string): string => join(folder, name);
  const make = async (name: string, ...more: readonly string[]): Promise<{ cert: string; key: string }> => {
    const [cert, key] = [file(`${name}.pem`), file(`${name}.key`)];
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
    const out = ['-days', '2', '-subj', `/CN=${name}`, '-keyout', key, '-out', cert];
    await promisify(execFile)('openssl', ['req', '-x509', ...curve, ...out, ...more]);
    return { cert, key };
  };
  const ca = await make('ca');
  const issued = ['-CA', ca.cert, '-CAkey', ca.key, '-addext', 'basicConstraints=critical,CA:FALSE'];
  const names = `subjectAltName=DNS:localhost,DNS:${unresolvedHost},IP:127.0.0.1`;
  return {
    ca: ca.cert,
    server: await make('server', ...issued, '-addext', names),
    client: await make('client', ...issued),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}

/** A TLS server with one handler that demands a client certificate of the authority. `clients` counts requests by client. */
export async function tlsServer(
  { ca, server: { cert, key } }: Certificates,
  handle: (request: IncomingMessage, body: string) => unknown,
): Promise<TestServer & { readonly clients: ReadonlyMap<string, number> }> {
  const clients = new Map<string, number>();
  const pem = { ca: await readFile(ca), cert: await readFile(cert), key: await readFile(key) };
  const onRequest = withBody(async (request, response, body) => {
    const name = String((request.socket as TLSSocket).getPeerCertificate().subject?.CN);
    clients.set(name, (clients.get(name) ?? 0) + 1);
    const answer = await handle(request, body);
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
  });
  const server = createHttpsServer({ ...pem, requestCert: true, rejectUnauthorized: true }, onRequest);
  return { ...(await listening(server, () => server.closeAllConnections(), 'https://localhost')), clients };
}

/** An HTTP proxy that forwards every host to a port of loopback. `asked` counts tunnels and requests by target. */
export async function proxyServer(port: number): Promise<TestServer & { readonly asked: ReadonlyMap<string, number> }> {
  const asked = new Map<string, number>();
  const count = (what: string): void => void asked.set(what, (asked.get(what) ?? 0) + 1);
  const { keep, drop } = openSockets();
  const forward: RequestListener = (request, response) => {
    const { host, pathname } = new URL(request.url ?? '/', 'http://none');
    count(`${request.method} http://${host}`);
    const { method = 'GET', headers } = request;
    const onward = httpRequest({ port, method, headers, path: pathname }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  };
  const server = createHttpServer(forward).on('connect', (request: IncomingMessage, socket: Socket) => {
    count(`CONNECT ${request.url}`);
    const upstream = connect(port, '127.0.0.1', () => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
    keep(socket);
    keep(upstream);
    socket.pipe(upstream).pipe(socket);
  });
  const own = await listening(server, () => {
    drop();
    server.closeAllConnections();
  });
  return { ...own, asked };
}

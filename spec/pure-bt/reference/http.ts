import { isAscii } from 'node:buffer';
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fastify from 'fastify';
import type { ServedResponse, Wire, WireAnswer } from '../../http.ts';
import { headerPairs, listeningUrl } from '../../http.ts';
import { isStateName } from '../states.ts';
import { envelope } from './envelope.ts';
import type { ProviderStates, StatesWire } from './provider-states.ts';
import type { ReferenceOptions } from './reference.ts';
import { createReference } from './reference.ts';

/** The options of a reference server that listens. */
export type ListenOptions = ReferenceOptions & {
  /** The default is 0, which takes a free port. */
  readonly port?: number;
  readonly host?: string;
  readonly statesPath?: string;
  /** A layer between HTTP and the server; there is no layer by default. */
  readonly wire?: Wire;
  /** A layer between the states endpoint and the states; there is no layer by default. */
  readonly states?: StatesWire;
};

/** A reference server that listens. */
export type StartedReference = AsyncDisposable & {
  readonly url: string;
  readonly statesUrl: string;
  readonly port: number;
  readonly publicKeyPem: string;
  /** The states, without the states endpoint. */
  readonly states: ProviderStates;
  /** Answers pending requests, closes idle connections, and stops listening. */
  readonly stop: () => Promise<void>;
};

/** An error when listening on a port fails. The exit code is 2 if the host is wrong, else 3. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
  readonly exitCode: 2 | 3;

  constructor(host: string, port: number, cause: unknown) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    const wrongHost = /^(ENOTFOUND|EAI_AGAIN|EADDRNOTAVAIL)$/.test(code);
    const says = code === 'EADDRINUSE' ? `port ${port} is in use` : `cannot listen on ${host}:${port} (${code})`;
    super(
      wrongHost
        ? `cannot listen on host "${host}"; choose another --host`
        : `${says}; choose another --port, or 0 for a free one`,
      { cause },
    );
    this.exitCode = wrongHost ? 2 : 3;
  }
}

const largestBody = 1024 * 1024;

/** Starts a reference server on loopback. */
export async function startReference(options: ListenOptions = {}): Promise<StartedReference> {
  const {
    port = 0,
    host = '127.0.0.1',
    statesPath = '/_states',
    wire = (handle) => handle,
    states = (setup) => setup,
  } = options;
  const reference = await createReference(options);
  const app = fastify({
    logger: false,
    bodyLimit: largestBody,
    // A stop closes idle connections after pending requests are answered.
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    exposeHeadRoutes: false,
  });
  // A GET may have a body; the server decides what that means.
  app.addHttpMethod('GET', { hasBody: true, overrideExisting: true });
  // The server gets the raw bytes for any media type.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  // The same answer for any error before a decision: without message, stack or path.
  app.setErrorHandler((error: { statusCode?: number }, _request, reply) => {
    const httpStatus = error.statusCode !== undefined && error.statusCode < 500 ? error.statusCode : 500;
    return reply.code(httpStatus).type('application/json').send(envelope(5000, false));
  });
  serveStates(app, statesPath, { ...reference.states, setup: states(reference.states.setup) });
  serveOperation(app, wire(reference.handle));

  try {
    await app.listen({ port, host });
  } catch (error) {
    await app.close();
    throw new ListenError(host, port, error);
  }
  const address = app.server.address();
  const listening = typeof address === 'object' && address !== null ? address.port : port;
  const url = listeningUrl(host, listening);
  const stop = async (): Promise<void> => {
    await app.close();
  };
  return {
    url,
    statesUrl: `${url}${statesPath}`,
    port: listening,
    publicKeyPem: reference.publicKeyPem,
    states: reference.states,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

function serveOperation(app: FastifyInstance, handle: ReturnType<Wire>): void {
  const silent = new Set<Socket>();
  // A request without an answer would block a stop forever.
  app.addHook('preClose', async () => {
    for (const socket of silent) socket.destroy();
  });
  const send = (answer: WireAnswer, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    if (answer === 'hangs' || answer === 'hangs-up') {
      if (answer === 'hangs') silent.add(request.raw.socket);
      else request.raw.socket.destroy();
      return reply.hijack();
    }
    for (const [name, value] of answer.headers) reply.header(name, value);
    const { httpStatus, body } = answer;
    return reply.code(httpStatus).send(isPlain(answer) ? Buffer.from(body).toString('latin1') : body);
  };
  app.all('/*', (request, reply) => {
    const answer = handle({
      method: request.method,
      path: request.url,
      headers: headerPairs(request.raw.rawHeaders),
      body: Buffer.isBuffer(request.body) ? request.body : new Uint8Array(),
    });
    // Nearly all answers are there at once, and a promise costs as much as three checks.
    if (answer instanceof Promise) return answer.then((later) => send(later, request, reply));
    send(answer, request, reply);
    return undefined;
  });
}

/**
 * Whether an answer may be sent as a text. node:http writes the head and a text at once, but a Buffer apart, which makes
 * half of the time of an answer. Fastify leaves a text unchanged only with this type.
 */
function isPlain({ headers, body }: ServedResponse): boolean {
  const types = headers.filter(([name]) => name.toLowerCase() === 'content-type');
  return types.length === 1 && types[0]?.[1] === 'application/json; charset=utf-8' && isAscii(body);
}

/** Serves Pact's protocol for provider states; see docs/provider-states.md. */
function serveStates(
  app: FastifyInstance,
  path: string,
  states: { readonly setup: ReturnType<StatesWire>; readonly teardown: (id: string) => void },
): void {
  app.post(path, (request, reply) => {
    const asked = readStateRequest(request.body);
    if (asked === undefined) return reply.code(400).send({ message: 'expected {state, params: {id}, action}' });
    if (asked.action === 'teardown') {
      states.teardown(asked.id);
      return reply.send({});
    }
    const fixture = isStateName(asked.state) ? states.setup(asked.state, asked.id) : undefined;
    return fixture === undefined ? reply.code(404).send({ message: 'this state is not known' }) : reply.send(fixture);
  });
}

function readStateRequest(body: unknown): { state: string; id: string; action: 'setup' | 'teardown' } | undefined {
  try {
    const value = JSON.parse(Buffer.isBuffer(body) ? body.toString('utf8') : '') as {
      state?: unknown;
      params?: { id?: unknown };
      action?: unknown;
    } | null;
    const { state, params, action } = value ?? {};
    const id = params?.id;
    if (typeof state !== 'string' || typeof id !== 'string' || (action !== 'setup' && action !== 'teardown'))
      return undefined;
    return { state, id, action };
  } catch {
    return undefined;
  }
}

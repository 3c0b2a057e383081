import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import fastify from 'fastify';
import type { Wire } from '../../http.ts';
import { headerPairs } from '../../http.ts';
import { isStateName } from '../states.ts';
import { envelope } from './envelope.ts';
import type { StatesWire } from './provider-states.ts';
import type { ReferenceOptions } from './reference.ts';
import { createReference } from './reference.ts';

/** Where a reference server listens. */
export type ListenOptions = ReferenceOptions & {
  /** 0, the default, takes a free port. */
  readonly port?: number;
  readonly host?: string;
  readonly statesPath?: string;
  /** What stands between HTTP and the server; nothing does by default. */
  readonly wire?: Wire;
  /** What stands between the states endpoint and the states; nothing does by default. */
  readonly states?: StatesWire;
};

/** A reference server that listens. */
export type StartedReference = AsyncDisposable & {
  readonly url: string;
  readonly statesUrl: string;
  readonly port: number;
  readonly publicKeyPem: string;
  /** Answers the requests under way, closes idle connections, and then listens no more. */
  readonly stop: () => Promise<void>;
};

/** A port that cannot be listened on. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
  readonly exitCode = 3;
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
    // Idle connections end at a stop, requests under way are answered first.
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    exposeHeadRoutes: false,
  });
  // A GET may carry a body, and what that means is decided like all else.
  app.addHttpMethod('GET', { hasBody: true, overrideExisting: true });
  // Bytes as they come, whatever the media type says: what they mean is decided behind the transport.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  // One answer for whatever goes wrong before a decision: no message, no stack, no path.
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
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new ListenError(`cannot listen on ${host}:${port} (${reason}); choose another --port, or 0 for a free one`, {
      cause: error,
    });
  }
  const address = app.server.address();
  const listening = typeof address === 'object' && address !== null ? address.port : port;
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${listening}`;
  const stop = async (): Promise<void> => {
    await app.close();
  };
  return {
    url,
    statesUrl: `${url}${statesPath}`,
    port: listening,
    publicKeyPem: reference.publicKeyPem,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

function serveOperation(app: FastifyInstance, handle: ReturnType<Wire>): void {
  const silent = new Set<Socket>();
  // A request that is never answered would hold up a stop for ever.
  app.addHook('preClose', async () => {
    for (const socket of silent) socket.destroy();
  });
  app.all('/*', async (request, reply) => {
    const answer = await handle({
      method: request.method,
      path: request.url,
      headers: headerPairs(request.raw.rawHeaders),
      body: Buffer.isBuffer(request.body) ? request.body : new Uint8Array(),
    });
    if (answer === 'hangs' || answer === 'hangs-up') {
      if (answer === 'hangs') silent.add(request.raw.socket);
      else request.raw.socket.destroy();
      return reply.hijack();
    }
    for (const [name, value] of answer.headers) reply.header(name, value);
    return reply.code(answer.httpStatus).send(answer.body);
  });
}

/** Pact's protocol; docs/provider-states.md has it. */
function serveStates(
  app: FastifyInstance,
  path: string,
  states: { readonly setup: ReturnType<StatesWire>; readonly teardown: (id: string) => void },
): void {
  app.post(path, (request, reply) => {
    const asked = readAsked(request.body);
    if (asked === undefined) return reply.code(400).send({ message: 'expected {state, params: {id}, action}' });
    if (asked.action === 'teardown') {
      states.teardown(asked.id);
      return reply.send({});
    }
    const fixture = isStateName(asked.state) ? states.setup(asked.state, asked.id) : undefined;
    return fixture === undefined ? reply.code(404).send({ message: 'this state is not known' }) : reply.send(fixture);
  });
}

function readAsked(body: unknown): { state: string; id: string; action: 'setup' | 'teardown' } | undefined {
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

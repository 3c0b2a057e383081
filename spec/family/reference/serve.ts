import { isAscii } from 'node:buffer';
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fastify from 'fastify';
import { headerPairs, type Served, type ServedResponse, type Wire, type WireAnswer } from '../../http.ts';
import { type Listening, type ListenPlace, listen } from '../../listen.ts';

/** Where a server with provider states listens. */
export type ServeOptions = ListenPlace & {
  readonly statesPath?: string;
  /** A layer between HTTP and the server; there is no layer by default. */
  readonly wire?: Wire | undefined;
};

/** A server with provider states that listens. */
export type Serving = Listening & Pick<Served, 'publicKeyPem'> & { readonly statesUrl: string };

const largestBody = 1024 * 1024;

/**
 * Serves a server without a transport over HTTP, with its provider states, on loopback by default.
 * @param unreadable the body of the answer to a request that HTTP cannot read.
 */
export async function serve(
  { handle, states, publicKeyPem }: Served,
  unreadable: string,
  { statesPath = '/_states', wire = (inner) => inner, ...place }: ServeOptions,
): Promise<Serving> {
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
    return reply.code(httpStatus).type('application/json').send(unreadable);
  });
  serveStates(app, statesPath, states);
  serveOperation(app, wire(handle));

  // Its end answers pending requests and closes idle connections.
  const listening = await listen(app, place);
  return { ...listening, publicKeyPem, statesUrl: `${listening.url}${statesPath}` };
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
function serveStates(app: FastifyInstance, path: string, states: Served['states']): void {
  app.post(path, (request, reply) => {
    const asked = readStateRequest(request.body);
    if (asked === undefined) return reply.code(400).send({ message: 'expected {state, params: {id}, action}' });
    if (asked.action === 'teardown') {
      states.teardown(asked.id);
      return reply.send({});
    }
    const fixture = states.setup(asked.state, asked.id);
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

import fastify, { type FastifyInstance } from 'fastify';
import { errorCode } from '../../../spec/error-code.ts';
import { headerPairs, listeningUrl } from '../../../spec/http.ts';
import { inert } from '../../inert.ts';
import { UserError } from '../../user-error.ts';
import { corsHeaders, preflightHeaders } from './cors.ts';

/** Where a mock listens: on a free port of this machine by default. */
export type ListenPlace = { readonly port?: number; readonly host?: string };

/** Creates an HTTP front that passes every body on as bytes, for any content type, and serves pages of any origin (CORS). */
export function createFront(): FastifyInstance {
  const app = fastify({ logger: false, bodyLimit: 1024 * 1024, forceCloseConnections: true, exposeHeadRoutes: false });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.addHook('onRequest', (request, reply, done) => {
    const headers = headerPairs(request.raw.rawHeaders);
    const preflight = preflightHeaders(request.method, headers);
    reply.headers(Object.fromEntries(preflight ?? corsHeaders(headers)));
    if (preflight === undefined) done();
    else reply.code(204).send();
  });
  return app;
}

/** A mock that listens. */
export type StartedMock = AsyncDisposable & { readonly url: string; readonly port: number };

/** Lets a front listen. Port 0 means any free port. @throws UserError (exit code 3) if the port cannot be used. */
export async function listen(
  app: FastifyInstance,
  { port = 0, host = '127.0.0.1' }: ListenPlace,
): Promise<StartedMock> {
  try {
    await app.listen({ port, host });
  } catch (error) {
    throw cannotListen(error, { port, host });
  }
  const address = app.server.address();
  const listening = typeof address === 'object' && address !== null ? address.port : port;
  return { url: listeningUrl(host, listening), port: listening, [Symbol.asyncDispose]: () => app.close() };
}

/** Says why a port cannot be used (exit code 3). */
export function cannotListen(error: unknown, { port, host }: Required<ListenPlace>): UserError {
  const code = errorCode(error);
  const says =
    code === 'EADDRINUSE' || code === 'EACCES'
      ? `port ${port} ${code === 'EACCES' ? 'needs more rights' : 'is in use'}; choose another --port, or 0 for a free one`
      : `cannot listen on host "${inert(host)}" (${code}); choose another --host`;
  return new UserError(says, 3, { cause: error });
}

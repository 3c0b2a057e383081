import fastify, { type FastifyInstance } from 'fastify';
import { headerPairs } from '../../../spec/http.ts';
import { corsHeaders, preflightHeaders } from './cors.ts';

/**
 * Creates an HTTP front that passes every body on as bytes, for any content type, and serves pages of any origin (CORS).
 * @param unreadable the body of an answer to a request that cannot be read.
 * @param otherStatus the HTTP status of any other error.
 */
export function createFront(unreadable: (status: number) => object, otherStatus: number): FastifyInstance {
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
  app.setErrorHandler(({ statusCode = 500 }: { statusCode?: number }, _request, reply) => {
    const status = statusCode < 500 ? statusCode : otherStatus;
    return reply.code(status).send(unreadable(status));
  });
  return app;
}

import type { FastifyInstance } from 'fastify';
import { UserError } from '../../user-error.ts';

/** A mock that listens. */
export type StartedMock = AsyncDisposable & { readonly url: string; readonly port: number };

/** Lets a front listen; a port of 0 takes a free one. @throws UserError (exit code 3) where the port cannot be had. */
export async function listen(app: FastifyInstance, host: string, port: number): Promise<StartedMock> {
  try {
    await app.listen({ port, host });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new UserError(`cannot listen on ${host}:${port} (${code}); choose another --port, or 0 for a free one`, 3, {
      cause: error,
    });
  }
  const address = app.server.address();
  const listening = typeof address === 'object' && address !== null ? address.port : port;
  return { url: `http://${host}:${listening}`, port: listening, [Symbol.asyncDispose]: () => app.close() };
}

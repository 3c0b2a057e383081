import type { FastifyInstance } from 'fastify';
import { errorCode } from './error-code.ts';
import { listeningUrl } from './http.ts';

/** Where a server listens: on a free port of this machine by default. */
export type ListenPlace = { readonly port?: number; readonly host?: string };

/** A server that listens; it closes with its block. */
export type Listening = AsyncDisposable & { readonly url: string; readonly port: number };

/** An error when listening on a port fails. The exit code is 2 if the host is wrong, else 3. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
  readonly exitCode: 2 | 3;

  constructor({ host, port }: Required<ListenPlace>, cause: unknown) {
    const code = errorCode(cause);
    const reasons: Readonly<Record<string, string>> = { EADDRINUSE: 'is in use', EACCES: 'needs more rights' };
    const reason = reasons[code];
    super(
      reason === undefined
        ? `cannot listen on host "${host}" (${code}); choose another --host`
        : `port ${port} ${reason}; choose another --port, or 0 for a free one`,
      { cause },
    );
    this.exitCode = /^(ENOTFOUND|EAI_AGAIN|EADDRNOTAVAIL)$/.test(code) ? 2 : 3;
  }
}

/** Lets a server listen, or closes it. @throws ListenError */
export async function listen(app: FastifyInstance, { port = 0, host = '127.0.0.1' }: ListenPlace): Promise<Listening> {
  try {
    await app.listen({ port, host });
  } catch (error) {
    await app.close();
    throw new ListenError({ host, port }, error);
  }
  const address = app.server.address();
  const listening = typeof address === 'object' && address !== null ? address.port : port;
  return { url: listeningUrl(host, listening), port: listening, [Symbol.asyncDispose]: () => app.close() };
}

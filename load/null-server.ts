import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that does nothing but answer success: what a client measures against it is the client itself. */
export type NullServer = AsyncDisposable & { readonly url: string };

/** Starts a null server on loopback. */
export async function startNullServer(): Promise<NullServer> {
  const body = Buffer.from('{"code":200,"msg":"","data":{"verified":1},"extMsg":null}');
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

import { type AddressInfo, createServer, type Socket } from 'node:net';

const headEnd = Buffer.from('\r\n\r\n');

/**
 * Starts a null server on loopback. It only answers success, so a client that measures it measures itself. It supports only the HTTP that a load generator needs (requests with a content-length),
 * because Node's own server would be slower than many generators.
 * @param answer the body of every answer.
 * @param onBody gets the body of every request.
 */
export async function startNullServer(
  answer: string,
  onBody?: (body: Buffer) => void,
): Promise<AsyncDisposable & { readonly url: string }> {
  const whole = Buffer.from(
    `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${answer.length}\r\n\r\n${answer}`,
  );
  const open = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => socket.destroy());
    let held: Buffer = Buffer.alloc(0);
    socket.on('data', (piece: Buffer) => {
      held = held.length === 0 ? piece : Buffer.concat([held, piece]);
      for (let body = takeBody(held); body !== undefined; body = takeBody(held)) {
        held = held.subarray(body.end);
        onBody?.(body.bytes);
        socket.write(whole);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      for (const socket of open) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** The body of the first complete request and its end, or undefined while the request is incomplete. */
function takeBody(held: Buffer): { readonly bytes: Buffer; readonly end: number } | undefined {
  const head = held.indexOf(headEnd);
  if (head === -1) return undefined;
  const length = /\r\ncontent-length: *(\d+)/i.exec(held.toString('latin1', 0, head))?.[1];
  const start = head + headEnd.length;
  const end = start + Number(length ?? 0);
  return held.length < end ? undefined : { bytes: held.subarray(start, end), end };
}

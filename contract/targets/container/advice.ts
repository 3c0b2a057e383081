import type { Listening } from './listening.ts';

/**
 * The next step for a server that was not ready in time. It depends on the ports that the server listens on or, if they are
 * unknown, on those that its image exposes.
 */
export function advice(server: {
  readonly port: number;
  readonly health: string | undefined;
  readonly listening: readonly Listening[] | undefined;
  readonly exposed: readonly number[];
}): string {
  const { port, health, listening, exposed } = server;
  const wait = 'raise "startTimeoutMs"';
  if (listening === undefined) {
    const found = exposed.length > 0 && !exposed.includes(port) ? `its image exposes ${exposed.join(', ')}: ` : '';
    return `${found}correct --image-port, or ${wait}`;
  }
  const open = listening.filter(({ loopback }) => !loopback).map((one) => one.port);
  if (open.includes(port)) return health === undefined ? wait : `correct "health", or ${wait}`;
  if (listening.some((one) => one.port === port)) {
    return `it listens on port ${port} of loopback only, which is not reachable from outside the container: let it listen on 0.0.0.0`;
  }
  return open.length > 0
    ? `it listens on port ${open.join(', ')}: correct --image-port`
    : `it listens on no port: ${wait}`;
}

import type { Listening } from './listening.ts';

/**
 * The next step for a server that was not ready in time, from what it listens on; where that is not known, from what its
 * image says.
 */
export function advice(server: {
  readonly port: number;
  readonly health: string | undefined;
  readonly listening: readonly Listening[] | undefined;
  readonly exposed: readonly number[];
}): string {
  const { port, health, listening, exposed } = server;
  const patience = 'raise "startTimeoutMs"';
  if (listening === undefined) {
    const says = exposed.length > 0 && !exposed.includes(port) ? `its image exposes ${exposed.join(', ')}: ` : '';
    return `${says}correct --image-port, or ${patience}`;
  }
  const open = listening.filter(({ loopback }) => !loopback).map((one) => one.port);
  if (open.includes(port)) return health === undefined ? patience : `correct "health", or ${patience}`;
  if (listening.some((one) => one.port === port)) {
    return `it listens on ${port} of its own loopback, where nothing outside the container reaches it: let it listen on 0.0.0.0`;
  }
  return open.length > 0
    ? `it listens on ${open.join(', ')}: correct --image-port`
    : `it listens on no port: ${patience}`;
}

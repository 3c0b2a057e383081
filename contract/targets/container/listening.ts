import type { Container, Engine } from './engine.ts';

/** A TCP port that a container listens on. With `loopback`, it is not reachable from outside. */
export type Listening = { readonly port: number; readonly loopback: boolean };

/**
 * The ports a container listens on, from the kernel's tables; undefined if they cannot be read.
 *
 * A test connection does not help: the engine's proxy accepts it even if nothing listens.
 */
export async function listeningIn(engine: Engine, container: Container): Promise<readonly Listening[] | undefined> {
  const tables = ['cat', '/proc/net/tcp', '/proc/net/tcp6'];
  // Without IPv6 the second table is missing, so the exit code is ignored.
  const { stdout } = await engine.container.exec(container, tables).catch(() => ({ stdout: '' }));
  return stdout.includes('local_address') ? parseTables(stdout) : undefined;
}

/** Rows in state 0A (LISTEN) of `/proc/net/tcp`, addresses in hex, each group of four bytes reversed (proc(5)). */
export function parseTables(tables: string): readonly Listening[] {
  const rows = [...tables.matchAll(/^\s*\d+: ([0-9A-F]{8,32}):([0-9A-F]{4}) [0-9A-F]+:0000 0A /gm)];
  const found = rows
    .filter(([, address]) => address !== dockerDns)
    .map(([, address = '', port = '']) => ({ port: Number.parseInt(port, 16), loopback: isLoopback(address) }));
  const open = new Set(found.filter(({ loopback }) => !loopback).map(({ port }) => port));
  const closed = new Set(found.map(({ port }) => port).filter((port) => !open.has(port)));
  return [
    ...[...open].map((port) => ({ port, loopback: false })),
    ...[...closed].map((port) => ({ port, loopback: true })),
  ];
}

/** 127.0.0.11, the DNS server of Docker in a user-defined network. */
const dockerDns = '0B00007F';

/** 127.0.0.0/8, also as IPv6 addresses, and ::1. */
function isLoopback(address: string): boolean {
  return address === '00000000000000000000000001000000' || /^(0{16}FFFF0000)?[0-9A-F]{6}7F$/.test(address);
}

/** The next step for a server that was not ready in time, by its open ports or, if they are unknown, those that its image exposes. */
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

import type { Docker, Engine } from './engine.ts';

/** A TCP port that something in a container listens on; `loopback` is its own, which nothing outside it reaches. */
export type Listening = { readonly port: number; readonly loopback: boolean };

/**
 * The ports a container listens on, from the kernel's tables; undefined where it cannot be asked.
 *
 * A connection from outside tells less: the engine's proxy accepts it before it knows whether anything listens.
 */
export async function listeningIn(
  engine: Engine,
  container: ReturnType<Docker['getContainer']>,
): Promise<readonly Listening[] | undefined> {
  const tables = ['cat', '/proc/net/tcp', '/proc/net/tcp6'];
  // The second table is missing where IPv6 is off, so the exit code says nothing.
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

/** 127.0.0.11, where Docker answers names inside a network of one's own. */
const dockerDns = '0B00007F';

/** 127.0.0.0/8, ::1, and the former as an IPv6 address. */
function isLoopback(address: string): boolean {
  return address === '00000000000000000000000001000000' || /^(0{16}FFFF0000)?[0-9A-F]{6}7F$/.test(address);
}

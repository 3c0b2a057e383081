import { execFile } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startProcess } from './server-process.ts';

/** A PostgreSQL for one test, removed with its data on disposal. */
export type Postgres = AsyncDisposable & {
  /** Creates a database from a file of statements; resolves to its connection URL. */
  readonly createDatabase: (name: string, schema: string) => Promise<string>;
  /** The result of a query, one line per row. */
  readonly query: (url: string, statement: string) => Promise<string>;
};

const run = promisify(execFile);

/** The folder of PostgreSQL's programs: the newest of Debian's packages, or on the PATH. */
export function findPostgres(): string | undefined {
  const version = (folder: string): number => Number(/\d+/.exec(folder)?.[0]);
  const packaged = globSync('/usr/lib/postgresql/*/bin').sort((a, b) => version(b) - version(a));
  return [...packaged, ...(process.env['PATH'] ?? '').split(':')].find((folder) =>
    ['initdb', 'postgres', 'psql'].every((program) => existsSync(join(folder, program))),
  );
}

/** Starts PostgreSQL in a new folder, on a socket that only this user and root can reach. */
export async function startPostgres(programs: string): Promise<Postgres> {
  const folder = await mkdtemp(join(tmpdir(), 'bindgate-postgres-'));
  await using owned = new AsyncDisposableStack();
  owned.defer(() => rm(folder, { recursive: true, force: true }));
  // It refuses to run as root; Debian's package creates a user for it.
  const owner = process.getuid?.() === 0 ? await idsOf('postgres') : undefined;
  if (owner !== undefined) await chown(folder, owner.uid, owner.gid);
  const data = join(folder, 'data');
  const initdb = ['--pgdata', data, '--username', 'test', '--auth', 'trust', '--encoding', 'UTF8'];
  await run(join(programs, 'initdb'), [...initdb, '--no-locale', '--no-sync'], { cwd: folder, ...owner });

  // The data does not have to survive a crash.
  const settings = ['listen_addresses=', `unix_socket_directories=${folder}`, 'fsync=off', 'max_connections=50'];
  const args = ['-D', data, ...settings.flatMap((setting) => ['-c', setting])];
  const options = { cwd: folder, killSignal: 'SIGQUIT', ...owner } as const;
  owned.use(await startProcess([join(programs, 'postgres'), ...args], /ready to accept connections/, options));

  const urlOf = (name: string): string => `postgresql:///${name}?host=${folder}&user=test`;
  const psql = async (url: string, ...more: readonly string[]): Promise<string> => {
    const flags = ['--no-psqlrc', '--quiet', '--tuples-only', '--no-align', '--set', 'ON_ERROR_STOP=1'];
    return (await run(join(programs, 'psql'), [...flags, '--dbname', url, ...more])).stdout.trim();
  };
  const kept = owned.move();
  return {
    createDatabase: async (name, schema) => {
      await psql(urlOf('postgres'), '--command', `CREATE DATABASE ${name}`);
      await psql(urlOf(name), '--file', schema);
      return urlOf(name);
    },
    query: (url, statement) => psql(url, '--command', statement),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

async function idsOf(user: string): Promise<{ readonly uid: number; readonly gid: number }> {
  const [uid, gid] = await Promise.all(['-u', '-g'].map((flag) => run('id', [flag, user])));
  return { uid: Number(uid?.stdout), gid: Number(gid?.stdout) };
}

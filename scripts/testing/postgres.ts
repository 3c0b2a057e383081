import { execFile, spawn } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A PostgreSQL of a test alone, gone with its data when it is disposed of. */
export type Postgres = AsyncDisposable & {
  /** Makes a database from a file of statements; resolves to its connection URL. */
  readonly createDatabase: (name: string, schema: string) => Promise<string>;
  /** What a query of a database answers, one line a row. */
  readonly query: (url: string, statement: string) => Promise<string>;
};

const run = promisify(execFile);

/** Where PostgreSQL's programs are: the newest of Debian's packages, or what is on the PATH. */
export function findPostgres(): string | undefined {
  const version = (folder: string): number => Number(/\d+/.exec(folder)?.[0]);
  const packaged = globSync('/usr/lib/postgresql/*/bin').sort((a, b) => version(b) - version(a));
  return [...packaged, ...(process.env['PATH'] ?? '').split(':')].find((folder) =>
    ['initdb', 'postgres', 'psql'].every((program) => existsSync(join(folder, program))),
  );
}

/** Starts PostgreSQL in a folder of its own, on a socket that only this user and root reach. */
export async function startPostgres(programs: string): Promise<Postgres> {
  const folder = await mkdtemp(join(tmpdir(), 'bindgate-postgres-'));
  await using owned = new AsyncDisposableStack();
  owned.defer(() => rm(folder, { recursive: true, force: true }));
  // It refuses to run as root; Debian's package brings a user for it.
  const owner = process.getuid?.() === 0 ? await idsOf('postgres') : undefined;
  if (owner !== undefined) await chown(folder, owner.uid, owner.gid);
  const data = join(folder, 'data');
  const initdb = ['--pgdata', data, '--username', 'test', '--auth', 'trust', '--encoding', 'UTF8'];
  await run(join(programs, 'initdb'), [...initdb, '--no-locale', '--no-sync'], { cwd: folder, ...owner });

  // Nothing of it has to survive a crash.
  const settings = ['listen_addresses=', `unix_socket_directories=${folder}`, 'fsync=off', 'max_connections=50'];
  const args = ['-D', data, ...settings.flatMap((setting) => ['-c', setting])];
  const child = spawn(join(programs, 'postgres'), args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], ...owner });
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const stop = (): boolean => child.kill('SIGQUIT');
  process.once('exit', stop);
  owned.defer(async () => {
    process.off('exit', stop);
    stop();
    await ended;
  });
  let log = '';
  await new Promise<void>((resolve, reject) => {
    const read = (piece: Buffer): void => {
      log += piece.toString();
      if (log.includes('ready to accept connections')) resolve();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('error', reject);
    void ended.then(() => reject(new Error(`PostgreSQL ended: ${log}`)));
  });

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

/**
 * The servers of docs/examples with a real PostgreSQL, and one as an image with it in a container. If something is missing,
 * these tests are skipped; in CI they fail, so that they are never missed there.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { buildExampleImages } from './testing/example-images.ts';
import { exampleKeys, exampleServers, findNotPassed } from './testing/example-servers.ts';
import { testFolder } from './testing/folder.ts';
import { dockerAnswers } from './testing/images.ts';
import { findPostgres, type Postgres, startPostgres } from './testing/postgres.ts';
import { runBindgate } from './testing/run-bindgate.ts';
import { type Command, startServerProcess } from './testing/server-process.ts';
import { expectEveryState } from './testing/states-handler.ts';

type ExampleConfig = { readonly image: { readonly sidecars: { image: string }[] } };

const inCi = process.env['CI'] !== undefined;
const hasDocker = await dockerAnswers();
const programs = findPostgres();
/** The first run downloads and compiles. */
const firstRunMs = 600_000;

test('uses one database schema for all examples', async () => {
  const schemas = exampleServers.map(({ folder }) => readFile(join(folder, 'schema.sql'), 'utf8'));
  expect(new Set(await Promise.all(schemas)).size).toBe(1);
});

describe.each(exampleServers)('the example in $name', ({ name, folder, missing: lacks, build }) => {
  const missing = lacks ?? (programs === undefined ? 'no PostgreSQL' : undefined);

  describe.skipIf(missing !== undefined && !inCi)(missing ?? 'on PostgreSQL', () => {
    const out = testFolder();
    let command: Command;
    let postgres: Postgres;
    let database: string;

    beforeAll(async () => {
      if (missing !== undefined || programs === undefined) throw new Error(`${missing} on this machine`);
      [command, postgres] = await Promise.all([build(), startPostgres(programs)]);
      database = await postgres.createDatabase(name.toLowerCase(), join(folder, 'schema.sql'));
    }, firstRunMs);

    afterAll(() => postgres?.[Symbol.asyncDispose]());

    const start = (env: object): ReturnType<typeof startServerProcess> =>
      startServerProcess(command, { cwd: folder, env: { DATABASE_URL: database, PORT: '0', ...env } });

    test('sets up every state, and passes the gate with 24 of 24 codes and no warning', {
      timeout: 90_000,
    }, async () => {
      await using server = await start(exampleKeys);
      await expectEveryState(`${server.url}/_states`);
      expect(await rows()).toBe('');
      const args = `gate --url ${server.url} --states ${server.url}/_states --skip spec mock load --out ${out}`;
      const { exitCode, out: said, err } = await runBindgate(folder, args, exampleKeys);
      // A machine that is busy is told about the progress every 30 seconds.
      expect(err.replace(/^contract \d+\/\d+, .*\n/gm, '')).toBe('');
      expect(said).toContain('codes  24 of 24 covered');
      expect(said).toContain('gate passed');
      expect(exitCode).toBe(0);
      expect(findNotPassed(out)).toEqual([]);
      // Bindings are removed together with their state.
      expect(await rows()).toBe('');
    });

    test('offers no states without the key that signs tokens', async () => {
      await using server = await start({ TOKEN_PUBLIC_KEY: exampleKeys.TOKEN_PUBLIC_KEY });
      expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
      const { status } = await fetch(`${server.url}/_states`, { method: 'POST', body: '{}' });
      expect(status).toBe(404);
    });

    test('asks for the password of its states', async () => {
      await using server = await start({ ...exampleKeys, STATES_TOKEN: 'only-for-tests' });
      const ask = async (headers: Record<string, string>): Promise<number> => {
        const body = JSON.stringify({ state: 'unknown', params: { id: '1' }, action: 'setup' });
        const init = { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } };
        return (await fetch(`${server.url}/_states`, init)).status;
      };
      expect(await ask({})).toBe(401);
      expect(await ask({ authorization: 'Bearer wrong' })).toBe(401);
      expect(await ask({ authorization: 'Bearer only-for-tests' })).toBe(404);
    });

    // The base of the Python image is too large to be made here.
    if (name === 'Go') {
      test.skipIf(!hasDocker && !inCi)(
        'passes as an image, with the database in a second container',
        { timeout: firstRunMs },
        async () => {
          await using images = await buildExampleImages(folder, programs ?? '');
          const config = parse(await readFile(join(folder, 'bindgate.config.yaml'), 'utf8')) as ExampleConfig;
          for (const sidecar of config.image.sidecars) sidecar.image = images.database;
          const place = testFolder({ 'bindgate.config.json': JSON.stringify(config) });
          const file = join(place, 'bindgate.config.json');
          const args = `verify --image ${images.server} --config ${file} --require-coverage --out ${place}`;
          const { exitCode, out: said, err } = await runBindgate(folder, args, exampleKeys);
          expect(err).toBe('');
          expect(said).toContain('codes  24 of 24 covered');
          expect(findNotPassed(place)).toEqual([]);
          expect(exitCode).toBe(0);
        },
      );
    }

    /** The tables that are not empty. */
    async function rows(): Promise<string> {
      const names = await postgres.query(database, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'");
      const counts = names.split('\n').map((table) => `SELECT '${table}' FROM ${table}`);
      return postgres.query(database, counts.join(' UNION '));
    }
  });
});

/**
 * The servers of docs/examples on a real PostgreSQL. Where something that they need is missing these tests are skipped, in
 * CI they fail: a skip there would prove nothing.
 */
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Results } from '../contract/results.ts';
import { buildExampleImages } from './testing/example-images.ts';
import { exampleServers } from './testing/example-servers.ts';
import { dockerAnswers } from './testing/images.ts';
import type { Postgres } from './testing/postgres.ts';
import { findPostgres, startPostgres } from './testing/postgres.ts';
import { runBindgate } from './testing/run-bindgate.ts';
import type { Command } from './testing/server-process.ts';
import { startServerProcess } from './testing/server-process.ts';
import { expectEveryState } from './testing/states-handler.ts';

type ExampleConfig = { readonly image: { readonly sidecars: { image: string }[] } };

const inCi = process.env['CI'] !== undefined;
const hasDocker = await dockerAnswers();
const programs = findPostgres();
const { publicKey, privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const keys = { TOKEN_PUBLIC_KEY: publicKey, STATES_TOKEN_KEY: privateKey };
/** The first run downloads and compiles. */
const firstRunMs = 600_000;

/** Cases that did not pass. On a busy machine a timing case may say that it could not tell. */
async function notPassed(folder: string): Promise<readonly string[]> {
  const { cases } = JSON.parse(await readFile(join(folder, 'results.json'), 'utf8')) as Results;
  return cases
    .filter(({ id, outcome }) => outcome !== 'passed' && !(outcome === 'skipped' && id.startsWith('timing/')))
    .map(({ id, outcome, reason }) => `${id} ${outcome}: ${reason}`);
}

test('the examples have one schema', async () => {
  const schemas = exampleServers.map(({ folder }) => readFile(join(folder, 'schema.sql'), 'utf8'));
  expect(new Set(await Promise.all(schemas)).size).toBe(1);
});

describe.each(exampleServers)('the example in $name', ({ name, folder, missing: lacks, build }) => {
  const missing = lacks ?? (programs === undefined ? 'no PostgreSQL' : undefined);

  describe.skipIf(missing !== undefined && !inCi)(missing ?? 'on PostgreSQL', () => {
    let out: string;
    let command: Command;
    let postgres: Postgres;
    let database: string;

    beforeAll(async () => {
      if (missing !== undefined || programs === undefined) throw new Error(`${missing} on this machine`);
      out = await mkdtemp(join(tmpdir(), 'bindgate-example-'));
      [command, postgres] = await Promise.all([build(), startPostgres(programs)]);
      database = await postgres.createDatabase(name.toLowerCase(), join(folder, 'schema.sql'));
    }, firstRunMs);

    afterAll(async () => {
      await postgres?.[Symbol.asyncDispose]();
      if (out !== undefined) await rm(out, { recursive: true });
    });

    const start = (env: object): ReturnType<typeof startServerProcess> =>
      startServerProcess(command, { cwd: folder, env: { DATABASE_URL: database, PORT: '0', ...env } });

    test('sets up and clears away every state', async () => {
      await using server = await start(keys);
      await expectEveryState(`${server.url}/_states`);
      expect(await rows()).toBe('');
    });

    test('passes its gate: 24 of 24 codes, no warning, nothing skipped', { timeout: 90_000 }, async () => {
      await using server = await start(keys);
      const target = ['--url', server.url, '--states', `${server.url}/_states`];
      const {
        exitCode,
        out: said,
        err,
      } = await runBindgate(folder, ['gate', ...target, '--skip', 'load', '--out', out], keys);
      expect(err).toBe('');
      expect(said).toContain('codes  24 of 24 covered');
      expect(said).toContain('gate passed');
      expect(exitCode).toBe(0);
      expect(await notPassed(out)).toEqual([]);
      // Whatever was bound is gone with its state.
      expect(await rows()).toBe('');
    });

    test('has no states without the key that signs their tokens', async () => {
      await using server = await start({ TOKEN_PUBLIC_KEY: publicKey });
      expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
      const { status } = await fetch(`${server.url}/_states`, { method: 'POST', body: '{}' });
      expect(status).toBe(404);
    });

    /** The tables that hold something. */
    async function rows(): Promise<string> {
      const names = await postgres.query(database, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'");
      const counts = names.split('\n').map((table) => `SELECT '${table}' FROM ${table}`);
      return postgres.query(database, counts.join(' UNION '));
    }
  });
});

// The base of the Python image is too large to be made here.
describe.each(exampleServers.filter(({ name }) => name === 'Go'))(
  'the image of $name',
  ({ folder, missing: lacks }) => {
    const missing =
      lacks ??
      (programs === undefined ? 'no PostgreSQL' : undefined) ??
      (hasDocker ? undefined : 'no Docker engine answers');

    test.skipIf(missing !== undefined && !inCi)(
      `passes with the database in a container beside it${missing === undefined ? '' : ` (${missing})`}`,
      { timeout: firstRunMs },
      async () => {
        const out = await mkdtemp(join(tmpdir(), 'bindgate-example-'));
        await using owned = new AsyncDisposableStack();
        owned.defer(() => rm(out, { recursive: true }));
        if (missing !== undefined || programs === undefined) throw new Error(`${missing} on this machine`);
        const images = owned.use(await buildExampleImages(folder, programs));
        const config = parse(await readFile(join(folder, 'bindgate.config.yaml'), 'utf8')) as ExampleConfig;
        for (const sidecar of config.image.sidecars) sidecar.image = images.database;
        const file = join(out, 'bindgate.config.json');
        await writeFile(file, JSON.stringify(config));
        const args = ['verify', '--image', images.server, '--config', file, '--require-coverage', '--out', out];
        const { exitCode, out: said, err } = await runBindgate(folder, args, keys);
        expect(err).toBe('');
        expect(said).toContain('codes  24 of 24 covered');
        expect(await notPassed(out)).toEqual([]);
        expect(exitCode).toBe(0);
      },
    );
  },
);

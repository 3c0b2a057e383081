/** The image of an example server, with PostgreSQL in a container next to it. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { buildExampleImages } from './testing/example-images.ts';
import { exampleKeys, exampleServers, findNotPassed } from './testing/example-servers.ts';
import { testFolder } from './testing/folder.ts';
import { dockerAnswers } from './testing/images.ts';
import { findPostgres } from './testing/postgres.ts';
import { runBindgate } from './testing/run-bindgate.ts';

type ExampleConfig = { readonly image: { readonly sidecars: { image: string }[] } };

const inCi = process.env['CI'] !== undefined;
const hasDocker = await dockerAnswers();
const programs = findPostgres();
/** The first run downloads and compiles. */
const firstRunMs = 600_000;

// The base of the Python image is too large to be made here.
describe.each(exampleServers.filter(({ name }) => name === 'Go'))(
  'the image of $name',
  ({ folder, missing: lacks }) => {
    const missing =
      lacks ??
      (programs === undefined ? 'no PostgreSQL' : undefined) ??
      (hasDocker ? undefined : 'no Docker engine answers');

    test.skipIf(missing !== undefined && !inCi)(
      `passes with the database in a second container${missing === undefined ? '' : ` (${missing})`}`,
      { timeout: firstRunMs },
      async () => {
        if (missing !== undefined || programs === undefined) throw new Error(`${missing} on this machine`);
        await using images = await buildExampleImages(folder, programs);
        const config = parse(await readFile(join(folder, 'bindgate.config.yaml'), 'utf8')) as ExampleConfig;
        for (const sidecar of config.image.sidecars) sidecar.image = images.database;
        const out = testFolder({ 'bindgate.config.json': JSON.stringify(config) });
        const file = join(out, 'bindgate.config.json');
        const args = `verify --image ${images.server} --config ${file} --require-coverage --out ${out}`;
        const { exitCode, out: said, err } = await runBindgate(folder, args, exampleKeys);
        expect(err).toBe('');
        expect(said).toContain('codes  24 of 24 covered');
        expect(findNotPassed(out)).toEqual([]);
        expect(exitCode).toBe(0);
      },
    );
  },
);

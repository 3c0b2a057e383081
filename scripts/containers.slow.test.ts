/** Servers in real containers. Without a Docker engine these tests are skipped; in CI they fail, so that they are never missed there. */

import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runLabel } from '../contract/targets/container/network.ts';
import { goodFixture, tcpServer } from '../contract/testing/servers.ts';
import type { LoadResults } from '../load/results.ts';
import { findK6, k6Places, k6Version } from '../load/run/k6-binary.ts';
import { definedOnly } from '../spec/defined-only.ts';
import type { Config } from './config/config.ts';
import { resultsIn, testFolder } from './testing/folder.ts';
import { buildImages, docker, dockerAnswers, type TestImages } from './testing/images.ts';
import { type Ended, runBindgate } from './testing/run-bindgate.ts';

const inCi = process.env['CI'] !== undefined;
const hasDocker = await dockerAnswers();
const k6 = await findK6(k6Places(() => undefined)).catch(() => undefined);

test('names in the Dockerfile the k6 version that bindgate installs', async () => {
  const dockerfile = await readFile(new URL('../Dockerfile', import.meta.url), 'utf8');
  expect(dockerfile).toContain(`ARG K6_VERSION=${k6Version}\n`);
});

describe.skipIf(!hasDocker && !inCi)(hasDocker ? 'in containers' : 'in containers (no Docker engine answers)', () => {
  let images: TestImages;
  let folder: string;
  let count = 0;

  beforeAll(async () => {
    folder = testFolder();
    images = await buildImages(k6?.file);
  }, 180_000);

  afterAll(async () => {
    await images?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
    // A busy engine needs more than the ten seconds of a hook to remove images.
  }, 120_000);

  /** Runs the command line. Sends SIGINT when `interrupt`, which gets the output folder, resolves. */
  async function bindgate(
    args: string,
    more: { image?: Config['image']; config?: Config; interrupt?: (folder: string) => Promise<unknown> } = {},
  ): Promise<Ended & { readonly seconds: number; readonly folder: string }> {
    count += 1;
    const own = join(folder, String(count));
    await writeFile(`${own}.json`, JSON.stringify({ ...definedOnly({ image: more.image }), ...more.config }));
    let since = performance.now();
    const interrupt = more.interrupt?.(own).then(() => {
      since = performance.now();
    });
    const flags = `${args} --config ${own}.json --out ${own}`;
    const ended = await runBindgate(folder, flags, { APP_SECRET: 'hunter2hunter2' }, definedOnly({ interrupt }));
    return { ...ended, seconds: (performance.now() - since) / 1000, folder: own };
  }

  /** All containers and networks with the label of a run. */
  async function leftovers(): Promise<string> {
    const filter = ['--quiet', '--filter', `label=${runLabel}`];
    const [containers, networks] = await Promise.all([
      docker('ps', '--all', ...filter),
      docker('network', 'ls', ...filter),
    ]);
    return containers + networks;
  }

  /** Another test may run containers at the same time, which end soon. No one would remove those of a run that has ended. */
  async function expectNothingLeft(): Promise<void> {
    await expect.poll(leftovers, { timeout: 60_000, interval: 500 }).toBe('');
  }

  test('covers 24 of 24 codes of the reference image', async () => {
    const { exitCode, out, err, folder: own } = await bindgate(`verify --image ${images.reference}`);
    expect(err).toBe('');
    expect(out).toContain('codes  24 of 24 covered');
    expect(exitCode).toBe(0);
    const { target, codes } = resultsIn(own);
    expect(target).toEqual({ kind: 'container', url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) });
    expect(codes.filter(({ status }) => status === 'covered')).toHaveLength(24);
    await expectNothingLeft();
  }, 120_000);

  test('uses an image of the configuration in the gate', async () => {
    const { exitCode, out } = await bindgate('gate --skip spec mock load --only dk/', { image: images.reference });
    expect(out).toMatch(/exit 1\s+contract .* 0 failed, 0 errors/);
    expect(out).toContain('--only runs a part of the cases, so the coverage is incomplete: 3 of 24 codes');
    expect(exitCode).toBe(1);
  }, 120_000);

  test('starts a server with sidecars, files and aliases', async () => {
    // The server is a proxy that was copied in; it forwards everything to the reference in a sidecar.
    const source = join(folder, 'proxy.mjs');
    await writeFile(
      source,
      `import { createServer, request } from 'node:http';
      createServer((from, to) => {
        const { method, url: path, headers } = from;
        const on = request({ host: process.env.CLOUD, port: 8080, method, path, headers }, (answer) => {
          to.writeHead(answer.statusCode, answer.headers);
          answer.pipe(to);
        });
        from.pipe(on);
      }).listen(7000, () => console.log('proxy is up'));`,
    );
    const { exitCode, out, err } = await bindgate(`verify --image ${images.base} --image-port 7000 --only dk/`, {
      image: {
        name: 'replaced-by-the-flag',
        command: ['node', '/opt/proxy.mjs'],
        environment: { CLOUD: 'other-name' },
        files: [{ source, target: '/opt/proxy.mjs' }],
        log: 'proxy is up',
        sidecars: [
          { name: 'cloud', image: images.reference, port: 8080, aliases: ['other-name'] },
          { name: 'migration', image: images.base, command: ['node', '-e', '0'] },
        ],
      },
    });
    expect(err).toBe('');
    expect(out).toContain('contract passed');
    expect(exitCode).toBe(0);
    await expectNothingLeft();
  }, 120_000);

  describe.concurrent('ends with exit 3 for an unusable container', () => {
    const node = (script: string): readonly string[] => ['node', '-e', script];
    const listening = (port: number, host: string): readonly string[] =>
      node(`require('node:http').createServer((_, to) => to.writeHead(503).end()).listen(${port}, '${host}')`);
    type Make = () => Exclude<Config['image'], string | undefined>;

    test.each<[string, Make, RegExp]>([
      [
        'it ends at once, with a log',
        () => ({
          name: images.base,
          environment: { SECRET: '${APP_SECRET}' },
          command: node(
            'for (let i = 0; i < 50; i += 1) console.log("line " + i); console.log("\\x1b]0;x\\x07" + process.env.SECRET); process.exit(7)',
          ),
        }),
        /^bindgate: the container of \S+ ended with exit code 7 before it was ready; fix the problem in its log\n {2}\| line 31\n(.*\n){18} {2}\| «SECRET»\n$/,
      ],
      [
        'it ends at once, without a log',
        () => ({ name: images.base, command: node('process.exit(1)') }),
        /ended with exit code 1 .*; its log is empty: correct "command" or "environment"\n$/,
      ],
      [
        'its command does not exist',
        () => ({ name: images.base, command: ['serve'] }),
        /cannot start \(exec: "serve": executable file not found in \$PATH.*\); correct "command"\n$/,
      ],
      [
        'it listens on another port',
        () => ({ name: images.base, command: listening(9090, '0.0.0.0'), startTimeoutMs: 3_000 }),
        /not ready within 3 s: GET \/ on port 8080 got no answer; it listens on port 9090: correct --image-port\n$/,
      ],
      [
        'it listens on its own loopback',
        () => ({ name: images.base, command: listening(8080, '127.0.0.1'), startTimeoutMs: 3_000 }),
        /it listens on port 8080 of loopback only, .*: let it listen on 0\.0\.0\.0\n$/,
      ],
      [
        'it never becomes healthy',
        () => ({ name: images.base, command: listening(8080, '0.0.0.0'), health: '/health', startTimeoutMs: 3_000 }),
        /GET \/health on port 8080 answered HTTP 503; correct "health", or raise "startTimeoutMs"\n$/,
      ],
      [
        'the line in its log is missing',
        () => ({
          name: images.base,
          command: node('console.log("starting"); setInterval(() => 0, 1e6)'),
          log: 'Started Application',
          startTimeoutMs: 3_000,
        }),
        /its log has no line with "Started Application"; correct "log", or raise "startTimeoutMs"\n {2}\| starting\n$/,
      ],
      [
        'a sidecar never listens',
        () => ({
          name: images.reference,
          sidecars: [
            { name: 'db', image: images.base, command: listening(1, '0.0.0.0'), port: 5432, startTimeoutMs: 3_000 },
          ],
        }),
        /the sidecar db \(\S+\) was not ready within 3 s: nothing listens on port 5432; correct its "port"/,
      ],
      [
        'a sidecar ended, and the server with it',
        () => ({
          name: images.base,
          command: node('setTimeout(() => process.exit(1), 500)'),
          sidecars: [{ name: 'db', image: images.base, command: node('console.log("no disk"); process.exit(9)') }],
        }),
        / {2}\| the sidecar db \(\S+\) ended with exit code 9\n {2}\| no disk\n$/,
      ],
      [
        'its image does not exist',
        () => ({ name: '127.0.0.1:9/app:1' }),
        /the image "127\.0\.0\.1:9\/app:1" is not on this machine, and its registry is not reachable \(.*connection refused\)/,
      ],
    ])(
      '%s',
      async (_, image, message) => {
        const { exitCode, out, err } = await bindgate('verify', { image: image() });
        expect(err).toMatch(message);
        expect(out + err).not.toMatch(/hunter2|^\s+at /m);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not come through
        expect(out + err).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
        expect(exitCode).toBe(3);
      },
      60_000,
    );

    test('refuses an invalid image name as wrong usage', async () => {
      const { exitCode, err } = await bindgate('verify --image App');
      expect(err).toMatch(/"App" is not a valid image name \(.*must be lowercase\); correct --image\n$/);
      expect(exitCode).toBe(2);
    }, 120_000);
  });

  test('removes everything after a failed start', async () => {
    await expectNothingLeft();
  });

  test('shows the log of a server that ends during the run', async () => {
    const script = `require('node:http').createServer((from, to) => {
      if (from.method === 'GET') return to.end();
      console.log('out of devices');
      process.exit(7);
    }).listen(8080)`;
    const fixtures = { 'a device ready to bind': [1, 2, 3].map(goodFixture) };
    const { exitCode, err } = await bindgate('verify --only dk/', {
      image: { name: images.base, command: ['node', '-e', script] },
      config: { fixtures },
    });
    expect(err).toMatch(/the container of \S+ ended with exit code 7 during the run\n {2}\| out of devices\n/);
    expect(exitCode).toBe(3);
  }, 120_000);

  describe('ends at Ctrl-C within seconds with 130 and removes everything', () => {
    /** Resolves when a container runs with a text in its command. */
    async function running(text: string): Promise<void> {
      const listing = ['ps', '--no-trunc', '--filter', `label=${runLabel}`, '--format', '{{.Command}}'];
      while (!(await docker(...listing)).includes(text)) await pause(50);
    }

    test.each<[string, () => Config['image'], string]>([
      [
        'while a sidecar is not ready',
        () => ({
          name: images.reference,
          sidecars: [
            { name: 'db', image: images.base, command: ['node', '-e', "setInterval(() => 'db', 1e6)"], port: 5432 },
          ],
        }),
        "'db'",
      ],
      [
        'while the server is not ready',
        () => ({ name: images.base, command: ['node', '-e', "setInterval(() => 'server', 1e6)"] }),
        "'server'",
      ],
    ])(
      '%s',
      async (_, image, text) => {
        const { exitCode, err, seconds } = await bindgate('verify', {
          image: image(),
          interrupt: () => running(text),
        });
        expect(err).toBe('bindgate: interrupted while the container was starting\n');
        expect(exitCode).toBe(130);
        expect(seconds).toBeLessThan(8);
        await expectNothingLeft();
      },
      60_000,
    );

    test('while an image is pulled', async () => {
      const asked = Promise.withResolvers<void>();
      await using registry = await tcpServer((socket) => socket.on('data', () => asked.resolve()));
      const image = `127.0.0.1:${registry.port}/app:1`;
      const { exitCode, err, seconds } = await bindgate('verify', { image, interrupt: () => asked.promise });
      expect(err).toContain('interrupted while the container was starting');
      expect(exitCode).toBe(130);
      expect(seconds).toBeLessThan(8);
    }, 120_000);

    test('during the run, with partial results', async () => {
      const ended = await bindgate(`verify --image ${images.reference} --runs 20000`, {
        interrupt: async (out) => {
          // This folder is created when the server is ready.
          while (!existsSync(out)) await pause(50);
          await pause(500);
        },
      });
      expect(ended.exitCode).toBe(130);
      expect(ended.seconds).toBeLessThan(8);
      expect(resultsIn(ended.folder).interrupted).toBe(true);
      await expectNothingLeft();
    }, 120_000);
  });

  describe.skipIf(k6 === undefined && !inCi)('with k6', () => {
    test('runs load smoke against a server in a container', async () => {
      const args = `load smoke --image ${images.reference} --rate 20 --duration 1`;
      const { exitCode, out, folder: own } = await bindgate(args);
      expect(out).toContain('load passed');
      expect(exitCode).toBe(0);
      expect(JSON.parse(await readFile(join(own, 'load.json'), 'utf8')) as LoadResults).toMatchObject({
        valid: true,
        target: { kind: 'container' },
      });
      await expectNothingLeft();
    }, 120_000);

    test('contains k6 in the image of bindgate', async () => {
      const run = ['run', '--rm', '--network', 'none', '--workdir', '/tmp', images.bindgate ?? ''];
      const out = await docker(...run, 'load', 'smoke', '--reference', '--rate', '20', '--duration', '1');
      expect(out).toContain('load passed');
    }, 120_000);
  });
});

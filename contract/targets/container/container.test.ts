import { Readable } from 'node:stream';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createMask } from '../../mask.ts';
import { type Docker, type Engine, findEngine, pullImage } from './engine.ts';
import { advice, parseTables } from './listening.ts';
import { removeRun } from './network.ts';
import { environmentSecrets } from './options.ts';
import { decodeFrames, readableLines } from './part.ts';
import { logLine } from './start.ts';

const never = new AbortController().signal;

test('reports a missing engine with the next step', async () => {
  const finding = findEngine(never, async () => {
    throw new Error('Could not find a working container runtime strategy');
  });
  await expect(finding).rejects.toMatchObject({
    exitCode: 3,
    message: expect.stringMatching(/^no Docker engine answers.*; start one/),
  });
});

describe('names what DOCKER_HOST lacks', () => {
  afterEach(() => vi.unstubAllEnvs());
  test.each([
    [
      '/var/run/docker.sock',
      /^DOCKER_HOST "\/var\/run\/docker\.sock" has no scheme: write unix:\/\/\/var\/run\/docker\.sock$/,
    ],
    ['unix:/var/run/docker.sock', /has no scheme: write unix:\/\/\/var\/run\/docker\.sock$/],
    ['127.0.0.1:2375', /^DOCKER_HOST "127\.0\.0\.1:2375" has no scheme: write tcp:\/\/127\.0\.0\.1:2375$/],
    ['docker.sock', /has no scheme: write unix:\/\/ and a path, or tcp:\/\//],
    ['unix:///nothing', /^no Docker engine answers at DOCKER_HOST=unix:\/\/\/nothing or/],
  ])('%s', async (host, message) => {
    vi.stubEnv('DOCKER_HOST', host);
    const finding = findEngine(never, async () => {
      throw new Error('Invalid URL');
    });
    await expect(finding).rejects.toMatchObject({ exitCode: 3, message: expect.stringMatching(message) });
  });
});

test('stops waiting for an engine after an interruption', async () => {
  const interrupted = new AbortController();
  const finding = findEngine(interrupted.signal, () => new Promise(() => undefined));
  interrupted.abort(new Error('interrupted'));
  await expect(finding).rejects.toThrow('interrupted');
});

describe('explains an image that cannot be pulled', () => {
  test.each([
    [
      '(HTTP code 500) server error - Get "https://r/v2/": dial tcp: lookup r: no such host',
      3,
      /its registry is not reachable/,
    ],
    [
      '(HTTP code 404) unexpected - pull access denied for app, repository does not exist',
      3,
      /\(pull access denied .*docker login/,
    ],
    ['(HTTP code 404) unexpected - manifest for app:9 not found: manifest unknown', 3, /refuses it \(manifest for/],
    ['(HTTP code 400) unexpected - invalid reference format', 2, /^"app" is not a valid image name/],
  ])('%s', async (reply, exitCode, message) => {
    const pull = async (): Promise<never> => {
      throw new Error(reply);
    };
    const image = { exists: async () => false, pull } as unknown as Engine['image'];
    const bringing = pullImage({ image }, 'app', never, () => undefined);
    await expect(bringing).rejects.toMatchObject({ exitCode, message: expect.stringMatching(message) });
  });

  test('if testcontainers hides the refusal', async () => {
    const inspect = async (): Promise<never> => {
      throw new Error('(HTTP code 404) no such image - No such image: app:latest');
    };
    const image = { exists: async () => false, pull: async () => undefined, inspect } as unknown as Engine['image'];
    await expect(pullImage({ image }, 'app', never, () => undefined)).rejects.toThrow(/No such image: app:latest/);
  });
});

test('reads listening ports from the tables of the kernel', () => {
  const tables = `  sl  local_address rem_address   st tx_queue rx_queue
   0: 00000000:1F90 00000000:0000 0A 00000000:00000000 00:00000000
   1: 0100007F:1F91 00000000:0000 0A 00000000:00000000 00:00000000
   2: 0B00007F:A3C1 00000000:0000 0A 00000000:00000000 00:00000000
   3: 0100007F:1F90 0100007F:D431 01 00000000:00000000 00:00000000
  sl  local_address                         remote_address                        st
   0: 00000000000000000000000001000000:1F90 00000000000000000000000000000000:0000 0A 00000000
   1: 00000000000000000000000000000000:1538 00000000000000000000000000000000:0000 0A 00000000
   2: 0000000000000000FFFF00000100007F:1F92 00000000000000000000000000000000:0000 0A 00000000
`;
  expect(parseTables(tables)).toEqual([
    { port: 8080, loopback: false },
    { port: 5432, loopback: false },
    { port: 8081, loopback: true },
    { port: 8082, loopback: true },
  ]);
});

test.each([
  ['another port', [{ port: 9090, loopback: false }], [], 'it listens on port 9090: correct --image-port'],
  ['loopback only', [{ port: 8080, loopback: true }], [], 'let it listen on 0.0.0.0'],
  ['no port', [], [], 'it listens on no port: raise "startTimeoutMs"'],
  ['the right port, unhealthy', [{ port: 8080, loopback: false }], [], 'correct "health", or raise "startTimeoutMs"'],
  ['unknown ports', undefined, [9090], 'its image exposes 9090: correct --image-port'],
  ['unknown ports of an unknown image', undefined, [], 'correct --image-port, or raise "startTimeoutMs"'],
])('advises for a server that listens on %s', (_, listening, exposed, next) => {
  expect(advice({ port: 8080, health: '/health', listening, exposed })).toContain(next);
});

test('shows the last lines of a log, inert and masked', () => {
  const mask = createMask(
    environmentSecrets({
      name: 'app',
      environment: { PASSWORD: 'hunter2hunter2', PORT: 8080, KEY: 'first line of a key\nsecond line of a key' },
      sidecars: [{ name: 'db', image: 'db', environment: { DB_PASSWORD: 'tiger3tiger3' } }],
    }),
  );
  const old = Array.from({ length: 50 }, (_, index) => `line ${index}`).join('\n');
  const lines = readableLines(
    mask(
      `${old}\n\u001b[31mred\u001b[0m hunter2hunter2 tiger3tiger3 on 8080\n\n\tat\u0007 x\r\n::error::y second line of a key\n`,
    ),
  );
  expect(lines).toHaveLength(20);
  expect(lines.slice(-3)).toEqual(['red «PASSWORD» «DB_PASSWORD» on 8080', '  at\\x07 x', '::error::y «KEY»']);
});

test('decodes the frames of a log, also a cut one', () => {
  const frame = (stream: number, text: string): Buffer => {
    const head = Buffer.alloc(8);
    head[0] = stream;
    head.writeUInt32BE(text.length, 4);
    return Buffer.concat([head, Buffer.from(text)]);
  };
  const whole = Buffer.concat([frame(1, 'out\n'), frame(2, 'err\n'), frame(1, 'more\n')]);
  expect(decodeFrames(whole)).toBe('out\nerr\nmore\n');
  expect(decodeFrames(whole.subarray(0, -3))).toBe('out\nerr\nmo');
  expect(decodeFrames(Buffer.from('short'))).toBe('');
});

test('finds a log line that arrives in pieces', async () => {
  const { listen, findMissing } = logLine('server started');
  const log = new Readable({ read: () => undefined, encoding: 'utf8' });
  listen(log);
  const saw = async (piece: string): Promise<string | undefined> => {
    log.push(piece);
    await new Promise(setImmediate);
    return findMissing();
  };
  expect(await saw('starting\nserver\n')).toBe('its log has no line with "server started"');
  expect(await saw('the server sta')).toBeDefined();
  expect(await saw('rted in 3 s\n')).toBeUndefined();
});

describe('removal by label', () => {
  /** An engine that removes its container at the given attempt, and its network after that. */
  function engine(attempts: number): Docker {
    let containers = [{ Id: 'c' }];
    let networks = [{ Id: 'n' }];
    let asked = 0;
    return {
      listContainers: async () => containers,
      listNetworks: async () => networks,
      getContainer: () => ({
        remove: async () => {
          asked += 1;
          if (asked < attempts) throw new Error('(HTTP code 409) conflict - removal is already in progress');
          containers = [];
        },
      }),
      getNetwork: () => ({
        remove: async () => {
          if (containers.length > 0) throw new Error('(HTTP code 403) has active endpoints');
          networks = [];
        },
      }),
    } as unknown as Docker;
  }

  test.each([1, 3])('repeats until nothing is left (attempt %i)', async (attempts) => {
    expect(await removeRun(engine(attempts), 'r')).toBe(true);
  });

  test('reports what cannot be removed', async () => {
    expect(await removeRun(engine(Number.POSITIVE_INFINITY), 'r', 3)).toBe(false);
  });
});

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { httpServer, type TestServer } from '../../contract/testing/servers.ts';
import { cachedK6, ensureK6, findK6, type K6Places, k6Version } from './k6-binary.ts';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'bindgate-k6-test-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

/** A program that reports to be k6 in this version. */
function fakeK6(file: string, version: string): string {
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, `#!/bin/sh\necho "k6 v${version} (fake)"\n`, { mode: 0o755 });
  return file;
}

function places(environment: NodeJS.ProcessEnv, releases = 'http://127.0.0.1:9'): K6Places & { said: string[] } {
  const said: string[] = [];
  return {
    environment: { XDG_CACHE_HOME: folder(), PATH: folder(), ...environment },
    releases,
    say: (text) => said.push(text),
    said,
  };
}

test('looks at K6_BIN first, then PATH, then the cache', async () => {
  const [own, path] = [fakeK6(join(folder(), 'k6'), '9.0.0'), folder()];
  fakeK6(join(path, 'k6'), '2.3.0');
  expect(await findK6(places({ K6_BIN: own, PATH: path }))).toMatchObject({ from: 'K6_BIN', version: '9.0.0' });
  expect(await findK6(places({ PATH: path }))).toMatchObject({ from: 'PATH', version: '2.3.0' });
  const cached = places({});
  fakeK6(cachedK6(cached.environment), k6Version);
  expect(await findK6(cached)).toMatchObject({ from: 'cache', version: k6Version });
  expect(await findK6(places({}))).toBeUndefined();
});

test('ignores a k6 on PATH that is too old', async () => {
  const path = folder();
  fakeK6(join(path, 'k6'), '1.9.9');
  expect(await findK6(places({ PATH: path }))).toBeUndefined();
});

test.each([
  ['is not there', () => '/nonexistent/k6', /is not k6; correct or unset it/],
  ['is too old', () => fakeK6(join(folder(), 'k6'), '2.1.9'), /k6 2.1.9, but 2.2.0 is the oldest/],
])('reports a K6_BIN that %s', async (_, make, message) => {
  const finding = findK6(places({ K6_BIN: make() }));
  await expect(finding).rejects.toThrow(message);
  await expect(finding).rejects.toMatchObject({ exitCode: 3 });
});

test('downloads, verifies and caches a release', async () => {
  await using server = await releases();
  const here = places({ PATH: pathWithTar() }, server.url);
  expect(await ensureK6(here)).toMatchObject({ from: 'cache', version: k6Version });
  expect(here.said).toEqual([`downloading k6 ${k6Version}…`]);
  expect(await findK6(here)).toMatchObject({ from: 'cache' });
});

test('rejects a release with a wrong checksum', async () => {
  await using server = await releases((text) => text.replace(/^./, (digit) => (digit === '0' ? '1' : '0')));
  const here = places({ PATH: pathWithTar() }, server.url);
  await expect(ensureK6(here)).rejects.toThrow(/download: the checksum of .* is wrong; go build: Go is not installed/);
  expect(await findK6(here)).toBeUndefined();
});

test('gives the next step if k6 cannot be installed', async () => {
  const here = places({});
  await expect(ensureK6(here)).rejects.toThrow(
    /cannot be installed .* install k6 and set K6_BIN, or run with --skip load/,
  );
  await expect(ensureK6(here)).rejects.toMatchObject({ exitCode: 3 });
});

/** A folder with the tar of this machine, as a PATH without k6 and Go. */
function pathWithTar(): string {
  const path = folder();
  for (const name of ['tar', 'gzip']) {
    const real = execFileSync('sh', ['-c', `command -v ${name}`]);
    writeFileSync(join(path, name), `#!/bin/sh\nexec ${real.toString().trim()} "$@"\n`, { mode: 0o755 });
  }
  return path;
}

/** A release server like that of k6: an archive for this platform, and checksums. */
async function releases(change: (checksums: string) => string = (text) => text): Promise<TestServer> {
  const work = folder();
  const machine = process.arch === 'arm64' ? 'arm64' : 'amd64';
  const name = `k6-v${k6Version}-linux-${machine}`;
  fakeK6(join(work, name, 'k6'), k6Version);
  execFileSync('tar', ['-czf', join(work, 'archive.tar.gz'), '-C', work, name]);
  const archive = readFileSync(join(work, 'archive.tar.gz'));
  const checksums = change(`${createHash('sha256').update(archive).digest('hex')}  ${name}.tar.gz\n`);
  return httpServer((request, response) => {
    if (request.url?.endsWith('checksums.txt')) response.end(checksums);
    else if (request.url?.endsWith(`${name}.tar.gz`)) response.end(archive);
    else response.writeHead(404).end();
  });
}

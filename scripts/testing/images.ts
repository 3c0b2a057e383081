import { execFile, execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** Images for tests, gone from the engine when disposed of. */
export type TestImages = AsyncDisposable & {
  /** Node, a shell and `cat`, with no command of its own. */
  readonly base: string;
  /** The Dockerfile's `reference`. */
  readonly reference: string;
  /** The Dockerfile's last stage, with k6 inside; where this machine has one. */
  readonly bindgate: string | undefined;
};

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));

/** Whether a Docker engine answers that can run what this machine is made of. */
export async function dockerAnswers(): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  return run('docker', ['info', '--format', '{{.ServerVersion}}'], { timeout: 15_000 }).then(
    ({ stdout }) => stdout.trim() !== '',
    () => false,
  );
}

/** Runs the docker command line; resolves to what it said on standard output. */
export async function docker(...args: readonly string[]): Promise<string> {
  // The classic builder: BuildKit needs a plugin, and asks a registry about bases that are here.
  const env = { ...process.env, DOCKER_BUILDKIT: '0' };
  return (await run('docker', args, { cwd: root, env, maxBuffer: 16 * 1024 * 1024 })).stdout.trim();
}

/**
 * Builds the images of the project's Dockerfile on a base that is made of this machine's own Node and packages: no
 * registry is reached from everywhere. All else of the Dockerfile is tried as it stands.
 */
export async function buildImages(k6: string | undefined): Promise<TestImages> {
  const tag = randomUUID().slice(0, 8);
  const name = (what: string): string => `bindgate-test-${what}:${tag}`;
  const [base, reference, k6Stage, bindgate] = [name('base'), name('reference'), name('k6'), name('bindgate')];
  const stop = async (): Promise<void> => {
    await docker('rmi', '--force', bindgate, k6Stage, reference, base).catch(() => undefined);
  };
  const build = (stage: string, image: string): Promise<string> => {
    const bases = ['--build-arg', `NODE_IMAGE=${base}`, '--build-arg', `GO_IMAGE=${base}`];
    return docker('build', '--quiet', ...bases, '--target', stage, '--tag', image, '.');
  };
  try {
    await importImage(base, (files) => layOut(files, k6));
    await build('reference', reference);
    if (k6 !== undefined) {
      // By a name of its own: the classic builder leaves a stage without one behind.
      await build('k6', k6Stage);
      await build('bindgate', bindgate);
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { base, reference, bindgate: k6 === undefined ? undefined : bindgate, [Symbol.asyncDispose]: stop };
}

/** What an image is filled with. */
export type RootFiles = {
  /** A file or folder of this machine, at a place of the image. */
  readonly put: (place: string, file: string) => void;
  /** Programs of this machine, where they are here, with every shared library that they load. */
  readonly putPrograms: (...programs: readonly string[]) => void;
  /** An executable text. */
  readonly write: (place: string, text: string) => void;
};

/** Makes an image of files of this machine; `changes` are instructions of a Dockerfile, such as `USER 1000:1000`. */
export async function importImage(
  image: string,
  fill: (files: RootFiles) => void,
  changes: readonly string[] = [],
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bindgate-base-'));
  try {
    fill(rootFiles(folder));
    const pipe = 'root=$1; shift; tar --create --dereference --directory "$root" . | docker import "$@"';
    const flags = changes.flatMap((change) => ['--change', change]);
    await run('/bin/sh', ['-c', pipe, 'sh', folder, ...flags, '-', image]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Lays out a root file system as links, which tar follows. */
function rootFiles(folder: string): RootFiles {
  const put: RootFiles['put'] = (place, file) => {
    mkdirSync(dirname(join(folder, place)), { recursive: true });
    symlinkSync(realpathSync(file), join(folder, place));
  };
  const write: RootFiles['write'] = (place, text) => {
    mkdirSync(dirname(join(folder, place)), { recursive: true });
    writeFileSync(join(folder, place), text, { mode: 0o755 });
  };
  write('/etc/passwd', 'root:x:0:0::/root:/bin/sh\nnode:x:1000:1000::/tmp:/bin/sh\n');
  mkdirSync(join(folder, 'tmp'));
  chmodSync(join(folder, 'tmp'), 0o1777);
  const putPrograms: RootFiles['putPrograms'] = (...programs) => {
    for (const file of [...programs, ...sharedLibraries(programs)]) put(file, file);
  };
  return { put, putPrograms, write };
}

function layOut({ put, putPrograms, write }: RootFiles, k6: string | undefined): void {
  put('/usr/local/bin/node', process.execPath);
  putPrograms('/bin/sh', '/bin/cat');
  const shared = sharedLibraries(['/bin/sh', '/bin/cat']);
  for (const library of sharedLibraries([process.execPath])) if (!shared.includes(library)) put(library, library);

  // What `npm ci` and `go build` would download: their places are taken by programs that hand out what is here.
  for (const path of productionPackages()) put(`/opt/packages/${path}`, join(root, path));
  write(
    '/usr/local/bin/npm',
    "#!/usr/local/bin/node\nif (process.argv[2] === 'ci') require('node:fs').symlinkSync('/opt/packages/node_modules', 'node_modules');\n",
  );
  if (k6 === undefined) return;
  put('/opt/k6', k6);
  write(
    '/usr/local/bin/go',
    "#!/usr/local/bin/node\nrequire('node:fs').copyFileSync('/opt/k6', process.argv[process.argv.indexOf('-o') + 1]);\n",
  );
}

/** Every shared library that some programs load, the loader itself included. */
function sharedLibraries(programs: readonly string[]): readonly string[] {
  const said = execFileSync('ldd', programs, { encoding: 'utf8' });
  return [...new Set(said.match(/\/\S+\.so\S*/g) ?? [])];
}

/** The packages, each with those below it, that `npm ci --omit=dev` installs. */
function productionPackages(): readonly string[] {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean }>;
  };
  return Object.entries(lock.packages)
    .filter(([path, { dev }]) => /^node_modules\/(@[^/]+\/)?[^/]+$/.test(path) && dev !== true)
    .map(([path]) => path)
    .filter((path) => existsSync(join(root, path)));
}

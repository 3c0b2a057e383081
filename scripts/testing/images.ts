import { execFile, execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** Images for tests, removed from the engine on disposal. */
export type TestImages = AsyncDisposable & {
  /** Node, a shell and `cat`, without a command. */
  readonly base: string;
  /** The Dockerfile's `reference`. */
  readonly reference: string;
  /** The Dockerfile's last stage, with k6 inside, if k6 is installed. */
  readonly bindgate: string | undefined;
};

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));

/** Whether a Docker engine answers that can run the programs of this machine. */
export async function dockerAnswers(): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  return run('docker', ['info', '--format', '{{.ServerVersion}}'], { timeout: 15_000 }).then(
    ({ stdout }) => stdout.trim() !== '',
    () => false,
  );
}

/** Runs the docker command line; resolves to its standard output. */
export async function docker(...args: readonly string[]): Promise<string> {
  // The classic builder, because BuildKit needs a plugin and asks a registry about local images.
  const env = { ...process.env, DOCKER_BUILDKIT: '0' };
  return (await run('docker', args, { cwd: root, env, maxBuffer: 16 * 1024 * 1024 })).stdout.trim();
}

/**
 * Builds the images of the project's Dockerfile on a base from this machine's own Node and packages, because a
 * registry is not always reachable. The rest of the Dockerfile is tested unchanged.
 */
export async function buildImages(k6: string | undefined): Promise<TestImages> {
  return makeImages(async (name) => {
    const base = name('base');
    const build = async (stage: string): Promise<string> => {
      const bases = ['--build-arg', `NODE_IMAGE=${base}`, '--build-arg', `GO_IMAGE=${base}`];
      await docker('build', '--quiet', ...bases, '--target', stage, '--tag', name(stage), '.');
      return name(stage);
    };
    await importImage(base, (files) => layOut(files, k6));
    const reference = await build('reference');
    if (k6 === undefined) return { base, reference, bindgate: undefined };
    // With its own name, because the classic builder does not remove an unnamed stage.
    await build('k6');
    return { base, reference, bindgate: await build('bindgate') };
  });
}

/** Makes images with new names, which are removed from the engine on disposal, or if one cannot be made. */
export async function makeImages<Made extends object>(
  make: (name: (what: string) => string) => Promise<Made>,
): Promise<Made & AsyncDisposable> {
  const tag = randomUUID().slice(0, 8);
  const named = new Set<string>();
  const stop = async (): Promise<void> => {
    await docker('rmi', '--force', ...[...named].toReversed()).catch(() => undefined);
  };
  try {
    const made = await make((what) => {
      const image = `bindgate-test-${what}:${tag}`;
      named.add(image);
      return image;
    });
    return { ...made, [Symbol.asyncDispose]: stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Functions that fill an image. */
export type RootFiles = {
  /** Adds a file or folder of this machine. */
  readonly put: (place: string, file: string) => void;
  /** Adds programs of this machine with their shared libraries. */
  readonly putPrograms: (...programs: readonly string[]) => void;
  /** Adds an executable text file. */
  readonly write: (place: string, text: string) => void;
};

/** Makes an image from files of this machine; `changes` are Dockerfile instructions, such as `USER 1000:1000`. */
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

/** Creates a root file system of links, which tar follows. */
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

  // In place of `npm ci` and `go build`, which would download files, programs copy local files.
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

/** Every shared library that some programs load, including the loader. */
function sharedLibraries(programs: readonly string[]): readonly string[] {
  const said = execFileSync('ldd', programs, { encoding: 'utf8' });
  return [...new Set(said.match(/\/\S+\.so\S*/g) ?? [])];
}

/** The packages that `npm ci --omit=dev` installs, each with those below it. */
function productionPackages(): readonly string[] {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean }>;
  };
  return Object.entries(lock.packages)
    .filter(([path, { dev }]) => /^node_modules\/(@[^/]+\/)?[^/]+$/.test(path) && dev !== true)
    .map(([path]) => path)
    .filter((path) => existsSync(join(root, path)));
}

/** What kind of server a folder holds: what builds it and what starts it. A file that cannot be read says nothing. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a server is built with. */
export type Toolchain = 'maven' | 'gradle' | 'go' | 'php' | 'dotnet' | 'python' | 'rust' | 'node';

/** A server in a folder. */
export type Project = {
  /** The file that told. */
  readonly file: string;
  readonly toolchain: Toolchain;
  /** Version of the language, as its set-up action and its image tag take it. */
  readonly version: string;
  /** Shell command; it runs before `start`. */
  readonly build: string;
  /** Shell command that serves until it is killed; `$PORT` is the port. Undefined if the files do not tell. */
  readonly start: string | undefined;
  /** The states handler of docs/provider-states.md that is closest. */
  readonly handler: string;
};

/** The files at the root of a folder, and their texts. */
type Folder = {
  readonly names: readonly string[];
  readonly has: (path: string) => boolean;
  /** The first group of a pattern in a file. */
  readonly match: (path: string, pattern: RegExp) => string | undefined;
};

type Kind = {
  readonly file: RegExp;
  readonly toolchain: Toolchain;
  readonly handler: string;
  readonly version: (folder: Folder, file: string) => string;
  readonly build: (folder: Folder) => string;
  readonly start: (folder: Folder, file: string) => string | undefined;
  /** Whether such a file is enough to tell; it is by default. */
  readonly counts?: (folder: Folder) => boolean;
};

const anyHandler = 'the protocol is one POST, in any language';

/** The first kind that matches counts. */
const kinds: readonly Kind[] = [
  {
    file: /^pom\.xml$/,
    toolchain: 'maven',
    handler: 'Java',
    version: ({ match }) =>
      match('pom.xml', /<(?:java\.version|maven\.compiler\.(?:release|source))>\s*(\d{2,})/) ?? '21',
    build: (folder) => `${maven(folder)} -B -q -DskipTests package`,
    start: (folder) => (folder.match('pom.xml', /(spring-boot)/) ? `${maven(folder)} -q spring-boot:run` : undefined),
  },
  {
    file: /^build\.gradle(\.kts)?$/,
    toolchain: 'gradle',
    handler: 'Java',
    version: ({ match }, file) =>
      match(file, /(?:JavaLanguageVersion\.of\(|JavaVersion\.VERSION_|jvmToolchain\()(\d{2,})/) ?? '21',
    build: (folder) => `${gradle(folder)} --quiet assemble`,
    start: (folder, file) => {
      if (folder.match(file, /(org\.springframework\.boot)/)) return `${gradle(folder)} --quiet bootRun`;
      return folder.match(file, /(['"( `]application\b)/) ? `${gradle(folder)} --quiet run` : undefined;
    },
  },
  {
    file: /^go\.mod$/,
    toolchain: 'go',
    handler: 'Go',
    version: ({ match }) => match('go.mod', /^go (\d+\.\d+)/m) ?? '1',
    build: (folder) => `go build -o .bindgate/server ${goMain(folder) ?? '.'}`,
    start: (folder) => (goMain(folder) === undefined ? undefined : './.bindgate/server'),
  },
  {
    file: /^composer\.json$/,
    toolchain: 'php',
    handler: 'PHP',
    version: ({ match }) => match('composer.json', /"php"\s*:\s*"\D*(\d+\.\d+)/) ?? '8.4',
    build: () => 'composer install --no-interaction --no-progress',
    start: ({ has }) => {
      if (has('artisan')) return 'php artisan serve --host 127.0.0.1 --port "$PORT"';
      return has('public/index.php') ? 'php -S "127.0.0.1:$PORT" -t public' : undefined;
    },
  },
  {
    file: /^[^/]+\.csproj$/,
    toolchain: 'dotnet',
    handler: anyHandler,
    version: ({ match }, file) => match(file, /<TargetFramework>net(\d+\.\d+)/) ?? '10.0',
    build: () => 'dotnet build',
    start: ({ match }, file) =>
      match(file, /(Sdk\.Web)/) ? 'dotnet run --no-build --urls "http://127.0.0.1:$PORT"' : undefined,
  },
  {
    file: /^(requirements\.txt|pyproject\.toml)$/,
    toolchain: 'python',
    handler: 'Python',
    version: ({ match }) => match('.python-version', /^(\d+\.\d+)/) ?? '3',
    build: ({ has }) => `pip install ${has('requirements.txt') ? '-r requirements.txt' : '.'}`,
    start: ({ has }) => {
      if (has('manage.py')) return 'python manage.py runserver --noreload "127.0.0.1:$PORT"';
      const script = ['server.py', 'main.py', 'app.py'].find(has);
      return script === undefined ? undefined : `python ${script}`;
    },
  },
  {
    file: /^Cargo\.toml$/,
    toolchain: 'rust',
    handler: anyHandler,
    version: () => '1',
    build: () => 'cargo build --release',
    start: ({ has }) => (has('src/main.rs') ? 'cargo run --release' : undefined),
  },
  {
    // Last, and only if it starts something: many projects of other languages have one for their tools.
    file: /^package\.json$/,
    toolchain: 'node',
    handler: 'Express',
    counts: ({ match }) => match('package.json', /("start"\s*:\s*")/) !== undefined,
    version: ({ match }) => match('.nvmrc', /^v?(\d+)/) ?? match('package.json', /"node"\s*:\s*"\D*(\d+)/) ?? '24',
    build: ({ has }) => (has('package-lock.json') ? 'npm ci' : 'npm install'),
    start: () => 'npm start',
  },
];

/** The server that a folder seems to hold; undefined if no file tells. */
export async function detectProject(folder: string): Promise<Project | undefined> {
  const found = await readFolder(folder);
  for (const kind of kinds) {
    const file = found.names.find((name) => kind.file.test(name));
    if (file === undefined || kind.counts?.(found) === false) continue;
    const { toolchain, handler, version, build, start } = kind;
    return {
      file,
      toolchain,
      handler,
      version: version(found, file),
      build: build(found),
      start: start(found, file),
    };
  }
  return undefined;
}

/** The folder's files two levels deep, and the texts of those at its root and of Go's entry points. */
async function readFolder(folder: string): Promise<Folder> {
  const root = await readdir(folder, { withFileTypes: true });
  const below = await Promise.all(
    root
      .filter((entry) => entry.isDirectory() && ['cmd', 'public', 'src'].includes(entry.name))
      .map(async ({ name }) => (await readdir(join(folder, name))).map((inner) => `${name}/${inner}`)),
  );
  const names = root
    .filter((entry) => !entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  const all = new Set([...names, ...below.flat()]);
  const read = names.filter((name) => /\.(xml|gradle|kts|mod|json|csproj|go)$|^\.(nvmrc|python-version)$/.test(name));
  const texts = new Map(
    await Promise.all(
      read.map(async (name) => [name, await readFile(join(folder, name), 'utf8').catch(() => '')] as const),
    ),
  );
  return {
    names: [...all].sort(),
    has: (path) => all.has(path),
    match: (path, pattern) => pattern.exec(texts.get(path) ?? '')?.[1],
  };
}

function maven({ has }: Folder): string {
  return has('mvnw') ? './mvnw' : 'mvn';
}

function gradle({ has }: Folder): string {
  return has('gradlew') ? './gradlew' : 'gradle';
}

/** The package to build: the root's, or the only one below cmd/. */
function goMain({ names, match }: Folder): string | undefined {
  if (names.some((name) => /^[^/]+\.go$/.test(name) && match(name, /^(package main)\b/m) !== undefined)) return '.';
  const commands = names.filter((name) => name.startsWith('cmd/'));
  return commands.length === 1 ? `./${commands[0]}` : undefined;
}

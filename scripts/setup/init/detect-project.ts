/** What kind of server a folder holds: what builds it and what starts it. A file that cannot be read says nothing. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a server is built with. */
export type Toolchain = 'maven' | 'gradle' | 'go' | 'php' | 'dotnet' | 'python' | 'rust' | 'node';

/** A server in a folder. */
export type Project = {
  /** The file that told. */
  readonly file: string;
  readonly toolchain: Toolchain;
  readonly language: string;
  /** Version of the language, as its set-up action and its image tag take it. */
  readonly version: string;
  /** Shell command; it runs before `start`. */
  readonly build: string;
  /** Shell command that serves until it is killed; `$PORT` is the port. Undefined if the files do not tell. */
  readonly start: string | undefined;
};

type Folder = {
  /** The names of the files at its root, and in one of its folders. */
  readonly list: (path: string) => readonly string[];
  readonly has: (path: string) => boolean;
  /** The first group of a pattern in a file. */
  readonly match: (path: string, pattern: RegExp) => string | undefined;
};

/** The first kind with such a file counts, unless the file is not enough to tell. */
const kinds: readonly (readonly [RegExp, (folder: Folder, file: string) => Omit<Project, 'file'> | undefined])[] = [
  [
    /^pom\.xml$/,
    ({ has, match }, file) => {
      const maven = has('mvnw') ? './mvnw' : 'mvn';
      return {
        toolchain: 'maven',
        language: 'Java',
        version: match(file, /<(?:java\.version|maven\.compiler\.(?:release|source))>\s*(\d{2,})/) ?? '21',
        build: `${maven} -B -q -DskipTests package`,
        start: match(file, /(spring-boot)/) && `${maven} -q spring-boot:run`,
      };
    },
  ],
  [
    /^build\.gradle(\.kts)?$/,
    ({ has, match }, file) => {
      const gradle = has('gradlew') ? './gradlew' : 'gradle';
      const task = match(file, /(org\.springframework\.boot)/)
        ? 'bootRun'
        : match(file, /['"( `](application)\b/) && 'run';
      return {
        toolchain: 'gradle',
        language: 'Java',
        version: match(file, /(?:JavaLanguageVersion\.of\(|JavaVersion\.VERSION_|jvmToolchain\()(\d{2,})/) ?? '21',
        build: `${gradle} --quiet assemble`,
        start: task && `${gradle} --quiet ${task}`,
      };
    },
  ],
  [
    /^go\.mod$/,
    (folder, file) => {
      const main = goMain(folder);
      return {
        toolchain: 'go',
        language: 'Go',
        version: folder.match(file, /^go (\d+\.\d+)/m) ?? '1',
        build: `go build -o .bindgate/server ${main ?? '.'}`,
        start: main && './.bindgate/server',
      };
    },
  ],
  [
    /^composer\.json$/,
    ({ has, match }, file) => {
      const laravel = has('artisan') ? 'php artisan serve --host 127.0.0.1 --port "$PORT"' : undefined;
      return {
        toolchain: 'php',
        language: 'PHP',
        version: match(file, /"php"\s*:\s*"\D*(\d+\.\d+)/) ?? '8.4',
        build: 'composer install --no-interaction --no-progress',
        start: laravel ?? (has('public/index.php') ? 'php -S "127.0.0.1:$PORT" -t public' : undefined),
      };
    },
  ],
  [
    /\.csproj$/,
    ({ match }, file) => ({
      toolchain: 'dotnet',
      language: '.NET',
      version: match(file, /<TargetFramework>net(\d+\.\d+)/) ?? '10.0',
      build: 'dotnet build',
      start: match(file, /(Sdk\.Web)/) && 'dotnet run --no-build --urls "http://127.0.0.1:$PORT"',
    }),
  ],
  [
    /^(requirements\.txt|pyproject\.toml)$/,
    ({ has, match }) => {
      const script = ['server.py', 'main.py', 'app.py'].find(has);
      const django = has('manage.py') ? 'manage.py runserver --noreload "127.0.0.1:$PORT"' : undefined;
      const started = django ?? script;
      return {
        toolchain: 'python',
        language: 'Python',
        version: match('.python-version', /^(\d+\.\d+)/) ?? '3',
        build: `pip install ${has('requirements.txt') ? '-r requirements.txt' : '.'}`,
        start: started && `python ${started}`,
      };
    },
  ],
  [
    /^Cargo\.toml$/,
    ({ has }) => ({
      toolchain: 'rust',
      language: 'Rust',
      version: '1',
      build: 'cargo build --release',
      start: has('src/main.rs') ? 'cargo run --release' : undefined,
    }),
  ],
  [
    // Last, and only if it starts something: many projects of other languages have one for their tools.
    /^package\.json$/,
    ({ has, match }, file) =>
      match(file, /("start"\s*:\s*")/) === undefined
        ? undefined
        : {
            toolchain: 'node',
            language: 'Node',
            version: match('.nvmrc', /^v?(\d+)/) ?? match(file, /"node"\s*:\s*"\D*(\d+)/) ?? '24',
            build: has('package-lock.json') ? 'npm ci' : 'npm install',
            start: 'npm start',
          },
  ],
];

/** The server that a folder seems to hold; undefined if no file tells. */
export function detectProject(folder: string): Project | undefined {
  const found = openFolder(folder);
  for (const [pattern, read] of kinds) {
    const file = found.list('.').find((name) => pattern.test(name));
    const project = file === undefined ? undefined : read(found, file);
    if (file !== undefined && project !== undefined) return { file, ...project };
  }
  return undefined;
}

function openFolder(folder: string): Folder {
  const attempt = <Value>(read: () => Value, fallback: Value): Value => {
    try {
      return read();
    } catch {
      return fallback;
    }
  };
  return {
    list: (path) => attempt(() => readdirSync(join(folder, path)).sort(), []),
    has: (path) => existsSync(join(folder, path)),
    match: (path, pattern) => pattern.exec(attempt(() => readFileSync(join(folder, path), 'utf8'), ''))?.[1],
  };
}

/** The package to build: the root's, or the only one below cmd/. */
function goMain({ list, match }: Folder): string | undefined {
  if (list('.').some((name) => name.endsWith('.go') && match(name, /^(package main)\b/m))) return '.';
  const commands = list('cmd');
  return commands.length === 1 ? `./cmd/${commands[0]}` : undefined;
}

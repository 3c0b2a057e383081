import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { testFolder } from '../../testing/folder.ts';
import { detectProject } from './detect-project.ts';

const root = testFolder();

type Files = Readonly<Record<string, string>>;

const spring = '<project><java.version>17</java.version><a>spring-boot-starter-web</a></project>';

test.each<[string, Files, string, string, string | undefined]>([
  ['Maven with Spring Boot', { 'pom.xml': spring, mvnw: '' }, 'maven 17', './mvnw -B', './mvnw -q spring-boot:run'],
  ['Maven without', { 'pom.xml': '' }, 'maven 21', 'mvn -B', undefined],
  [
    'Gradle with Spring Boot',
    { 'build.gradle': "id 'org.springframework.boot'" },
    'gradle 21',
    'gradle',
    'gradle --quiet bootRun',
  ],
  [
    'Gradle application',
    { 'build.gradle.kts': 'plugins { application }', gradlew: '' },
    'gradle 21',
    './gradlew',
    './gradlew --quiet run',
  ],
  ['Gradle library', { 'build.gradle': 'JavaLanguageVersion.of(25)' }, 'gradle 25', 'gradle', undefined],
  [
    'Go',
    { 'go.mod': 'module a\n\ngo 1.25.3\n', 'main.go': 'package main' },
    'go 1.25',
    'go build -o .bindgate/server .',
    './.bindgate/server',
  ],
  [
    'Go with one command',
    { 'go.mod': '', 'cmd/api/main.go': '' },
    'go 1',
    'go build -o .bindgate/server ./cmd/api',
    './.bindgate/server',
  ],
  ['Go with two', { 'go.mod': '', 'cmd/a/main.go': '', 'cmd/b/main.go': '' }, 'go 1', 'go build', undefined],
  [
    'PHP',
    { 'composer.json': '{"require":{"php":"^8.3"}}', 'public/index.php': '' },
    'php 8.3',
    'composer',
    'php -S "127.0.0.1:$PORT" -t public',
  ],
  [
    'Laravel',
    { 'composer.json': '', artisan: '' },
    'php 8.4',
    'composer',
    'php artisan serve --host 127.0.0.1 --port "$PORT"',
  ],
  [
    '.NET',
    { 'A.csproj': '<Project Sdk="Microsoft.NET.Sdk.Web"><TargetFramework>net9.0</TargetFramework>' },
    'dotnet 9.0',
    'dotnet build',
    'dotnet run --no-build --urls "http://127.0.0.1:$PORT"',
  ],
  ['a library of .NET', { 'A.csproj': '<Project Sdk="Microsoft.NET.Sdk">' }, 'dotnet 10.0', 'dotnet build', undefined],
  [
    'Django',
    { 'requirements.txt': '', 'manage.py': '' },
    'python 3',
    'pip install -r',
    'python manage.py runserver --noreload "127.0.0.1:$PORT"',
  ],
  [
    'a Python script',
    { 'pyproject.toml': '', 'app.py': '', '.python-version': '3.13' },
    'python 3.13',
    'pip install .',
    'python app.py',
  ],
  ['a Python package', { 'pyproject.toml': '' }, 'python 3', 'pip install .', undefined],
  ['Rust', { 'Cargo.toml': '', 'src/main.rs': '' }, 'rust 1', 'cargo build --release', 'cargo run --release'],
  [
    'Node',
    { 'package.json': '{"scripts":{"start":"x"},"engines":{"node":">=20"}}', 'package-lock.json': '' },
    'node 20',
    'npm ci',
    'npm start',
  ],
  [
    'Go with a package.json',
    { 'go.mod': '', 'package.json': '{"scripts":{"start":"x"}}' },
    'go 1',
    'go build',
    undefined,
  ],
])('%s', async (_, files, toolchain, build, start) => {
  const project = await detectProject(await folderWith(files));
  expect(`${project?.toolchain} ${project?.version}`).toBe(toolchain);
  expect(project?.build.slice(0, build.length)).toBe(build);
  expect(project?.start).toBe(start);
});

test.each<[string, Files]>([
  ['nothing', {}],
  ['a package.json that only has development tools', { 'package.json': '{"devDependencies":{"bindgate":"*"}}' }],
])('finds no server in %s', async (_, files) => {
  expect(await detectProject(await folderWith(files))).toBeUndefined();
});

async function folderWith(files: Files): Promise<string> {
  const folder = await mkdtemp(join(root, 'project-'));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
}

import { expect, test } from 'vitest';
import { testFolder } from '../../testing/folder.ts';
import { detectProject } from './detect-project.ts';

type Files = Readonly<Record<string, string>>;

const spring = '<project><java.version>17</java.version><a>spring-boot-starter-web</a></project>';

test.each<[Files, string, string, string | undefined]>([
  [{ 'pom.xml': spring, mvnw: '' }, 'maven 17', './mvnw -B', './mvnw -q spring-boot:run'],
  [{ 'pom.xml': '' }, 'maven 21', 'mvn -B', undefined],
  [{ 'build.gradle': "id 'org.springframework.boot'" }, 'gradle 21', 'gradle', 'gradle --quiet bootRun'],
  [{ 'build.gradle.kts': 'plugins { application }', gradlew: '' }, 'gradle 21', './gradlew', './gradlew --quiet run'],
  [{ 'build.gradle': 'JavaLanguageVersion.of(25)' }, 'gradle 25', 'gradle', undefined],
  [
    { 'go.mod': 'module a\n\ngo 1.25.3\n', 'main.go': 'package main' },
    'go 1.25',
    'go build -o .bindgate/server .',
    './.bindgate/server',
  ],
  [{ 'go.mod': '', 'cmd/api/main.go': '' }, 'go 1', 'go build -o .bindgate/server ./cmd/api', './.bindgate/server'],
  [{ 'go.mod': '', 'cmd/a/main.go': '', 'cmd/b/main.go': '' }, 'go 1', 'go build', undefined],
  [
    { 'composer.json': '{"require":{"php":"^8.3"}}', 'public/index.php': '' },
    'php 8.3',
    'composer',
    'php -S "127.0.0.1:$PORT" -t public',
  ],
  [{ 'composer.json': '', artisan: '' }, 'php 8.4', 'composer', 'php artisan serve --host 127.0.0.1 --port "$PORT"'],
  [
    { 'A.csproj': '<Project Sdk="Microsoft.NET.Sdk.Web"><TargetFramework>net9.0</TargetFramework>' },
    'dotnet 9.0',
    'dotnet build',
    'dotnet run --no-build --urls "http://127.0.0.1:$PORT"',
  ],
  [{ 'A.csproj': '<Project Sdk="Microsoft.NET.Sdk">' }, 'dotnet 10.0', 'dotnet build', undefined],
  [
    { 'requirements.txt': '', 'manage.py': '' },
    'python 3',
    'pip install -r',
    'python manage.py runserver --noreload "127.0.0.1:$PORT"',
  ],
  [{ 'pyproject.toml': '', 'app.py': '', '.python-version': '3.13' }, 'python 3.13', 'pip install .', 'python app.py'],
  [{ 'pyproject.toml': '' }, 'python 3', 'pip install .', undefined],
  [{ 'Cargo.toml': '', 'src/main.rs': '' }, 'rust 1', 'cargo build --release', 'cargo run --release'],
  [
    { 'package.json': '{"scripts":{"start":"x"},"engines":{"node":">=20"}}', 'package-lock.json': '' },
    'node 20',
    'npm ci',
    'npm start',
  ],
  [{ 'go.mod': '', 'package.json': '{"scripts":{"start":"x"}}' }, 'go 1', 'go build', undefined],
])('%j', (files, toolchain, build, start) => {
  const project = detectProject(testFolder(files));
  expect(`${project?.toolchain} ${project?.version}`).toBe(toolchain);
  expect(project?.build.slice(0, build.length)).toBe(build);
  expect(project?.start).toBe(start);
});

// A package.json that only has development tools is not a server.
test.each<Files>([{}, { 'package.json': '{"devDependencies":{"bindgate":"*"}}' }])('finds no server in %j', (files) => {
  expect(detectProject(testFolder(files))).toBeUndefined();
});

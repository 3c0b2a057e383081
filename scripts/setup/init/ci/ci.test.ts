import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { byRelease, complaints, without } from '../../../testing/ci-tools.ts';
import { testFolder } from '../../../testing/folder.ts';
import { callBindgate } from '../../../testing/run-bindgate.ts';
import type { Toolchain } from '../detect-project.ts';
import type { CiPlan } from './plan.ts';
import { ciSystems } from './systems.ts';

const root = testFolder();

const versions: Readonly<Record<Toolchain, string>> = {
  maven: '21',
  gradle: '21',
  go: '1.25',
  php: '8.4',
  dotnet: '10.0',
  python: '3',
  rust: '1',
  node: '24',
};

/** A server of every toolchain, one that nothing is known of, and one that runs elsewhere. */
const plans: Readonly<Record<string, CiPlan>> = {
  ...Object.fromEntries(
    Object.entries(versions).map(([toolchain, version]) => [
      toolchain,
      planFor({ toolchain: toolchain as Toolchain, version }),
    ]),
  ),
  unknown: { url: 'http://127.0.0.1:8080', project: undefined },
  elsewhere: { url: 'https://staging.example', project: undefined },
};

test.skipIf(without('actionlint', 'shellcheck'))(
  'actionlint accepts the workflow for every kind of server',
  async () => {
    const files = await write('github', 'yml');
    expect(await complaints('actionlint', ['-no-color', ...files], root)).toBe('');
    for (const file of files) await writeFile(file, byRelease(await readFile(file, 'utf8')));
    expect(await complaints('actionlint', ['-no-color', ...files], root)).toBe('');
    // A linter that sees nothing would pass as well.
    const broken = (await readFile(files[0] ?? '', 'utf8')).replace('runner.os', 'runner.oss');
    await writeFile(files[0] ?? '', broken);
    expect(await complaints('actionlint', ['-no-color', ...files], root)).toContain('"oss" is not defined');
  },
);

test.skipIf(without('check-jsonschema'))("GitLab's schema accepts the job for every kind of server", async () => {
  const files = await write('gitlab', 'yml');
  const args = ['--builtin-schema', 'vendor.gitlab-ci', ...files];
  expect(await complaints('check-jsonschema', args, root)).toBe('');
  await writeFile(files[0] ?? '', (await readFile(files[0] ?? '', 'utf8')).replace('when: always', 'when: often'));
  expect(await complaints('check-jsonschema', args, root)).toContain('artifacts');
});

test.skipIf(without('shellcheck'))('shellcheck accepts the scripts for GitLab and Jenkins', async () => {
  const folder = await mkdtemp(join(root, 'scripts-'));
  const files: string[] = [];
  for (const [name, plan] of Object.entries(plans)) {
    for (const [system, script] of [
      ['gitlab', gitlabScript(ciSystems.gitlab.text(plan))],
      ['jenkins', jenkinsScript(ciSystems.jenkins.text(plan))],
    ] as const) {
      const file = join(folder, `${system}-${name}.sh`);
      await writeFile(file, script);
      files.push(file);
    }
  }
  // SC2317: nothing after the line to fill in is reached until it is filled in.
  expect(await complaints('shellcheck', ['--shell=sh', '--exclude=SC2317', ...files], root)).toBe('');
});

test('the workflow gives the token to the server and to the gate, and needs no secret', () => {
  const { jobs, permissions } = parse(ciSystems.github.text(plans['go'] as CiPlan)) as Workflow;
  expect(permissions).toEqual({ contents: 'read' });
  expect(jobs.gate).not.toHaveProperty('if');
  expect(jobs.gate.steps.map(({ name, uses }) => name ?? uses?.split('@')[0])).toEqual([
    'actions/checkout',
    'actions/setup-go',
    'Build the server',
    'Make the token of the states endpoint',
    'Start the server and its states endpoint',
    'actions/setup-node',
    'actions/cache',
    'Install bindgate',
    'Wait until the server answers',
    'Run the gate',
    'actions/upload-artifact',
  ]);
  // Any other step that is given a secret could leak it.
  expect(jobs.gate.steps.filter((step) => JSON.stringify(step).includes('secrets.')).map(({ name }) => name)).toEqual([
    'Make the token of the states endpoint',
  ]);
});

test('for a server elsewhere the workflow starts nothing, and is skipped for a fork', () => {
  const { jobs } = parse(ciSystems.github.text(plans['elsewhere'] as CiPlan)) as Workflow;
  expect(jobs.gate.if).toContain('github.event.pull_request.head.repo.fork != true');
  const steps = jobs.gate.steps.map(({ name }) => name).filter((name) => name !== undefined);
  expect(steps).toEqual(['Install bindgate', 'Run the gate']);
});

test('every action is pinned to a commit, with its release in a comment', () => {
  for (const plan of Object.values(plans)) {
    const uses = ciSystems.github.text(plan).match(/uses: .*/g) ?? [];
    expect(uses.filter((line) => !/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
  }
});

test('the pipeline of Jenkins has balanced brackets, and no quotes that end its script early', () => {
  for (const plan of Object.values(plans)) {
    const text = ciSystems.jenkins.text(plan);
    expect(text.split("'''")).toHaveLength(3);
    const code = text.replace(/'''[\s\S]*?'''|\/\/.*|'[^']*'|"[^"]*"/g, '');
    for (const [open, close] of ['{}', '()', '[]'])
      expect(code.split(open ?? '')).toHaveLength(code.split(close ?? '').length);
    expect(code).not.toContain("'");
  }
});

test.each([
  ['github', '.github/workflows/bindgate.yml'],
  ['gitlab', '.gitlab/bindgate.yml'],
  ['jenkins', 'Jenkinsfile.bindgate'],
])('init --ci %s writes %s, and never overwrites it without --force', async (ci, file) => {
  const folder = await mkdtemp(join(root, 'init-'));
  await writeFile(join(folder, 'go.mod'), 'module example\n\ngo 1.25\n');
  await writeFile(join(folder, 'main.go'), 'package main\n');
  const { out, exitCode } = await callBindgate(folder, ['init', '--yes', '--ci', ci]);
  expect(exitCode).toBe(0);
  expect(out).toContain(`wrote  ${file}\n`);
  expect(out).toContain(
    'builds with "go build -o .bindgate/server ." and starts with "./.bindgate/server" (from go.mod)',
  );
  const text = await readFile(join(folder, file), 'utf8');
  expect(text).toContain('./.bindgate/server > server.log');
  await writeFile(join(folder, file), 'mine');
  await callBindgate(folder, ['init', '--yes', '--ci', ci]);
  expect(await readFile(join(folder, file), 'utf8')).toBe('mine');
  await callBindgate(folder, ['init', '--yes', '--ci', ci, '--force']);
  expect(await readFile(join(folder, file), 'utf8')).toBe(text);
});

test('init says what is left to write', async () => {
  const unknown = await callBindgate(await mkdtemp(join(root, 'init-')), ['init', '--yes']);
  expect(unknown.out).toContain(
    'todo   .github/workflows/bindgate.yml: write the commands that build and start your server',
  );
  const folder = await mkdtemp(join(root, 'init-'));
  await writeFile(join(folder, 'pyproject.toml'), '');
  const library = await callBindgate(folder, ['init', '--yes']);
  expect(library.out).toContain('write the command that starts your server; pyproject.toml does not tell it');
});

test('init --ci with another system is wrong usage and names the choices', async () => {
  const { exitCode, err } = await callBindgate(root, ['init', '--ci', 'travis']);
  expect(exitCode).toBe(2);
  expect(err).toContain('github, gitlab, jenkins');
});

test('a start command that is not filled in fails at once and says so', () => {
  const script = jenkinsScript(ciSystems.jenkins.text(plans['unknown'] as CiPlan));
  expect(() =>
    execFileSync('sh', ['-c', script], { cwd: root, stdio: 'pipe', env: { PATH: process.env['PATH'] } }),
  ).toThrow('write the command that starts the server');
});

type Step = { readonly name?: string; readonly uses?: string; readonly run?: string; readonly if?: string };
type Workflow = {
  readonly permissions: object;
  readonly jobs: { readonly gate: { readonly if?: string; readonly steps: readonly Step[] } };
};

function planFor(of: { toolchain: Toolchain; version: string }): CiPlan {
  const others = { file: 'requirements.txt', language: 'X', build: './build', start: './start --port "$PORT"' };
  const project = { ...of, ...others };
  return { url: 'http://127.0.0.1:8080', project };
}

async function write(system: keyof typeof ciSystems, ending: string): Promise<readonly string[]> {
  const folder = join(root, system);
  await mkdir(folder, { recursive: true });
  const files = Object.keys(plans).map((name) => join(folder, `${name}.${ending}`));
  for (const [at, plan] of Object.values(plans).entries())
    await writeFile(files[at] ?? '', ciSystems[system].text(plan));
  return files;
}

function gitlabScript(text: string): string {
  const { bindgate } = parse(text) as { bindgate: { script: readonly string[] } };
  return bindgate.script.join('\n');
}

function jenkinsScript(text: string): string {
  return text.split("'''")[1] ?? '';
}

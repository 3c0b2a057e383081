import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { byRelease, complaints, without } from '../../../testing/ci-tools.ts';
import { expectRefused } from '../../../testing/expect-refused.ts';
import { testFolder } from '../../../testing/folder.ts';
import { callBindgate } from '../../../testing/run-bindgate.ts';
import type { Toolchain } from '../detect-project.ts';
import type { CiPlan } from './plan.ts';
import { ciSystems } from './systems.ts';

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
const url = 'http://127.0.0.1:8080';
const server = { file: 'requirements.txt', language: 'X', build: './build', start: './start --port "$PORT"' };
const go: CiPlan = { url, project: { ...server, toolchain: 'go', version: versions.go } };
const unknown: CiPlan = { url, project: undefined };
const elsewhere: CiPlan = { url: 'https://staging.example', project: undefined };

/** A server of every toolchain, one that nothing is known of, and one that runs elsewhere. */
const plans: readonly CiPlan[] = [
  ...Object.entries(versions).map(([toolchain, version]) => ({
    url,
    project: { ...server, toolchain: toolchain as Toolchain, version },
  })),
  unknown,
  elsewhere,
];

/** Writes a text for each plan; returns the folder and the names of the files. */
function write(ending: string, text: (plan: CiPlan) => string): { folder: string; files: readonly string[] } {
  const files = Object.fromEntries(plans.map((plan, at) => [`${at}.${ending}`, text(plan)]));
  return { folder: testFolder(files), files: Object.keys(files) };
}

test.skipIf(without('actionlint', 'shellcheck'))(
  'actionlint accepts the workflow for every kind of server',
  async () => {
    const lint = (text: (plan: CiPlan) => string): Promise<string> => {
      const { folder, files } = write('yml', text);
      return complaints('actionlint', ['-no-color', ...files], folder);
    };
    const { text } = ciSystems.github;
    expect(await lint(text)).toBe('');
    expect(await lint((plan) => byRelease(text(plan)))).toBe('');
    // A linter that sees nothing would pass as well.
    expect(await lint((plan) => text(plan).replace('runner.os', 'runner.oss'))).toContain('"oss" is not defined');
  },
);

test.skipIf(without('check-jsonschema'))("GitLab's schema accepts the job for every kind of server", async () => {
  const check = (text: (plan: CiPlan) => string): Promise<string> => {
    const { folder, files } = write('yml', text);
    return complaints('check-jsonschema', ['--builtin-schema', 'vendor.gitlab-ci', ...files], folder);
  };
  const { text } = ciSystems.gitlab;
  expect(await check(text)).toBe('');
  expect(await check((plan) => text(plan).replace('when: always', 'when: often'))).toContain('artifacts');
});

test.skipIf(without('shellcheck')).each([gitlabScript, jenkinsScript])('shellcheck accepts: %o', async (script) => {
  const { folder, files } = write('sh', script);
  // SC2317: nothing after the line to fill in is reached until it is filled in.
  expect(await complaints('shellcheck', ['--shell=sh', '--exclude=SC2317', ...files], folder)).toBe('');
});

test('the workflow gives the token to the server and to the gate, and needs no secret', () => {
  const { jobs, permissions } = parse(ciSystems.github.text(go)) as Workflow;
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
  const { jobs } = parse(ciSystems.github.text(elsewhere)) as Workflow;
  expect(jobs.gate.if).toContain('github.event.pull_request.head.repo.fork != true');
  const steps = jobs.gate.steps.map(({ name }) => name).filter((name) => name !== undefined);
  expect(steps).toEqual(['Install bindgate', 'Run the gate']);
});

test('every action is pinned to a commit, with its release in a comment', () => {
  for (const plan of plans) {
    const uses = ciSystems.github.text(plan).match(/uses: .*/g) ?? [];
    expect(uses.filter((line) => !/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
  }
});

test('the pipeline of Jenkins has balanced brackets, and no quotes that end its script early', () => {
  for (const plan of plans) {
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
  const folder = testFolder({ 'go.mod': 'module example\n\ngo 1.25\n', 'main.go': 'package main\n' });
  const { out, exitCode } = await callBindgate(folder, `init --yes --ci ${ci}`);
  expect(exitCode).toBe(0);
  expect(out).toContain(`wrote  ${file}\n`);
  expect(out).toContain(
    'builds with "go build -o .bindgate/server ." and starts with "./.bindgate/server" (from go.mod)',
  );
  const read = (): string => readFileSync(join(folder, file), 'utf8');
  const text = read();
  expect(text).toContain('./.bindgate/server > server.log');
  writeFileSync(join(folder, file), 'mine');
  await callBindgate(folder, `init --yes --ci ${ci}`);
  expect(read()).toBe('mine');
  await callBindgate(folder, `init --yes --ci ${ci} --force`);
  expect(read()).toBe(text);
});

test.each([
  [{}, 'todo   .github/workflows/bindgate.yml: write the commands that build and start your server'],
  [{ 'pyproject.toml': '' }, 'write the command that starts your server; pyproject.toml does not tell it'],
])('init says what is left to write for %j', async (files, todo) => {
  expect((await callBindgate(testFolder(files), 'init --yes')).out).toContain(todo);
});

test('init --ci with another system is wrong usage and names the choices', async () => {
  await expectRefused(testFolder(), 'init --ci travis', /github, gitlab, jenkins/);
});

test('a start command that is not filled in fails at once and says so', () => {
  const env = { PATH: process.env['PATH'] };
  expect(() => execFileSync('sh', ['-c', jenkinsScript(unknown)], { cwd: testFolder(), stdio: 'pipe', env })).toThrow(
    'write the command that starts the server',
  );
});

type Step = { readonly name?: string; readonly uses?: string; readonly run?: string; readonly if?: string };
type Workflow = {
  readonly permissions: object;
  readonly jobs: { readonly gate: { readonly if?: string; readonly steps: readonly Step[] } };
};

function gitlabScript(plan: CiPlan): string {
  const { bindgate } = parse(ciSystems.gitlab.text(plan)) as { bindgate: { script: readonly string[] } };
  return bindgate.script.join('\n');
}

function jenkinsScript(plan: CiPlan): string {
  return ciSystems.jenkins.text(plan).split("'''")[1] ?? '';
}

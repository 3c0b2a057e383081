/**
 * The files of `init --ci`, executed: every `run` step of the GitHub workflow with bash, one by one, and the scripts for
 * GitLab and Jenkins, in a Go project without a package.json that installs the packed bindgate. Actions are not run.
 */
import { spawn } from 'node:child_process';
import { existsSync, symlinkSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { startReference } from '../../../../contract/pure-bt/targets/reference.ts';
import { findK6, k6Places } from '../../../../load/run/k6-binary.ts';
import { without } from '../../../testing/ci-tools.ts';
import { packCheckout } from '../../../testing/pack.ts';
import { callBindgate } from '../../../testing/run-bindgate.ts';

type Step = {
  readonly name?: string;
  readonly run?: string;
  readonly if?: string;
  readonly env?: Readonly<Record<string, string>>;
};
type Workflow = {
  readonly env: Readonly<Record<string, string>>;
  readonly jobs: { readonly gate: { readonly steps: readonly Step[] } };
};
type Environment = Readonly<Record<string, string>>;
type Ended = { readonly exitCode: number | null; readonly out: string };

const minutes = 60_000;
const root = await mkdtemp(join(tmpdir(), 'bindgate-execute-'));
const project = join(root, 'project');
const reference = await startReference({});
const groups: number[] = [];
let path = '';

/** A server in Go: it passes requests on to the embedded one, and guards the states with its own token. */
const mainGo = `package main

import (
	"log"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"strings"
)

func main() {
	backend, err := url.Parse(os.Getenv("BACKEND"))
	if err != nil || backend.Host == "" {
		log.Fatal("BACKEND is not set")
	}
	token := "Bearer " + os.Getenv("STATES_TOKEN")
	proxy := httputil.NewSingleHostReverseProxy(backend)
	proxy.Transport = &http.Transport{MaxIdleConnsPerHost: 100, DisableCompression: true}
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), http.HandlerFunc(
		func(w http.ResponseWriter, r *http.Request) {
			if strings.HasPrefix(r.URL.Path, "/_states") && r.Header.Get("Authorization") != token {
				http.Error(w, "wrong token", http.StatusUnauthorized)
				return
			}
			proxy.ServeHTTP(w, r)
		})))
}
`;

describe.skipIf(without('go'))('a Go project without a package.json', () => {
  beforeAll(async () => {
    await mkdir(project);
    await packCheckout(project);
    await writeFile(join(project, 'go.mod'), 'module example.test/server\n\ngo 1.22\n');
    await writeFile(join(project, 'main.go'), mainGo);
    await writeFile(join(project, '.env'), `PORT=${await freePort()}\n`);
    for (const ci of ['github', 'gitlab', 'jenkins']) {
      expect(await callBindgate(project, ['init', '--yes', '--ci', ci])).toMatchObject({ exitCode: 0 });
    }
    const k6 = await findK6(k6Places(() => undefined));
    path = [dirname(process.execPath), ...(k6 === undefined ? [] : [dirname(k6.file)]), process.env['PATH']].join(
      delimiter,
    );
  }, 10 * minutes);

  beforeEach(() => rm(join(project, 'reports'), { recursive: true, force: true }));
  afterEach(endGroups);
  afterAll(async () => {
    await reference[Symbol.asyncDispose]();
    await rm(root, { recursive: true, force: true });
  });

  test('GitHub: with the secret every step passes', { timeout: 10 * minutes }, async () => {
    const { steps, log } = await runWorkflow({ STATES_TOKEN: 'token-of-the-repository' });
    expect(steps).toEqual(allPass);
    expect(log).toContain('::add-mask::token-of-the-repository\n');
    expect(log).toMatch(/^gate passed/m);
    expect(await readFile(join(root, 'summary'), 'utf8')).toContain('bindgate');
    expect(await gateExitCode()).toBe(0);
  });

  test('GitHub: a fork has no secret, and every step passes with a token of this run', {
    timeout: 10 * minutes,
  }, async () => {
    const { steps, log } = await runWorkflow({}, { cacheHit: true });
    expect(steps).toEqual(allPass.filter(([name]) => name !== 'Install bindgate'));
    expect(log).toMatch(/::add-mask::[0-9a-f]{8}-[0-9a-f-]{27}\n/);
    expect(await gateExitCode()).toBe(0);
  });

  test('GitHub: a server that does not start ends the job, and its output says why', {
    timeout: 2 * minutes,
  }, async () => {
    const { steps, log } = await runWorkflow({}, { cacheHit: true, backend: '', startTimeout: 2 });
    expect(steps.at(-1)).toEqual(['Wait until the server answers', 1]);
    expect(log).toMatch(/^::error::The server did not answer at .* within 60 s/m);
    expect(log).toContain('BACKEND is not set');
  });

  test('GitLab: the script passes', { timeout: 10 * minutes }, async () => {
    // As if Node came from the cache of an earlier run: its download is not tested.
    const bin = join(project, '.bindgate', 'cache', 'node', 'bin');
    await mkdir(bin, { recursive: true });
    symlinkSync(process.execPath, join(bin, 'node'));
    const { bindgate } = parse(await readFile(join(project, '.gitlab', 'bindgate.yml'), 'utf8')) as {
      bindgate: { script: readonly string[]; variables: Environment };
    };
    const script = ['set -eu', ...bindgate.script].join('\n');
    const ended = await run(script, project, { ...bindgate.variables, BACKEND: reference.url });
    expect(ended).toMatchObject({ exitCode: 0, out: expect.stringMatching(/^gate passed/m) });
    expect(existsSync(join(project, 'reports', 'junit.xml'))).toBe(true);
  });

  test('Jenkins: the script passes, and ends the server', { timeout: 10 * minutes }, async () => {
    const file = await readFile(join(project, 'Jenkinsfile.bindgate'), 'utf8');
    const variables = Object.fromEntries(
      [...file.matchAll(/^ {4}(\w+) = '(.*)'$/gm)].map(([, name, value]) => [name, value]),
    );
    expect(Object.keys(variables)).toEqual(['BINDGATE_PACKAGE', 'PORT']);
    const script = file.split("'''")[1] ?? '';
    const environment = { ...variables, BACKEND: reference.url };
    expect(await run(script, project, environment, '/bin/sh')).toMatchObject({
      exitCode: 0,
      out: expect.stringMatching(/^gate passed/m),
    });
    await expect(fetch(`http://127.0.0.1:${variables['PORT']}/`)).rejects.toThrow();
  });
});

const allPass: readonly (readonly [string, number])[] = [
  'Build the server',
  'Make the token of the states endpoint',
  'Start the server and its states endpoint',
  'Install bindgate',
  'Wait until the server answers',
  'Run the gate',
].map((name) => [name, 0]);

/** Runs the steps of the workflow until one fails: each with its name and exit code, and what all of them printed. */
async function runWorkflow(
  secrets: Environment,
  { cacheHit = false, backend = reference.url, startTimeout = 60 } = {},
): Promise<{ steps: readonly (readonly [string | undefined, number | null])[]; log: string }> {
  const { env, jobs } = parse(await readFile(join(project, '.github/workflows/bindgate.yml'), 'utf8')) as Workflow;
  const files = { GITHUB_ENV: join(root, 'env'), GITHUB_STEP_SUMMARY: join(root, 'summary') };
  for (const file of Object.values(files)) await writeFile(file, '');
  const steps: (readonly [string | undefined, number | null])[] = [];
  let log = '';
  for (const step of jobs.gate.steps) {
    if (step.run === undefined) continue;
    if (step.if !== undefined) expect(step.if).toBe("steps.cache.outputs.cache-hit != 'true'");
    if (step.if !== undefined && cacheHit) continue;
    const own = Object.entries(step.env ?? {}).map(([name, text]) => [name, withSecrets(text, secrets)]);
    const set = (await readFile(files.GITHUB_ENV, 'utf8')).split('\n').filter(Boolean);
    const environment = {
      ...env,
      ...Object.fromEntries(set.map((line) => [line.split('=')[0], line.slice(line.indexOf('=') + 1)])),
      ...Object.fromEntries(own),
      ...files,
      GITHUB_ACTIONS: 'true',
      BACKEND: backend,
    };
    const script = step.run.replace(/^timeout 60 /m, `timeout ${startTimeout} `);
    const ended = await run(script, project, environment);
    log += ended.out;
    steps.push([step.name, ended.exitCode]);
    if (ended.exitCode !== 0) break;
  }
  return { steps, log };
}

/** A secret that the repository does not have, or that a fork may not see, is the empty text. */
function withSecrets(text: string, secrets: Environment): string {
  return text.replaceAll(/\$\{\{ secrets\.(\w+) \}\}/g, (_, name: string) => secrets[name] ?? '');
}

/** Runs a script as the CI system does, in a process group of its own: what it leaves running is ended after the test. */
async function run(script: string, cwd: string, environment: object, shell = 'bash'): Promise<Ended> {
  const { GITHUB_ACTIONS: _, GITHUB_STEP_SUMMARY: __, STATES_TOKEN: ___, ...rest } = process.env;
  const file = join(root, 'script');
  await writeFile(file, script);
  const child = spawn(shell, ['-e', file], {
    cwd,
    env: { ...rest, ...(path === '' ? {} : { PATH: path }), NO_COLOR: '1', CI: 'true', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  if (child.pid !== undefined) groups.push(child.pid);
  let out = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => (out += piece.toString()));
  const exitCode = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { exitCode, out };
}

function endGroups(): void {
  for (const group of groups.splice(0)) {
    try {
      process.kill(-group);
    } catch {
      // It is empty: nothing was left running.
    }
  }
}

async function gateExitCode(): Promise<number> {
  const gate = JSON.parse(await readFile(join(project, 'reports', 'gate.json'), 'utf8')) as { exitCode: number };
  return gate.exitCode;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

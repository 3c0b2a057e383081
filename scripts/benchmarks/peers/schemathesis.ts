import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openApiPath } from '../../../spec/pure-bt/contract-file.ts';
import { type Bench, Unmeasured } from '../row.ts';
import { project, type Ran, runProcess } from '../run-process.ts';

const own = join(project, 'scripts', 'benchmarks', 'peers', 'schemathesis');
/** Python's packages stay in a folder of their own, which git ignores. */
const folder = join(project, '.cache', 'bench', 'schemathesis');
const program = join(folder, 'bin', 'schemathesis');

/** Schemathesis with our hooks, ready to run. */
export type Schemathesis = (
  url: string,
  options: {
    readonly folder: string;
    readonly examples: number;
    readonly declared?: boolean;
    readonly failFast?: boolean;
  },
) => Promise<Ran & { readonly requests: number; readonly failed: boolean }>;

/** The checks: those of Schemathesis that fit an operation that always answers HTTP 200 with any content type, and ours. */
const checks = ['not_a_server_error', 'response_schema_conformance', 'outcome', 'envelope', 'effect', 'secrets'];

/**
 * Installs Schemathesis from PyPI, unless it is there.
 * @throws Unmeasured if there is no Python, or PyPI cannot be reached.
 */
export async function openSchemathesis({
  signal,
  say,
  uses,
}: Pick<Bench, 'signal' | 'say' | 'uses'>): Promise<Schemathesis> {
  if (!existsSync(program)) {
    say('installing Schemathesis …');
    await mkdir(folder, { recursive: true });
    await step('Python 3 with venv is missing', 'python3', ['-m', 'venv', folder], signal);
    const install = ['install', '--quiet', '--disable-pip-version-check', '-r', join(own, 'requirements.txt')];
    await step('Schemathesis cannot be installed from PyPI', join(folder, 'bin', 'pip'), install, signal);
  }
  const { out } = await step('Schemathesis does not run', program, ['--version'], signal);
  uses('Schemathesis', /[\d.]+/.exec(out)?.[0] ?? 'unknown');
  return async (url, { folder: parent, examples, declared = false, failFast = false }) => {
    // Its own folder for each run: Hypothesis keeps examples there, and would repeat those of another server.
    const place = await mkdtemp(join(parent, 'schemathesis-'));
    const countFile = join(place, 'sent');
    const args = ['run', openApiPath, '--url', url, '--checks', checks.join(), '--phases', 'examples,coverage,fuzzing'];
    const ran = await runProcess(
      program,
      [
        ...args,
        '--max-examples',
        String(examples),
        '--seed',
        '1',
        '--no-shrink',
        ...(failFast ? ['--max-failures', '1'] : ['--continue-on-failure']),
        '--request-timeout',
        '10',
      ],
      {
        signal,
        cwd: place,
        env: {
          SCHEMATHESIS_HOOKS: 'hooks',
          PYTHONPATH: own,
          BENCH_STATES: `${url}/_states`,
          BENCH_COUNT_FILE: countFile,
          BENCH_DECLARED: declared ? '1' : '0',
        },
      },
    );
    const requests = Number(await readFile(countFile, 'utf8').catch(() => '0'));
    // Exit code 1 means findings, as well as errors of a hook. A hook with an error finds nothing.
    if (ran.exitCode !== 0 && (ran.exitCode !== 1 || /Hook Error|HookExecutionError/.test(ran.out))) {
      throw new Error(`Schemathesis ended with ${ran.exitCode}: ${(ran.out + ran.err).slice(-200)}`);
    }
    return { ...ran, requests, failed: ran.exitCode === 1 };
  };
}

async function step(problem: string, file: string, args: readonly string[], signal: AbortSignal): Promise<Ran> {
  const ran = await runProcess(file, args, { signal }).catch((error: unknown) => error as Error);
  if (!(ran instanceof Error) && ran.exitCode === 0) return ran;
  if (signal.aborted) throw new Unmeasured('interrupted');
  throw new Unmeasured(`${problem}: ${ran instanceof Error ? ran.message : ran.err.trim().split('\n').at(-1)}`);
}

/** Runs the commands of a page in order in a new folder, as a reader would type them. */
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { shellCommands } from '../../../contract/read-request/shell-words.ts';
import { callBindgate, runBindgate } from '../run-bindgate.ts';
import { startProcess } from '../server-process.ts';
import { project } from './read-guide.ts';

/** The output and the exit code of a command; a server that still runs has no exit code. */
export type Played = {
  readonly exitCode: number | null;
  readonly lines: readonly string[];
  /** Standard output, unchanged. */
  readonly out?: string;
};

/** A folder in which the commands of one page run. */
export type Stage = AsyncDisposable & {
  readonly folder: string;
  readonly write: (file: string, text: string) => void;
  readonly play: (command: string) => Promise<Played>;
};

/** The reader's folder as the pages name it. */
const readersFolder = '/home/you/project';

/** Parts of the project that are copied for `npm` and `git` commands of a page, because these change files. */
const copied = ['spec', 'generators', 'contract', 'load', 'scripts', 'docs', 'package.json', 'tsconfig.json'];

/** Opens a stage; disposal stops its servers and removes its folder. */
export async function openStage(): Promise<Stage> {
  const folder = realpathSync(await mkdtemp(join(tmpdir(), 'bindgate-guide-')));
  /** The port on the page → the free port in use. */
  const ports = new Map<string, string>();
  const servers = new AsyncDisposableStack();
  const exported: Record<string, string | undefined> = { GITHUB_ACTIONS: undefined };
  let exitCode: number | null = 0;
  let changed: string | undefined;

  const here = (text: string): string => replacePorts(text, ports);
  const there = (text: string): readonly string[] => {
    const asWritten = replacePorts(text, new Map([...ports].map(([named, taken]) => [taken, named])));
    return asWritten
      .replaceAll(folder, readersFolder)
      .trimEnd()
      .split('\n')
      .map((line) => line.trimEnd());
  };

  async function bindgate(args: readonly string[]): Promise<Played> {
    const named = args.indexOf('--port') + 1;
    if (named > 0) return serve(args.with(named, '0'), args[named] ?? '');
    const ended =
      changed === undefined
        ? await callBindgate(folder, args, exported)
        : await runBindgate(folder, args, exported, { project: changed });
    return { exitCode: ended.exitCode, lines: there(ended.said), out: ended.out };
  }

  async function serve(args: readonly string[], port: string): Promise<Played> {
    const env = { ...process.env, ...exported, NO_COLOR: '1' };
    const command = [process.execPath, join(changed ?? project, 'scripts', 'bindgate.ts'), ...args] as const;
    const server = servers.use(await startProcess(command, /(http:\/\/127\.0\.0\.1:\d+)/, { cwd: folder, env }));
    ports.set(port, new URL(server.url).port);
    // A server prints all its addresses at once.
    await setTimeout(100);
    return { exitCode: 0, lines: there(server.said()) };
  }

  async function run(file: string, args: readonly string[], cwd: string): Promise<Played> {
    const env = { ...process.env, ...exported, NO_COLOR: '1', CI: 'true' };
    return new Promise((resolve) => {
      execFile(file, args, { cwd, env, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
        const failed = typeof error?.code === 'number' ? error.code : -1;
        resolve({ exitCode: error === null ? 0 : failed, lines: there(stdout + stderr), out: stdout });
      });
    });
  }

  async function npm(words: readonly string[]): Promise<Played> {
    if (words[0] === 'start') return bindgate(startArguments());
    const [script, ...rest] = words.filter((word) => !['run', '-s', '--'].includes(word));
    if (script === 'bindgate') return bindgate(rest);
    if (script === 'generate') return run(process.execPath, ['scripts/tools/generate.ts'], copyOfProject());
    throw new Error(`no test can run "npm ${words.join(' ')}"; put it into a sh block and list it in docs.test.ts`);
  }

  function copyOfProject(): string {
    if (changed !== undefined) return changed;
    const copy = join(folder, 'checkout');
    // The Node that the set-up installs is not needed here.
    const filter = (from: string): boolean => !from.includes('node_modules');
    for (const part of copied) cpSync(join(project, part), join(copy, part), { recursive: true, filter });
    symlinkSync(join(project, 'node_modules'), join(copy, 'node_modules'));
    changed = copy;
    return copy;
  }

  async function playNow(command: string): Promise<Played> {
    if (command === 'echo $?') return { exitCode: 0, lines: [String(exitCode)] };
    const [, shown = '', file] = /^([\s\S]*?)(?: > (\S+))?$/.exec(command.replaceAll('\\\n', ' ')) ?? [];
    const commands = shellCommands(here(shown));
    if (typeof commands === 'string') throw new Error(`${command}: ${commands}`);
    const [[name, ...args] = []] = commands;
    let played: Played = { exitCode: 0, lines: [] };
    if (name === 'export') Object.assign(exported, Object.fromEntries(args.map((arg) => arg.split('=', 2))));
    else if (name === 'bindgate') played = await bindgate(args);
    else if (name === 'npm') played = await npm(args);
    else if (name === 'git') played = await run('git', args, copyOfProject());
    else played = await run('sh', ['-c', here(shown)], folder);
    if (file === undefined) return played;
    writeFileSync(join(folder, file), played.out ?? '');
    return { exitCode: played.exitCode, lines: [] };
  }

  return {
    folder,
    write: (file, text) => {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), here(text));
    },
    play: async (command) => {
      const played = await playNow(command);
      exitCode = played.exitCode;
      return { ...played, lines: played.lines.length === 1 && played.lines[0] === '' ? [] : played.lines };
    },
    [Symbol.asyncDispose]: async () => {
      await servers.disposeAsync();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function replacePorts(text: string, ports: ReadonlyMap<string, string>): string {
  return text.replaceAll(/(?<=127\.0\.0\.1:)\d+/g, (port) => ports.get(port) ?? port);
}

function startArguments(): readonly string[] {
  const { scripts } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as { scripts: { start: string } };
  return scripts.start.split('bindgate.ts ')[1]?.split(' ') ?? [];
}

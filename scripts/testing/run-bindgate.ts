import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { runCommandLine } from '../command-line.ts';

const project = join(import.meta.dirname, '..', '..');
const quiet = { NO_COLOR: '1', CI: 'true' };

/** The result of a run of the command line. */
export type Ended = {
  readonly exitCode: number | null;
  readonly out: string;
  readonly err: string;
  /** Both streams in order of time. */
  readonly said: string;
};

/** Options of a process in addition to its arguments. */
export type ProcessOptions = {
  /** The project that has the command line; this one by default. */
  readonly project?: string;
  readonly input?: string;
  /** Sends SIGINT when this promise resolves, or when this text was printed. */
  readonly interrupt?: Promise<unknown> | string;
  /** Called with everything said so far, after each piece. */
  readonly onSaid?: (said: string) => void;
};

/** A command line: words, or a text in which none has a space. */
export type Args = string | readonly string[];

/** Runs the command line in a folder as a separate process without a terminal: for tests of signals and of the process. */
export async function runBindgate(
  folder: string,
  args: Args,
  env: object = {},
  { project: tree = project, input, interrupt, onSaid }: ProcessOptions = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [join(tree, 'scripts', 'bindgate.ts'), ...wordsOf(args)], {
    cwd: folder,
    env: { ...process.env, ...quiet, ...env },
  });
  child.stdin.end(input ?? '');
  const pieces = { out: '', err: '', said: '' };
  const read = (stream: 'out' | 'err') => (piece: string) => {
    pieces[stream] += piece;
    pieces.said += piece;
    onSaid?.(pieces.said);
    if (typeof interrupt === 'string' && pieces[stream].includes(interrupt)) child.kill('SIGINT');
  };
  // Decoded by the stream: a character may be split between two pieces.
  child.stdout.setEncoding('utf8').on('data', read('out'));
  child.stderr.setEncoding('utf8').on('data', read('err'));
  if (interrupt instanceof Promise) void interrupt.then(() => child.kill('SIGINT'));
  const exitCode = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { exitCode, ...pieces };
}

let earlier: Promise<unknown> = Promise.resolve();

/** A signal that ends a call, and who is told what it says. */
type CallOptions = Pick<ProcessOptions, 'onSaid'> & { readonly signal?: AbortSignal };

/** Runs the command line in a folder, in this process. It has only one folder and one output, so allow one call at a time. */
export function callBindgate(folder: string, args: Args, env: object = {}, options: CallOptions = {}): Promise<Ended> {
  const ended = earlier.then(() => callNow(folder, wordsOf(args), env, options));
  earlier = ended.catch(() => undefined);
  return ended;
}

function wordsOf(args: Args): readonly string[] {
  return typeof args === 'string' ? args.split(' ') : args;
}

async function callNow(
  folder: string,
  args: readonly string[],
  env: object,
  { signal = new AbortController().signal, onSaid }: CallOptions,
): Promise<Ended> {
  const before = { folder: process.cwd(), env: process.env };
  const streams = [process.stdout, process.stderr] as const;
  const writes = streams.map(({ write }) => write);
  const pieces = ['', ''];
  let said = '';
  process.chdir(folder);
  process.env = { ...process.env, ...quiet, ...env };
  for (const [at, stream] of streams.entries()) {
    stream.write = (piece: string | Uint8Array) => {
      pieces[at] += String(piece);
      said += String(piece);
      onSaid?.(said);
      return true;
    };
  }
  try {
    const exitCode = await runCommandLine(args, signal);
    const [out = '', err = ''] = pieces;
    return { exitCode, out, err, said };
  } finally {
    for (const [at, stream] of streams.entries()) stream.write = writes[at] ?? stream.write;
    process.env = before.env;
    process.chdir(before.folder);
  }
}
